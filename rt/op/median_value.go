package op

import (
	"time"

	"flowc/rt/flow"
)

// MedianValue is the middle one of what the value v was over the last d: half of that
// time v was less, half of it more. A short move does not show, where it would move an
// average. It moves on while v stands still, until v has been the same for half of d.
// Shortly after the start it is the median since then. v is looked at 60 times in d, so
// it remembers 60 numbers, about 1 KB, however often v moves.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in inside {
//	  via   = home
//	  topic = "house/inside"
//	  text  = C
//	  stale = 1.h
//	}
//
//	mqtt_in outside {
//	  via   = home
//	  topic = "house/outside"
//	  text  = C
//	  stale = 1.h
//	}
//
//	log difference {
//	  show = median(inside - outside, 10.min)
//	}
//
//flow:op median
//flow:call v, d
//flow:in v value
//flow:out value
//flow:ready follows
//flow:rate plus 60 d
//flow:keeps 60
type MedianValue[T flow.Quantity] struct {
	// D is the length of the window.
	D time.Duration

	seen looks[T]
}

// Step looks at v, and gives the median of what was seen.
func (o *MedianValue[T]) Step(t flow.Tick, v T) T {
	o.seen.look(t.Mono(), o.D, v)
	var room [windowBuckets]look[T]
	var list [windowBuckets]T
	n, same := 0, true
	for _, s := range o.seen.window.ready(room[:0]) {
		list[n] = s.v
		same = same && s.v == v
		n++
	}
	if !same {
		t.At(o.seen.next(o.D))
	}
	return middle(list[:n])
}

// Reset forgets what v was.
func (o *MedianValue[T]) Reset() { *o = MedianValue[T]{D: o.D} }
