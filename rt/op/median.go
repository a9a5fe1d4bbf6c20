package op

import (
	"time"

	"flowc/rt/flow"
)

// Median is the middle one of the readings of the last d, and happens with each
// reading. A single wild reading does not move it, where it would move an average.
// Of readings that come closer than a sixtieth of d only the last counts, so it
// remembers 60 numbers, about 1 KB, at any rate; the newest is always in it.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in distance {
//	  via   = home
//	  topic = "garden/tank"
//	  text  = cm
//	  stale = 10.min
//	}
//
//	mqtt_out level {
//	  via   = home
//	  topic = "garden/tank/level"
//	  send  = median(distance, 1.min)
//	}
//
//flow:op median
//flow:call v, d
//flow:in v any
//flow:out same
//flow:ready follows
//flow:keeps 60
type Median[T flow.Quantity] struct {
	// D is the length of the window.
	D time.Duration

	window slots[T]
}

// Step takes in v and gives the median of the window.
func (o *Median[T]) Step(t flow.Tick, v flow.Hap[T]) flow.Hap[T] {
	if !v.OK {
		return flow.Hap[T]{}
	}
	o.window.move(int64(t.Mono() / bucketWidth(o.D)))
	*o.window.newest() = flow.Ready(v.V)
	var list [windowBuckets]T
	return flow.Now(middle(o.window.ready(list[:0])))
}

// Reset forgets all readings.
func (o *Median[T]) Reset() { o.window = slots[T]{} }
