package op

import "flowc/rt/flow"

// Latest is the payload of the last e that happened, as a value. Until e has
// happened once there is no payload, so it is not ready; from then on it stays
// for ever, however long e is silent. It remembers one payload.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in wish {
//	  via   = home
//	  topic = "house/wish"
//	  kind  = command
//	  text  = C
//	}
//
//	log wished {
//	  show = latest(wish)
//	}
//
//flow:op latest
//flow:call e
//flow:in e event
//flow:out value
//flow:ready first
type Latest[T any] struct{ last flow.Val[T] }

// Step takes over the payload when e happens.
func (o *Latest[T]) Step(e flow.Hap[T]) flow.Val[T] {
	if e.OK {
		o.last = flow.Ready(e.V)
	}
	return o.last
}
