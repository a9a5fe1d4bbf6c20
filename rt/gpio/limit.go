package gpio

import (
	"strconv"
	"time"
)

// LimitError says that a setting is out of its range. The compiler finds it in a
// constant; this is for what is known at start only.
type LimitError struct{ Setting, Problem string }

func (e *LimitError) Error() string { return e.Setting + " " + e.Problem }

func notNegative(setting string, d time.Duration) error {
	if d < 0 {
		return &LimitError{setting, "is " + spoken(d) + ", it cannot be less than 0.s"}
	}
	return nil
}

func positive(setting string, d time.Duration) error {
	if d <= 0 {
		return &LimitError{setting, "is " + spoken(d) + ", it must be more than 0.s"}
	}
	return nil
}

// spoken is a duration as a flow writes it, in the largest unit that is exact.
func spoken(d time.Duration) string {
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
