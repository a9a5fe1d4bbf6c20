package op

import "flowc/rt/flow"

// Count is how many times e has happened since the start. It starts at 0 and is
// ready from the beginning; a restart of the program begins again at 0. It
// remembers one number.
//
//	motion path {
//	  pin = 4
//	}
//
//	log visitors {
//	  show = count(rises(path.active))
//	}
//
//flow:op count
//flow:call e
//flow:in e any
//flow:out value
//flow:ready always
//flow:rate each
type Count[E any] struct{ n int64 }

// Step counts e.
func (o *Count[E]) Step(e flow.Hap[E]) int64 {
	if e.OK {
		o.n++
	}
	return o.n
}
