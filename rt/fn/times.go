package fn

import (
	"math"
	"time"
)

// MinTime is the earliest of its arguments.
//
//flow:func min
func MinTime(first time.Time, more ...time.Time) time.Time {
	for _, t := range more {
		if t.Before(first) {
			first = t
		}
	}
	return first
}

// MaxTime is the latest of its arguments.
//
//flow:func max
func MaxTime(first time.Time, more ...time.Time) time.Time {
	for _, t := range more {
		if t.After(first) {
			first = t
		}
	}
	return first
}

// AbsDuration takes away the sign of a duration. It fails for the one duration
// that has no opposite.
//
//	abs(-30.s)  # 30.s
//
//flow:func abs
func AbsDuration(d time.Duration) (time.Duration, error) {
	if d >= 0 {
		return d, nil
	}
	return SubDuration(0, d)
}

// FormatTimeAs writes a moment by the clocks of the site, as a constant layout
// says: yyyy is the year, MM the month, dd the day, HH the hour, mm the minute, ss
// the second, SSS milliseconds, hh and a the hour up to 12 with AM or PM, EEE and
// EEEE the weekday, MMM and MMMM the month in words, XXX the distance from UTC.
// Letters that stand for themselves are put between single quotes.
//
//	format_time(from_unix(1780329845, s), "yyyy-MM-dd'T'HH:mm:ss")  # "2026-06-01T16:04:05"
//	format_time(from_unix(1780329845, s), "EEE d MMM, h:mm a")      # "Mon 1 Jun, 4:04 PM"
//
//flow:func format_time
func FormatTimeAs(zone Zone, t time.Time, layout Layout) string {
	return string(layout.append(nil, zone.local(t)))
}

// ParseTime reads a moment as a constant layout says, in the letters of
// format_time; without a distance from UTC in it, by the clocks of the site. It
// fails for other text and for days that do not exist. A time that clocks skip is
// the first moment after; one that comes twice is the first.
//
//	unix(parse_time("1.6.2026 16:04", "d.M.yyyy HH:mm"), s)  # 1780329840
//
//flow:func parse_time
func ParseTime(zone Zone, s string, layout DateLayout) (time.Time, error) {
	m, why := layout.read(s)
	if why == "" {
		var t time.Time
		if t, why = m.in(zone); why == "" {
			return t, nil
		}
	}
	return time.Time{}, Failure(shorten(s) + " is no moment in that layout: " + why)
}

// UnixUnit is what moments are counted in since 1970.
type UnixUnit string

// The units of Unix time.
const (
	// UnixSeconds counts seconds.
	UnixSeconds UnixUnit = "s"
	// UnixMillis counts milliseconds, as JavaScript does.
	UnixMillis UnixUnit = "ms"
	// UnixMicros counts microseconds.
	UnixMicros UnixUnit = "us"
)

func (u UnixUnit) perSecond() int64 {
	switch u {
	case UnixMillis:
		return 1e3
	case UnixMicros:
		return 1e6
	}
	return 1
}

// The first and the last second of the years that have four digits.
const (
	firstSecond = -62135596800
	lastSecond  = 253402300799
)

// FromUnix is the moment so many seconds, milliseconds or microseconds after the
// beginning of 1970 in UTC. It fails outside the years 1 to 9999.
//
//	to_string(from_unix(1780329845, s))      # "2026-06-01T16:04:05Z"
//	to_string(from_unix(1780329845250, ms))  # "2026-06-01T16:04:05.250Z"
//
//flow:func from_unix
func FromUnix(count int64, unit UnixUnit) (time.Time, error) {
	per := unit.perSecond()
	seconds, rest := count/per, count%per
	if seconds <= firstSecond || seconds > lastSecond {
		return time.Time{}, noMoment(FormatInt(count))
	}
	return time.Unix(seconds, rest*(1e9/per)).UTC(), nil
}

// FromUnixNumber is the moment so many seconds, milliseconds or microseconds, and
// parts of them, after the beginning of 1970 in UTC. It fails outside the years 1
// to 9999.
//
//	to_string(from_unix(0.25, s))  # "1970-01-01T00:00:00.250Z"
//
//flow:func from_unix
func FromUnixNumber(count float64, unit UnixUnit) (time.Time, error) {
	seconds, part := math.Modf(count / float64(unit.perSecond()))
	if seconds <= firstSecond || seconds > lastSecond {
		return time.Time{}, noMoment(FormatNumber(count))
	}
	// A float64 holds moments of today to a quarter of a microsecond.
	return time.Unix(int64(seconds), int64(math.Round(part*1e6))*1e3).UTC(), nil
}

func noMoment(count string) error {
	return Failure("from_unix: " + count + " is outside the years 1 to 9999: is it counted in another unit?")
}

// Unix counts the seconds, milliseconds or microseconds from the beginning of 1970
// in UTC to a moment; what is left of a whole one is dropped.
//
//	unix(from_unix(1780329845250, ms), s)  # 1780329845
//
//flow:func unix
func Unix(t time.Time, unit UnixUnit) int64 {
	switch unit {
	case UnixMillis:
		return t.UnixMilli()
	case UnixMicros:
		return t.UnixMicro()
	}
	return t.Unix()
}

// InZone is the same moment, by the clocks of another place: what is asked of it
// then, its hour or its day, is what they show. The zone is a constant.
//
//	hour(in_zone(from_unix(1780329845, s), "Asia/Tokyo"))  # 1
//
//flow:func in_zone
func InZone(t time.Time, zone Zone) time.Time {
	if zone.loc == nil {
		return t.UTC()
	}
	return t.In(zone.loc)
}

// Humanize writes a duration roughly, with its one or two largest parts: 1 h 2 min
// instead of 1 h 2 min 5.3 s. Half of the last part rounds up.
//
//	humanize(3725.s)  # "1 h 2 min"
//	humanize(49.8.h)  # "2 d 2 h"
//
//flow:func humanize
func Humanize(d time.Duration) string {
	for _, step := range []struct{ from, to time.Duration }{
		{24 * time.Hour, time.Hour}, {time.Hour, time.Minute}, {10 * time.Second, time.Second},
		{time.Second, 100 * time.Millisecond}, {time.Millisecond, time.Millisecond},
	} {
		// Rounding may carry: 59 min 59.9 s is 1 h.
		if r := d.Round(step.to); r >= step.from || r <= -step.from {
			return FormatDuration(r)
		}
	}
	return FormatDuration(d)
}

// ToDuration reads a duration from text: numbers with units (d, h, min, s, ms, us),
// the way to_string writes them, with or without spaces. It fails for anything
// else.
//
//	to_duration("1 h 30 min")  # 90.min
//	to_duration("2.5s")        # 2500.ms
//
//flow:func to_duration
func ToDuration(s string) (time.Duration, error) { return readDuration(s) }
