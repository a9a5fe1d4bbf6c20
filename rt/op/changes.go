package op

import "flowc/rt/flow"

// Changes happens when the value v changes, with what it became. The first value
// is no change: nothing happens when v becomes ready, at the start or after a
// silence. It remembers one value.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	contact gate {
//	  pin = 17
//	}
//
//	mqtt_out gate_moved {
//	  via   = home
//	  topic = "garden/gate/moved"
//	  send  = changes(gate.closed)
//	}
//
//flow:op changes
//flow:call v
//flow:in v value
//flow:out event
//flow:ready always
type Changes[T comparable] struct{ last flow.Val[T] }

// Step compares v with what it was.
func (o *Changes[T]) Step(v flow.Val[T]) flow.Hap[T] {
	was := o.last
	o.last = v
	if was.OK && v.OK && was.V != v.V {
		return flow.Now(v.V)
	}
	return flow.Hap[T]{}
}
