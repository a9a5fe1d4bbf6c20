package op

import "flowc/rt/flow"

// LatestReadingInit is a reading seen as a value only, and init until the first
// one came. When the reading goes stale later, it is not ready: init stands for
// "nothing yet" and not for "nothing any more". It remembers one switch.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in outside {
//	  via   = home
//	  topic = "garden/outside"
//	  text  = C
//	  stale = 1.h
//	}
//
//	log outside_now {
//	  show = latest(outside, 10.C)
//	}
//
//flow:op latest
//flow:call r, init
//flow:in r reading
//flow:out value
//flow:ready always
type LatestReadingInit[T any] struct {
	// Init is the value before the first reading.
	Init T

	seen bool
}

// Step gives what the reading is, or Init before the first.
func (o *LatestReadingInit[T]) Step(r flow.Val[T]) flow.Val[T] {
	o.seen = o.seen || r.OK
	if !o.seen {
		return flow.Ready(o.Init)
	}
	return r
}
