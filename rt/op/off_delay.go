package op

import (
	"time"

	"flowc/rt/flow"
)

// OffDelay goes on at once with v, and off only when v has been off for the time
// d without a break. The time counts from the last moment when v was on, and not
// from the first. It remembers one moment.
//
//	motion hall {
//	  pin = 4
//	}
//
//	relay hall_light {
//	  pin  = 23
//	  on   = off_delay(hall.active, 5.min)
//	  safe = off
//	}
//
//flow:op off_delay
//flow:call v, d
//flow:in v value
//flow:out value
//flow:ready follows
type OffDelay struct {
	// D is how long it stays on after v went off.
	D time.Duration

	on, timing bool
	due        time.Duration
}

// Step measures how long v has been off.
func (o *OffDelay) Step(t flow.Tick, v bool) bool {
	if v {
		if o.timing {
			t.Cancel()
		}
		o.on, o.timing = true, false
		return true
	}
	if !o.on {
		return false
	}
	if !o.timing {
		o.timing, o.due = true, t.Mono()+o.D
		t.At(o.due)
	}
	if t.Mono() >= o.due {
		o.on, o.timing = false, false
	}
	return o.on
}

// Reset switches off, as at start.
func (o *OffDelay) Reset() { o.on, o.timing = false, false }
