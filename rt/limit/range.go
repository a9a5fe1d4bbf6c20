package limit

import (
	"strconv"
	"time"
)

// Error says that a setting is out of its range. The compiler finds it in a
// constant; this is for what is known at start only.
type Error struct{ Setting, Problem string }

// Error is the setting and what is wrong with it.
func (e *Error) Error() string { return e.Setting + " " + e.Problem }

// NotNegative reports a duration below 0.
func NotNegative(setting string, d time.Duration) error {
	if d < 0 {
		return &Error{setting, "is " + Spoken(d) + ", it cannot be less than 0.s"}
	}
	return nil
}

// Positive reports a duration that is not above 0.
func Positive(setting string, d time.Duration) error {
	if d <= 0 {
		return &Error{setting, "is " + Spoken(d) + ", it must be more than 0.s"}
	}
	return nil
}

// Spoken is a duration as a flow writes it, in the largest unit that is exact.
func Spoken(d time.Duration) string {
	for _, u := range []struct {
		name string
		len  time.Duration
	}{{"h", time.Hour}, {"min", time.Minute}, {"s", time.Second}, {"ms", time.Millisecond}} {
		if d != 0 && d%u.len == 0 {
			return strconv.FormatInt(int64(d/u.len), 10) + "." + u.name
		}
	}
	return strconv.FormatFloat(d.Seconds(), 'g', -1, 64) + ".s"
}
