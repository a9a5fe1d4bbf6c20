package op

import "flowc/rt/flow"

// Previous is what the value v was before its last change, and init until v has
// changed once. It does not go back in time: while v stays, so does previous(v).
// It remembers two values.
//
//	button mode {
//	  pin = 17
//	}
//
//	log before {
//	  show = previous(count(mode.pressed), 0)
//	}
//
//flow:op previous
//flow:call v, init
//flow:in v value
//flow:out value
//flow:ready always
//flow:breaks
type Previous[T comparable] struct {
	// Init is the value before the first change.
	Init T

	before, last flow.Val[T]
}

// Step notices a change of v. While v is not ready it keeps what it knows.
func (o *Previous[T]) Step(v flow.Val[T]) T {
	if v.OK && (!o.last.OK || v.V != o.last.V) {
		o.before, o.last = o.last, v
	}
	return o.before.Or(o.Init)
}

// Ahead is what the operator gives once v has changed, for those that make v of it:
// while v is coming, what it is now is already what it was.
func (o *Previous[T]) Ahead(coming bool) T {
	if coming {
		return o.last.Or(o.Init)
	}
	return o.before.Or(o.Init)
}
