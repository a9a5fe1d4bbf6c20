package op

import (
	"time"

	"flowc/rt/flow"
)

// Slope is how fast the readings of the last d rise or fall on the whole: the slope of
// the straight line that fits them best, per time. It is steadier than `rate`, which
// looks at two readings only; when there is only one in the window it takes the one
// before as well. It happens with each reading, from the second on. Of readings that
// come closer than a sixtieth of d only the last counts, so it remembers 60 readings,
// about 2 KB, at any rate.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in pressure {
//	  via   = home
//	  topic = "garden/pressure"
//	  text  = hPa
//	  stale = 1.h
//	}
//
//	led storm {
//	  pin = 18
//	  on  = slope(pressure, 3.h) < -1.hPa / 1.h
//	}
//
//flow:op slope
//flow:call v, d, unit?
//flow:in v any
//flow:out same
//flow:ready follows
//flow:dim R T/s
//flow:keeps 60
type Slope[T flow.Quantity, R flow.Linear] struct {
	// D is the length of the window.
	D time.Duration

	window slots[sloped[T]]
	last   flow.Val[sloped[T]]
}

// sloped is a reading and when it came.
type sloped[T any] struct {
	v  T
	at time.Duration
}

// Step fits a line by least squares. Times and values are taken relative to the newest
// reading, so that nothing is lost to rounding after years.
func (o *Slope[T, R]) Step(t flow.Tick, v flow.Hap[T]) flow.Hap[R] {
	if !v.OK {
		return flow.Hap[R]{}
	}
	o.window.move(int64(t.Mono() / bucketWidth(o.D)))
	*o.window.newest() = flow.Ready(sloped[T]{v.V, t.Mono()})
	var room [windowBuckets]sloped[T]
	list := o.window.ready(room[:0])
	if len(list) == 1 && o.last.OK {
		list = append(list, o.last.V)
	}
	o.last = flow.Ready(sloped[T]{v.V, t.Mono()})
	var line fit
	for _, s := range list {
		line.add((s.at - t.Mono()).Seconds(), float64(s.v-v.V))
	}
	r, ok := line.slope()
	if !ok {
		return flow.Hap[R]{}
	}
	return flow.Now(R(r))
}

// Reset forgets all readings.
func (o *Slope[T, R]) Reset() { *o = Slope[T, R]{D: o.D} }
