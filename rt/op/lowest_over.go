package op

import (
	"time"

	"flowc/rt/flow"
)

// LowestOver is the least of the readings of the last d, and happens with each
// reading. It looks back in time for one wire; `lowest` looks across the keys of a
// keyed one. It remembers 60 numbers, about 1 KB, at any rate, so a reading leaves
// the window up to a sixtieth of d early; the newest is always in it.
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
//	mqtt_out power_lowest {
//	  via   = home
//	  topic = "house/power/lowest"
//	  send  = lowest_over(power, 15.min)
//	}
//
//flow:op lowest_over
//flow:call v, d
//flow:in v any
//flow:out same
//flow:ready follows
//flow:keeps 60
type LowestOver[T flow.Ordered] struct {
	// D is the length of the window.
	D time.Duration

	window slots[T]
}

// Step takes in v and gives the least of the window.
func (o *LowestOver[T]) Step(t flow.Tick, v flow.Hap[T]) flow.Hap[T] {
	if !v.OK {
		return flow.Hap[T]{}
	}
	o.window.move(int64(t.Mono() / bucketWidth(o.D)))
	if b := o.window.newest(); !b.OK || v.V < b.V {
		*b = flow.Ready(v.V)
	}
	return flow.Now(least(v.V, o.window.buckets[:]))
}

// Reset forgets all readings.
func (o *LowestOver[T]) Reset() { o.window = slots[T]{} }
