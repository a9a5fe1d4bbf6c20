package fn

import (
	"math"
	"time"
)

const durationTooLong = Failure("the result is longer than a duration can be (about 292 years)")

// AddDuration is a + b, or an error where that is longer than a duration can be.
func AddDuration(a, b time.Duration) (time.Duration, error) {
	if s := a + b; (s > a) == (b > 0) {
		return s, nil
	}
	return 0, durationTooLong
}

// SubDuration is a - b, or an error where that is longer than a duration can be.
func SubDuration(a, b time.Duration) (time.Duration, error) {
	if d := a - b; (d < a) == (b > 0) {
		return d, nil
	}
	return 0, durationTooLong
}

// MulDuration is d * x, rounded to the nanosecond, or an error where that is
// longer than a duration can be.
func MulDuration(d time.Duration, x float64) (time.Duration, error) {
	return nanoseconds(float64(d) * x)
}

// DivDuration is d / x, rounded to the nanosecond, or an error for x = 0 or
// where that is longer than a duration can be.
func DivDuration(d time.Duration, x float64) (time.Duration, error) {
	if x == 0 {
		return 0, divisionByZero
	}
	return nanoseconds(float64(d) / x)
}

// Seconds makes a duration of a number of seconds, rounded to the nanosecond,
// or an error where that is longer than a duration can be.
func Seconds(x float64) (time.Duration, error) {
	return nanoseconds(x * 1e9)
}

func nanoseconds(x float64) (time.Duration, error) {
	x = math.Round(x)
	// The upper bound is 2⁶³, the first float64 that int64 cannot hold.
	if !(x >= math.MinInt64 && x < 1<<63) {
		return 0, durationTooLong
	}
	return time.Duration(x), nil
}
