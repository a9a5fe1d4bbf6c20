package op

import "flowc/rt/flow"

// PreviousReading is the payload of the reading or event before the last one,
// and init until there were two. It moves with every reading, also when two
// readings are equal. It remembers two payloads.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in meter {
//	  via   = home
//	  topic = "house/meter"
//	  text  = kWh
//	}
//
//	mqtt_out used {
//	  via   = home
//	  topic = "house/used"
//	  send  = meter - previous(meter, 0.kWh)
//	}
//
//flow:op previous
//flow:call e, init
//flow:in e any
//flow:out value
//flow:ready always
//flow:breaks
type PreviousReading[T any] struct {
	// Init is the payload before there were two.
	Init T

	before, last flow.Val[T]
}

// Step moves on with every e.
func (o *PreviousReading[T]) Step(e flow.Hap[T]) T {
	if e.OK {
		o.before, o.last = o.last, flow.Ready(e.V)
	}
	return o.before.Or(o.Init)
}

// Ahead is what the operator gives once e has happened, for those that make e of
// it: while e is coming, the last one is already the one before.
func (o *PreviousReading[T]) Ahead(coming bool) T {
	if coming {
		return o.last.Or(o.Init)
	}
	return o.before.Or(o.Init)
}
