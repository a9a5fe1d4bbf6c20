package op

import (
	"errors"
	"math"
	"time"

	"flowc/rt/flow"
)

// RateValue is how fast the value v changes: its last move, over the time since the move
// before it. While v stands still for longer than that it can only be slower, so the
// rate halves each time the pause has doubled. It is ready once v has moved. For a
// steadier rate of a value that trembles use `slope`. It remembers one move.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in upstairs {
//	  via   = home
//	  topic = "meter/upstairs"
//	  text  = kWh
//	  stale = 1.h
//	}
//
//	mqtt_in downstairs {
//	  via   = home
//	  topic = "meter/downstairs"
//	  text  = kWh
//	  stale = 1.h
//	}
//
//	log power {
//	  show = rate(upstairs + downstairs, W)
//	}
//
//flow:op rate
//flow:call v, unit?
//flow:in v value
//flow:out value
//flow:ready follows
//flow:dim R T/s
type RateValue[T flow.Quantity, R flow.Linear] struct {
	last flow.Val[T]
	// moved is when v moved last, took how long that took, next when the pause has
	// doubled.
	moved, took, next time.Duration
	rate              flow.Val[R]
}

// errRateValueTooLarge makes the rate not ready until the next move.
var errRateValueTooLarge = errors.New("rate is too large for a number")

// Step gives the change per second at the last move.
func (o *RateValue[T, R]) Step(t flow.Tick, v T) (flow.Val[R], error) {
	now := t.Mono()
	passed := now - o.moved
	switch {
	case !o.last.OK:
		o.last, o.moved = flow.Ready(v), now
	case o.last.V != v && passed > 0:
		r := float64(v-o.last.V) / passed.Seconds()
		o.last, o.moved = flow.Ready(v), now
		if math.IsInf(r, 0) {
			o.rate = flow.Val[R]{}
			t.Cancel()
			return o.rate, errRateValueTooLarge
		}
		o.rate, o.took, o.next = flow.Ready(R(r)), passed, now+2*passed
	case o.last.V != v: // two moves of one moment are one
		if o.rate.OK {
			o.rate.V += R(float64(v-o.last.V) / o.took.Seconds())
		}
		o.last = flow.Ready(v)
	case o.rate.OK && now >= o.next:
		o.rate.V /= 2
		o.next = now + passed
	}
	if o.rate.OK && o.rate.V != 0 {
		t.At(o.next)
	}
	return o.rate, nil
}

// Reset forgets the last move: what happened in a silence has no rate.
func (o *RateValue[T, R]) Reset() { *o = RateValue[T, R]{} }
