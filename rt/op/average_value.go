package op

import (
	"time"

	"flowc/rt/flow"
)

// AverageValue is the mean of the value v over the last d, each value counting
// for as long as it lasted. So it moves on while v stands still, in steps of a
// sixtieth of d, until it has reached v. Shortly after the start it is the mean
// since then. It remembers 60 sums, about 1 KB, at any rate.
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
//	  show = average(inside - outside, 10.min)
//	}
//
//flow:op average
//flow:call v, d
//flow:in v value
//flow:out value
//flow:ready follows
//flow:rate plus 60 d
//flow:keeps 60
type AverageValue[T flow.Quantity] struct {
	// D is the length of the window.
	D time.Duration

	window sliding
	last   flow.Val[T]
	// upTo is the moment up to which last has been counted, changed that of the
	// last change, moved whether there was a change at all.
	upTo, changed time.Duration
	moved         bool
}

// Step counts what v was until now, and gives the mean of the window.
func (o *AverageValue[T]) Step(t flow.Tick, v T) T {
	now, width := t.Mono(), bucketWidth(o.D)
	if o.last.OK {
		o.count(now, width)
	} else {
		o.window.move(int64(now / width))
	}
	if o.last.OK && o.last.V != v {
		o.changed, o.moved = now, true
	}
	o.last, o.upTo = flow.Ready(v), now
	if !o.moved || now-o.changed >= o.D {
		o.moved = false
		return v // nothing else is in the window: exact, without rounding
	}
	t.At((now/width + 1) * width)
	all := o.window.total()
	if all.weight == 0 {
		return v
	}
	return T(all.mean())
}

// count adds the last value for the time since it was counted, to each bucket
// its share.
func (o *AverageValue[T]) count(now, width time.Duration) {
	from := max(o.upTo, now-o.D-width)
	for from < now {
		n := from / width
		to := min(now, (n+1)*width)
		o.window.move(int64(n))
		o.window.newest().addFor(float64(o.last.V), (to - from).Seconds())
		from = to
	}
	o.window.move(int64(now / width))
}

// Reset forgets all values.
func (o *AverageValue[T]) Reset() { *o = AverageValue[T]{D: o.D} }
