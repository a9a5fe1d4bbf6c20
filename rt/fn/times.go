package fn

import "time"

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
