package op

import (
	"time"

	"flowc/rt/flow"
)

// OnDelay goes on once v has been on for the time d without a break, and off at
// once with v. Every break starts the time anew: a v that is on for less than d
// never shows. It remembers one moment.
//
//	contact fridge {
//	  pin = 17
//	}
//
//	led warning {
//	  pin = 18
//	  on  = on_delay(fridge.open, 2.min)
//	}
//
//flow:op on_delay
//flow:call v, d
//flow:in v value
//flow:out value
//flow:ready follows
type OnDelay struct {
	// D is how long v must have been on.
	D time.Duration

	timing bool
	due    time.Duration
}

// Step measures how long v has been on.
func (o *OnDelay) Step(t flow.Tick, v bool) bool {
	if !v {
		if o.timing {
			o.timing = false
			t.Cancel()
		}
		return false
	}
	if !o.timing {
		o.timing, o.due = true, t.Mono()+o.D
		t.At(o.due)
	}
	return t.Mono() >= o.due
}

// Reset forgets how long v has been on.
func (o *OnDelay) Reset() { o.timing = false }
