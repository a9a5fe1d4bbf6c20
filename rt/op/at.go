package op

import "flowc/rt/flow"

// At happens when e does and carries what v is at that moment. What e itself
// carries is left behind. An e that happens while v is not ready does not get
// through, with a fault. It remembers nothing.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	button ask {
//	  pin = 17
//	}
//
//	contact gate {
//	  pin = 27
//	}
//
//	mqtt_out answer {
//	  via   = home
//	  topic = "garden/gate"
//	  send  = at(ask.pressed, gate.closed)
//	}
//
//flow:op at
//flow:call e, v
//flow:in e any
//flow:in v value
//flow:out event
//flow:ready always
//flow:rate each
type At[E, T any] struct{}

// Step gives v when e happens.
func (o *At[E, T]) Step(e flow.Hap[E], v T) flow.Hap[T] {
	if !e.OK {
		return flow.Hap[T]{}
	}
	return flow.Now(v)
}
