package op

import (
	"time"

	"flowc/rt/flow"
)

// Pulse is on for the time d after e happened, then off by itself. If e happens
// again while it is on, the time starts anew, so it stays on longer but never
// longer than d after the last e. It remembers one moment.
//
//	button bell {
//	  pin = 17
//	}
//
//	relay gong {
//	  pin  = 22
//	  on   = pulse(bell.pressed, 2.s)
//	  safe = off
//	}
//
//flow:op pulse
//flow:call e, d
//flow:in e any
//flow:out value
//flow:ready always
//flow:bounded
//flow:rate most 2 d
type Pulse[E any] struct {
	// D is how long it stays on.
	D time.Duration

	on  bool
	due time.Duration
}

// Step switches on when e happens, and off when the time is over.
func (o *Pulse[E]) Step(t flow.Tick, e flow.Hap[E]) bool {
	if e.OK {
		o.on, o.due = true, t.Mono()+o.D
		t.At(o.due)
	} else if o.on && t.Mono() >= o.due {
		o.on = false
	}
	return o.on
}
