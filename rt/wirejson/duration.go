package wirejson

import (
	"time"

	"flowc/rt/fn"
)

// Duration reads a number that counts units, rounded to the nanosecond. One that
// is longer than a duration can be, about 292 years, is an error.
func (s *Scanner) Duration(unit time.Duration) time.Duration {
	d, err := fn.MulDuration(unit, s.Float())
	if err != nil {
		s.Reject("a duration of at most 292 years")
		return 0
	}
	return d
}
