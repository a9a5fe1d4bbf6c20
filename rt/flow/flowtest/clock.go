package flowtest

import (
	"time"

	"flowc/rt/flow"
)

// clock can be made to leap just after it was read.
type clock struct {
	*flow.FakeClock
	leap time.Duration
}

func newClock() *clock {
	return &clock{FakeClock: flow.NewFakeClock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))}
}

// Mono is the time before the leap, the first time it is asked.
func (c *clock) Mono() time.Duration {
	now := c.FakeClock.Mono()
	if c.leap > 0 {
		leap := c.leap
		c.leap = 0
		c.Advance(leap)
	}
	return now
}
