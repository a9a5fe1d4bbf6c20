package op

import "flowc/rt/flow"

// First lets e happen once: the first time, and never again until the program
// starts anew. `first(list)` is another function, the first element of a list. It
// remembers one switch.
//
//	motion hall {
//	  pin = 4
//	}
//
//	log first_visit {
//	  show = since(first(rises(hall.active)))
//	  when = rises(hall.active)
//	}
//
//flow:op first
//flow:call e
//flow:in e any
//flow:out event
//flow:ready always
//flow:rate once
//flow:thins kept
type First[T any] struct{ happened bool }

// Step lets the first e pass.
func (o *First[T]) Step(e flow.Hap[T]) flow.Hap[T] {
	if !e.OK || o.happened {
		return flow.Hap[T]{}
	}
	o.happened = true
	return e
}
