package op

import (
	"time"

	"flowc/rt/flow"
)

// DelayValue is what v was the time d ago. Until d has passed since v was first
// known it is not ready; and when v stops being ready, so does it, at once and
// not d later. It remembers at most 1,000 changes of v: when there are more than
// 500 within d, those closer together than a five hundredth of d become one.
//
//	motion hall {
//	  pin = 4
//	}
//
//	led a_minute_ago {
//	  pin = 18
//	  on  = delay(hall.active, 1.min)
//	}
//
//flow:op delay
//flow:call v, d
//flow:in v value
//flow:out value
//flow:ready follows
//flow:breaks
//flow:rate each
//flow:keeps 1000
type DelayValue[T comparable] struct {
	// D is how much later it shows what v was.
	D time.Duration

	last, now flow.Val[T]
	waiting   queue[delayed[T]]
}

// Step keeps what v became, and gives what it was.
func (o *DelayValue[T]) Step(t flow.Tick, v T) flow.Val[T] {
	if !o.last.OK || o.last.V != v {
		o.last = flow.Ready(v)
		o.keep(delayed[T]{v, t.Mono() + o.D})
	}
	for o.waiting.n > 0 && t.Mono() >= o.waiting.at(0).due {
		o.now = flow.Ready(o.waiting.pop().v)
	}
	if o.waiting.n > 0 {
		t.At(o.waiting.at(0).due)
	}
	return o.now
}

// keep adds a change. From half the limit on it merges changes that are close,
// which bounds the memory at any rate and never loses the last change.
func (o *DelayValue[T]) keep(d delayed[T]) {
	const half = queueLimit / 2
	if n := o.waiting.n; n >= half {
		last := o.waiting.at(n - 1)
		if n == queueLimit || d.due-last.due < o.D/half {
			last.v = d.v
			return
		}
	}
	o.waiting.push(d)
}

// Reset forgets all changes.
func (o *DelayValue[T]) Reset() {
	o.last, o.now = flow.Val[T]{}, flow.Val[T]{}
	o.waiting.clear()
}
