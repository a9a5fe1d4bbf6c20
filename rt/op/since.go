package op

import (
	"time"

	"flowc/rt/flow"
)

// Since is how long ago e last happened. It moves with time alone, so a flow may
// ask for it when something happens, or compare it with a constant time, but not
// show it as it runs. Until e has happened once it is not ready. It remembers
// one moment.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	button door {
//	  pin = 17
//	}
//
//	mqtt_out held {
//	  via   = home
//	  topic = "house/door/held"
//	  send  = at(door.released, since(door.pressed))
//	}
//
//flow:op since
//flow:call e
//flow:in e any
//flow:out value
//flow:ready first
//flow:bounded
//flow:over SinceOver
type Since[E any] struct {
	happened bool
	last     time.Duration
}

// Step gives the time from the last e to this instant.
func (o *Since[E]) Step(t flow.Tick, e flow.Hap[E]) flow.Val[time.Duration] {
	if e.OK {
		o.happened, o.last = true, t.Mono()
	}
	return flow.When(o.happened, t.Mono()-o.last)
}
