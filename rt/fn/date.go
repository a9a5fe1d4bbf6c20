package fn

import (
	"cmp"
	"time"
)

// Date is a day of the calendar, wherever it is.
type Date struct {
	// Year is counted as usual, 2026.
	Year int64
	// Month goes from 1 to 12.
	Month int64
	// Day goes from 1 to 31.
	Day int64
}

// Compare is below zero where d is before o, and above where it is after.
func (d Date) Compare(o Date) int {
	return cmp.Or(cmp.Compare(d.Year, o.Year), cmp.Compare(d.Month, o.Month), cmp.Compare(d.Day, o.Day))
}

// AppendDate appends a date as ISO 8601 writes it: 2026-12-24.
func AppendDate(dst []byte, d Date) []byte {
	dst = append(appendTwo(appendTwo(dst, d.Year/100), d.Year%100), '-')
	return appendTwo(append(appendTwo(dst, d.Month), '-'), d.Day)
}

// FormatDate writes a date as ISO 8601 does.
func FormatDate(d Date) string { return string(AppendDate(nil, d)) }

// ReadDate reads a date as FormatDate writes it. It fails for anything else, and for
// days that do not exist.
func ReadDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return Date{}, Failure(shorten(s) + " is no date like 2026-12-24")
	}
	return Date{int64(t.Year()), int64(t.Month()), int64(t.Day())}, nil
}

// TimeOfDay is what a clock shows.
type TimeOfDay struct {
	// Hour goes from 0 to 23.
	Hour int64
	// Minute goes from 0 to 59.
	Minute int64
	// Second goes from 0 to 59.
	Second int64
}

// Compare is below zero where t is earlier in a day than o, and above where it is
// later.
func (t TimeOfDay) Compare(o TimeOfDay) int {
	return cmp.Or(cmp.Compare(t.Hour, o.Hour), cmp.Compare(t.Minute, o.Minute), cmp.Compare(t.Second, o.Second))
}

// AppendTimeOfDay appends a time of day as ISO 8601 writes it: 07:00, or 07:00:30
// where there are seconds.
func AppendTimeOfDay(dst []byte, t TimeOfDay) []byte {
	dst = appendTwo(append(appendTwo(dst, t.Hour), ':'), t.Minute)
	if t.Second == 0 {
		return dst
	}
	return appendTwo(append(dst, ':'), t.Second)
}

// FormatTimeOfDay writes a time of day as ISO 8601 does.
func FormatTimeOfDay(t TimeOfDay) string { return string(AppendTimeOfDay(nil, t)) }

// SinceMidnight is the time from midnight, on a day without a change of clocks.
func (t TimeOfDay) SinceMidnight() time.Duration {
	return time.Duration(t.Hour)*time.Hour + time.Duration(t.Minute)*time.Minute + time.Duration(t.Second)*time.Second
}

// ReadTimeOfDay reads a time of day from 00:00 to 23:59:59, with seconds or without;
// of the hour one digit will do. It fails for anything else.
func ReadTimeOfDay(s string) (TimeOfDay, error) {
	padded := s
	if len(s) > 1 && s[1] == ':' {
		padded = "0" + s
	}
	long := len(padded) == 8 && padded[5] == ':'
	if (len(padded) == 5 || long) && padded[2] == ':' {
		hour, okHour := two(padded[0:2], 23)
		minute, okMinute := two(padded[3:5], 59)
		second, okSecond := int64(0), true
		if long {
			second, okSecond = two(padded[6:8], 59)
		}
		if okHour && okMinute && okSecond {
			return TimeOfDay{hour, minute, second}, nil
		}
	}
	return TimeOfDay{}, Failure(shorten(s) + " is no time of day like 07:00")
}

// appendTwo appends a number from 0 to 99 with two digits.
func appendTwo(dst []byte, n int64) []byte { return append(dst, byte('0'+n/10%10), byte('0'+n%10)) }

// two reads a number of two digits.
func two(s string, most int64) (n int64, ok bool) {
	tens, ones := s[0]-'0', s[1]-'0'
	n = int64(tens)*10 + int64(ones)
	return n, tens <= 9 && ones <= 9 && n <= most
}
