package op

import "flowc/rt/flow"

// DistinctBy lets an event or a reading pass only when `by`, a part of it or
// something made of it, differs from what it was the last time. A reading that
// repeats itself is still fresh. It remembers one value.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in machine {
//	  via   = home
//	  topic = "house/washer"
//	  json  = { state = string, power = W }
//	}
//
//	mqtt_out machine_moved {
//	  via   = home
//	  topic = "house/washer/moved"
//	  send  = distinct(machine, machine.state)
//	}
//
//flow:op distinct
//flow:call e, by
//flow:in e any
//flow:in by any
//flow:with by
//flow:out same
//flow:ready follows
//flow:fresh input
//flow:rate first
//flow:thins kept
type DistinctBy[T any, K comparable] struct{ last flow.Val[K] }

// Step lets e pass when it is the first, or by differs from the last.
func (o *DistinctBy[T, K]) Step(e flow.Hap[T], by flow.Hap[K]) flow.Hap[T] {
	if !e.OK || !by.OK || o.last.OK && o.last.V == by.V {
		return flow.Hap[T]{}
	}
	o.last = flow.Ready(by.V)
	return e
}

// Reset forgets the last: the first reading after a silence passes.
func (o *DistinctBy[T, K]) Reset() { o.last = flow.Val[K]{} }
