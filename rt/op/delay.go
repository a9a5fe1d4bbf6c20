package op

import (
	"errors"
	"time"

	"flowc/rt/flow"
)

// errDelayFull tells of a lost event; each is a fault and counts as dead.
var errDelayFull = errors.New("delay already keeps 1000 events: the oldest is lost")

// Delay happens the time d after e did, with the same payload, once for every e.
// Unlike debounce it lets each one through, however close they follow each other.
// It remembers at most 1,000 events; one more pushes out the oldest, which is a
// fault.
//
//	button door {
//	  pin = 17
//	}
//
//	relay lock {
//	  pin  = 22
//	  on   = pulse(delay(door.pressed, 3.s), 1.s)
//	  safe = off
//	}
//
//flow:op delay
//flow:call e, d
//flow:in e any
//flow:out event
//flow:ready always
//flow:holds
//flow:breaks
//flow:rate each
//flow:keeps 1000
type Delay[T any] struct {
	// D is how much later it happens.
	D time.Duration

	waiting queue[delayed[T]]
}

// delayed is something to give at monotonic time due.
type delayed[T any] struct {
	v   T
	due time.Duration
}

// Step keeps e, and gives the oldest when its time has come. As Debounce, it
// gives only in the timer's own instant; events of the same moment come out in
// instants of their own, as they came in.
func (o *Delay[T]) Step(t flow.Tick, e flow.Hap[T]) (now flow.Hap[T], err error) {
	if t.Due() && o.waiting.n > 0 && t.Mono() >= o.waiting.at(0).due {
		now = flow.Now(o.waiting.pop().v)
	}
	if e.OK {
		t.Hand()
		if o.waiting.push(delayed[T]{e.V, t.Mono() + o.D}) {
			err = errDelayFull
		}
	}
	if o.waiting.n > 0 {
		t.At(o.waiting.at(0).due)
	}
	if now.OK {
		t.Fresh()
	}
	return now, err
}
