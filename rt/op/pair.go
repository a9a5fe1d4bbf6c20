package op

import (
	"time"

	"flowc/rt/flow"
)

// Pair happens when a and b happen within the time d of each other, whichever comes
// first, with what both carried: `.a` and `.b`. Each is used once; when one comes again
// before the other, the newer counts. Two values need no pair: an expression over them
// always knows both. It remembers one event.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in badge {
//	  via   = home
//	  topic = "door/badge"
//	  kind  = command
//	  text  = string
//	}
//
//	mqtt_in pin {
//	  via   = home
//	  topic = "door/pin"
//	  kind  = command
//	  text  = string
//	}
//
//	mqtt_out entry {
//	  via   = home
//	  topic = "door/entry"
//	  send  = pair(badge, pin, 10.s)
//	}
//
//flow:op pair
//flow:call a, b, d
//flow:in a any
//flow:in b any
//flow:out event
//flow:ready always
//flow:holds
type Pair[A, B any] struct {
	// D is how far apart they may be.
	D time.Duration

	a  flow.Hap[A]
	b  flow.Hap[B]
	at time.Duration
}

// Step keeps the one until the other comes.
func (o *Pair[A, B]) Step(t flow.Tick, a flow.Hap[A], b flow.Hap[B]) flow.Hap[flow.Both[A, B]] {
	if !a.OK && !b.OK {
		return flow.Hap[flow.Both[A, B]]{}
	}
	if t.Mono()-o.at > o.D {
		o.a, o.b = flow.Hap[A]{}, flow.Hap[B]{}
	}
	if a.OK {
		o.a = a
	}
	if b.OK {
		o.b = b
	}
	if o.at = t.Mono(); !o.a.OK || !o.b.OK {
		t.Hand()
		return flow.Hap[flow.Both[A, B]]{}
	}
	both := flow.Both[A, B]{A: o.a.V, B: o.b.V}
	o.a, o.b = flow.Hap[A]{}, flow.Hap[B]{}
	return flow.Now(both)
}
