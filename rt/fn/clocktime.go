package fn

import "time"

// ClockTime is a time of day as a flow writes it, "07:00" or "07:00:30".
type ClockTime struct{ seconds int32 }

// ParseClockTime reads a time of day from 00:00 to 23:59:59.
func ParseClockTime(text string) (ClockTime, error) {
	parts := [3]int32{}
	n := 0
	digits := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == ':' && digits > 0 && n < 2:
			n++
			digits = 0
		case c >= '0' && c <= '9' && digits < 2:
			parts[n] = parts[n]*10 + int32(c-'0')
			digits++
		default:
			return ClockTime{}, badClockTime(text)
		}
	}
	if n == 0 || digits != 2 || parts[0] > 23 || parts[1] > 59 || parts[2] > 59 {
		return ClockTime{}, badClockTime(text)
	}
	return ClockTime{parts[0]*3600 + parts[1]*60 + parts[2]}, nil
}

func badClockTime(text string) error {
	return Failure(shorten(text) + " is no time of day; one is \"07:00\" or \"22:30:15\"")
}

// SinceMidnight is the time from midnight, on a day without a change of clocks.
func (c ClockTime) SinceMidnight() time.Duration { return time.Duration(c.seconds) * time.Second }
