package op

import (
	"time"

	"flowc/rt/flow"
)

// Stale is what e last said, for the time d after it said so: then it is not ready
// until e happens again. Of a reading it is also not ready while the reading is not.
// It gives one place of a flow less patience than the setting `stale` of the source,
// which counts everywhere; to be told of a silence use `silent`, which is an event, and
// to show how long one lasts `stale_for`. It remembers one value.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in outside {
//	  via   = home
//	  topic = "garden/outside"
//	  text  = C
//	  stale = never
//	}
//
//	heater frost_guard {
//	  pin    = 22
//	  on     = hysteresis(stale(outside, 1.h), { on_below = 2.C, off_above = 4.C })
//	  max_on = 2.h
//	  safe   = off
//	}
//
//flow:op stale
//flow:call e, d
//flow:in e any
//flow:out value
//flow:ready follows
//flow:bounded
type Stale[T any] struct {
	// D is how long the last one counts.
	D time.Duration

	last  T
	fresh bool
	due   time.Duration
}

// Step keeps the last e until its time is over.
func (o *Stale[T]) Step(t flow.Tick, e flow.Hap[T]) flow.Val[T] {
	if e.OK {
		o.last, o.fresh, o.due = e.V, true, t.Mono()+o.D
		t.At(o.due)
	}
	if o.fresh && t.Mono() >= o.due {
		o.Reset()
	}
	return flow.When(o.fresh, o.last)
}

// Reset forgets the last one.
func (o *Stale[T]) Reset() {
	var none T
	o.last, o.fresh, o.due = none, false, 0
}
