package op

import (
	"errors"
	"time"

	"flowc/rt/flow"
)

// errSpreadFull tells of a lost event; each is a fault and counts as dead.
var errSpreadFull = errors.New("spread already keeps 1000 events: the oldest is lost")

// Spread keeps events at least d apart and loses none: one that comes too soon
// waits for its turn, in order. Where the ones in between may be lost use `throttle`.
// It remembers at most 1,000 events; one more pushes out the oldest, which is a fault.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in order {
//	  via   = home
//	  topic = "shutter/orders"
//	  kind  = command
//	  text  = string
//	}
//
//	mqtt_out radio {
//	  via   = home
//	  topic = "radio/send"
//	  send  = spread(order, 500.ms)
//	}
//
//flow:op spread
//flow:call e, d
//flow:in e any
//flow:out event
//flow:ready always
//flow:holds
//flow:rate most d
//flow:keeps 1000
type Spread[T any] struct {
	// D is the least time between two.
	D time.Duration

	waiting queue[T]
	// free is when the next may happen.
	free time.Duration
}

// Step lets e pass when it is its turn, and else keeps it; what waited comes in the
// timer's own instant.
func (o *Spread[T]) Step(t flow.Tick, e flow.Hap[T]) (now flow.Hap[T], err error) {
	if t.Due() && o.waiting.n > 0 && t.Mono() >= o.free {
		now, o.free = flow.Now(o.waiting.pop()), t.Mono()+o.D
		t.Fresh()
	}
	if e.OK {
		if o.waiting.n == 0 && !now.OK && t.Mono() >= o.free {
			o.free = t.Mono() + o.D
			return e, nil
		}
		t.Hand()
		if o.waiting.push(e.V) {
			err = errSpreadFull
		}
	}
	if o.waiting.n > 0 {
		t.At(o.free)
	}
	return now, err
}
