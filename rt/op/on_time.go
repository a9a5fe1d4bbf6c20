package op

import (
	"time"

	"flowc/rt/flow"
)

// OnTime is how long the switch v has been on in all since the start. It counts on
// while v is off or not ready where it stopped, and moves with time alone while v is
// on, so a flow may ask for it when something happens, or compare it with a constant
// time, but not show it as it runs. How long v has been on this time is
// `since(rises(v))`. It remembers one time.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	motion hall {
//	  pin = 4
//	}
//
//	led change_filter {
//	  pin = 18
//	  on  = on_time(hall.active) > 500.h
//	}
//
//flow:op on_time
//flow:call v
//flow:in v value
//flow:out value
//flow:ready always
//flow:over OnTimeOver
type OnTime struct{ run runTime }

// Step gives the time until this instant.
func (o *OnTime) Step(t flow.Tick, v flow.Val[bool]) time.Duration {
	return o.run.take(t.Mono(), v.OK && v.V)
}

// runTime counts how long something has been on.
type runTime struct {
	on    bool
	at    time.Duration
	total time.Duration
}

// take counts up to now, since when it is on or off.
func (r *runTime) take(now time.Duration, on bool) time.Duration {
	if r.on {
		r.total += now - r.at
	}
	r.on, r.at = on, now
	return r.total
}
