package op

import "flowc/rt/flow"

// Becomes happens when the value v changes to x from something else. It is v
// that must move: nothing happens when x moves to where v is, nor when v is x
// from the start or after a silence. It remembers one value.
//
//	button mode {
//	  pin = 17
//	}
//
//	relay bell {
//	  pin  = 22
//	  on   = pulse(becomes(count(mode.pressed), 3), 1.s)
//	  safe = off
//	}
//
//flow:op becomes
//flow:call v, x
//flow:in v value
//flow:in x value
//flow:out event
//flow:ready always
type Becomes[T comparable] struct{ last flow.Val[T] }

// Step compares v with what it was, and with x.
func (o *Becomes[T]) Step(v, x flow.Val[T]) flow.Hap[flow.Unit] {
	was := o.last
	o.last = v
	moved := was.OK && v.OK && was.V != v.V
	return flow.Hap[flow.Unit]{OK: moved && x.OK && v.V == x.V}
}
