package op

import "flowc/rt/flow"

// Distinct lets an event or a reading pass only when its payload differs from
// the one before. It compares with the last payload only: a, b, a passes three
// times. A reading that repeats itself is still fresh. It remembers one payload.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in window {
//	  via   = home
//	  topic = "house/window"
//	  text  = string
//	}
//
//	mqtt_out window_moved {
//	  via   = home
//	  topic = "house/window/moved"
//	  send  = distinct(window)
//	}
//
//flow:op distinct
//flow:call e
//flow:in e any
//flow:out same
//flow:ready follows
//flow:fresh input
//flow:thins kept
type Distinct[T comparable] struct{ last flow.Val[T] }

// Step lets e pass when it is the first or differs from the last.
func (o *Distinct[T]) Step(e flow.Hap[T]) flow.Hap[T] {
	if !e.OK || o.last.OK && o.last.V == e.V {
		return flow.Hap[T]{}
	}
	o.last = flow.Ready(e.V)
	return e
}

// Reset forgets the last payload: the first reading after a silence passes.
func (o *Distinct[T]) Reset() { o.last = flow.Val[T]{} }
