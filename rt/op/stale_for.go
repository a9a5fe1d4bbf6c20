package op

import (
	"time"

	"flowc/rt/flow"
)

// StaleFor is for how long v has not been known: because its source is silent, an
// operation in it fails, or nothing came yet since the program started. While v is
// known it is zero. It moves with time alone, so a flow may ask for it when
// something happens, or compare it with a constant time. It remembers one moment.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in attic {
//	  via   = home
//	  topic = "house/attic"
//	  json  = { temperature = C }
//	  stale = 10.min
//	}
//
//	led trouble {
//	  pin = 18
//	  on  = stale_for(attic) > 1.h
//	}
//
//flow:op stale_for
//flow:call v
//flow:in v value
//flow:out value
//flow:ready always
//flow:bounded
//flow:over StaleOver
type StaleFor[T any] struct {
	known bool
	since time.Duration
}

// Step gives the time from when v was last known to this instant.
func (o *StaleFor[T]) Step(t flow.Tick, v flow.Val[T]) time.Duration {
	if t.Start() || o.known && !v.OK {
		o.since = t.Mono()
	}
	if o.known = v.OK; o.known {
		return 0
	}
	return t.Mono() - o.since
}
