package op

import (
	"time"

	"flowc/rt/flow"
)

// SlopeValue is how fast the value v rose or fell over the last d on the whole: the
// slope of the straight line that fits it best, per time. It moves on while v stands
// still, until it is 0. It is ready two sixtieths of d after the start. v is looked at 60
// times in d, so it remembers 60 numbers, about 2 KB, however often v moves.
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
//	led cooling_down {
//	  pin = 18
//	  on  = slope(inside - outside, 30.min) < -1.K / 1.h
//	}
//
//flow:op slope
//flow:call v, d, unit?
//flow:in v value
//flow:out value
//flow:ready follows
//flow:dim R T/s
//flow:rate plus 60 d
//flow:keeps 60
type SlopeValue[T flow.Quantity, R flow.Linear] struct {
	// D is the length of the window.
	D time.Duration

	seen looks[T]
}

// Step looks at v, and fits a line.
func (o *SlopeValue[T, R]) Step(t flow.Tick, v T) flow.Val[R] {
	o.seen.look(t.Mono(), o.D, v)
	var room [windowBuckets]look[T]
	var line fit
	same := true
	for _, s := range o.seen.window.ready(room[:0]) {
		line.add((s.at - t.Mono()).Seconds(), float64(s.v-v))
		same = same && s.v == v
	}
	r, ok := line.slope()
	if !ok || !same {
		t.At(o.seen.next(o.D))
	}
	return flow.When(ok, R(r))
}

// Reset forgets what v was.
func (o *SlopeValue[T, R]) Reset() { *o = SlopeValue[T, R]{D: o.D} }
