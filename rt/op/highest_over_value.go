package op

import (
	"time"

	"flowc/rt/flow"
)

// HighestOverValue is the greatest that the value v was within the last d. What v was
// stays in the window for d after v changed, so the result moves on while v stands
// still. It remembers 60 numbers, about 1 KB, at any rate; a value leaves the window
// up to a sixtieth of d early.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in power {
//	  via   = home
//	  topic = "house/power"
//	  text  = W
//	  stale = 10.min
//	}
//
//	contact charger {
//	  pin = 17
//	}
//
//	log highest_rest {
//	  show = highest_over(charger.closed ? power - 2.kW : power, 15.min)
//	}
//
//flow:op highest_over
//flow:call v, d
//flow:in v value
//flow:out value
//flow:ready follows
//flow:rate plus 60 d
//flow:keeps 60
type HighestOverValue[T flow.Ordered] struct {
	// D is the length of the window.
	D time.Duration

	window slots[T]
	last   flow.Val[T]
}

// Step keeps what v was until now when it changed.
func (o *HighestOverValue[T]) Step(t flow.Tick, v T) T {
	width := bucketWidth(o.D)
	o.window.move(int64(t.Mono() / width))
	if o.last.OK && o.last.V != v {
		if b := o.window.newest(); !b.OK || o.last.V > b.V {
			*b = o.last
		}
	}
	o.last = flow.Ready(v)
	found := greatest(v, o.window.buckets[:])
	if found != v {
		t.At((t.Mono()/width + 1) * width)
	}
	return found
}

// Reset forgets what v was.
func (o *HighestOverValue[T]) Reset() { o.window, o.last = slots[T]{}, flow.Val[T]{} }
