package op

import "flowc/rt/flow"

// Priority is the first of its values that is ready, in the order in which they are
// written: a good sensor first, then what stands in for it when it falls silent. It
// is not ready while none is. It chooses by readiness and not by size. It remembers
// nothing.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in outside {
//	  via   = home
//	  topic = "garden/outside"
//	  text  = C
//	  stale = 10.min
//	}
//
//	mqtt_in weather {
//	  via   = home
//	  topic = "weather/temperature"
//	  text  = C
//	  stale = 2.h
//	}
//
//	log outside_temperature {
//	  show = priority(outside, weather)
//	}
//
//flow:op priority
//flow:call v...
//flow:in v value
//flow:out value
//flow:ready follows
type Priority[T any] struct{}

// Step gives the first that is ready.
func (o *Priority[T]) Step(v ...flow.Val[T]) flow.Val[T] {
	for _, x := range v {
		if x.OK {
			return x
		}
	}
	return flow.Val[T]{}
}
