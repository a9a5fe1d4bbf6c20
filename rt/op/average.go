package op

import (
	"time"

	"flowc/rt/flow"
)

// Average is the mean of the readings of the last d, and happens with each
// reading. Every reading counts the same, also when they do not come evenly: ten
// readings in one minute outweigh one in the next. The newest is always in it,
// even when it is the only one for longer than d. It remembers 60 sums, about
// 1 KB, at any rate, so a reading leaves the window up to a sixtieth of d early.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in attic {
//	  via   = home
//	  topic = "house/attic"
//	  text  = C
//	  stale = 10.min
//	}
//
//	mqtt_out attic_smooth {
//	  via   = home
//	  topic = "house/attic/smooth"
//	  send  = average(attic, 10.min)
//	}
//
//flow:op average
//flow:call v, d
//flow:in v any
//flow:out same
//flow:ready follows
//flow:rate each
//flow:keeps 60
type Average[T flow.Quantity] struct {
	// D is the length of the window.
	D time.Duration

	window sliding
}

// Step takes in v and gives the mean of the window.
func (o *Average[T]) Step(t flow.Tick, v flow.Hap[T]) flow.Hap[T] {
	if !v.OK {
		return flow.Hap[T]{}
	}
	o.window.move(int64(t.Mono() / bucketWidth(o.D)))
	o.window.newest().add(float64(v.V))
	return flow.Now(T(o.window.total().mean()))
}

// Reset forgets all readings.
func (o *Average[T]) Reset() { o.window = sliding{} }
