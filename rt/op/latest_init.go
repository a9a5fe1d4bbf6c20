package op

import "flowc/rt/flow"

// LatestInit is the payload of the last e that happened, as a value, and init
// until e has happened once. It never goes back to init, however long e is
// silent. It remembers one payload.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in command {
//	  via   = home
//	  topic = "house/lamp"
//	  kind  = command
//	  text  = bool
//	}
//
//	led lamp {
//	  pin = 18
//	  on  = latest(command, off)
//	}
//
//flow:op latest
//flow:call e, init
//flow:in e event
//flow:out value
//flow:ready always
type LatestInit[T any] struct {
	// Init is the value before the first e.
	Init T

	last flow.Val[T]
}

// Step takes over the payload when e happens.
func (o *LatestInit[T]) Step(e flow.Hap[T]) T {
	if e.OK {
		o.last = flow.Ready(e.V)
	}
	return o.last.Or(o.Init)
}
