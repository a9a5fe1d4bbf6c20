package op

import "flowc/rt/flow"

// Merge happens whenever one of its events does, with that one's payload. When
// several happen at the same moment none is lost: they come one after the other,
// in the order in which they are written. It remembers what is still to come of
// the moment, at most 1,000.
//
//	button front {
//	  pin = 17
//	}
//
//	button back {
//	  pin = 27
//	}
//
//	relay bell {
//	  pin  = 22
//	  on   = pulse(merge(front.pressed, back.pressed), 1.s)
//	  safe = off
//	}
//
//flow:op merge
//flow:call e...
//flow:in e any
//flow:out event
//flow:ready always
//flow:passes
//flow:rate each
//flow:keeps 16
type Merge[T any] struct{ rest queue[T] }

// Step gives the next event; the others of this pass follow in further passes.
// More than the queue holds would need more passes than an instant may have, so
// the engine's own fault tells of the loss.
func (o *Merge[T]) Step(t flow.Tick, e ...flow.Hap[T]) flow.Hap[T] {
	var now flow.Hap[T]
	if o.rest.n > 0 {
		now = flow.Now(o.rest.pop())
	}
	for _, h := range e {
		switch {
		case !h.OK:
		case !now.OK:
			now = h
		default:
			o.rest.push(h.V)
		}
	}
	if o.rest.n > 0 {
		t.Again()
	}
	return now
}
