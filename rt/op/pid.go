package op

import (
	"time"

	"flowc/rt/flow"
)

// Pid is a controller: how much to drive something so that v comes to the target and
// stays there. `p` answers the distance, `i` what remains of it over time, `d` how
// fast v moves; begin with `p` alone, then add `i`, and `d` only for what overshoots.
// The gains have units: with a range in percent and a v in C, `p` is `10.pct / 1.K`,
// `i` is `10.pct / 1.K / 20.min`. Negative gains drive the other way, as for cooling.
// What lies beyond the range is cut off and does not pile up in the integral, and a
// jump of the target gives no kick from `d`. It is worked out every second, or as
// `every` says. It remembers two numbers.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in floor {
//	  via   = home
//	  topic = "house/floor"
//	  text  = C
//	  stale = 10.min
//	}
//
//	relay heating {
//	  pin  = 22
//	  on   = duty(pid(floor, 24.C, { p = 20.pct / 1.K, i = 20.pct / 1.K / 1.h, range = [0.pct, 100.pct] }), 10.min)
//	  safe = off
//	}
//
//flow:op pid
//flow:call v, target, {p, i?, d?, range, every?}
//flow:in v value
//flow:in target value
//flow:out value
//flow:ready follows
//flow:dim P R/T
//flow:dim I R/T/s
//flow:dim D R*s/T
//flow:rate exact every
type Pid[T flow.Quantity, R, P, I, D flow.Linear] struct {
	// P is the answer to the distance from the target.
	P P
	// I is the answer to the distance over time.
	I flow.Opt[I]
	// D is the answer to how fast v moves.
	D flow.Opt[D]
	// Range are the least and the greatest result.
	Range []R `items:"2"`
	// Every is the time between two results.
	Every time.Duration `default:"1.s"`

	beat  beat
	begun bool
	// sum is the integral part, last the v of the last result.
	sum  float64
	last T
	out  R
}

// Step works out a result when it is time for one.
func (o *Pid[T, R, P, I, D]) Step(t flow.Tick, v, target T) R {
	beat := o.beat.tick(t, o.Every)
	if !o.begun {
		o.begun, o.last = true, v
		o.out = o.drive(0, v, target)
	} else if beat {
		o.out = o.drive(o.Every.Seconds(), v, target)
	}
	return o.out
}

// drive works out the result for the time that has passed since the last.
func (o *Pid[T, R, P, I, D]) drive(seconds float64, v, target T) R {
	low, high := float64(o.Range[0]), float64(o.Range[len(o.Range)-1])
	away := float64(target - v)
	part := float64(float64(o.P) * away)
	if seconds > 0 {
		part -= float64(float64(o.D.V) * (float64(v-o.last) / seconds))
	}
	more := float64(float64(float64(o.I.V)*away) * seconds)
	o.last = v
	// The integral grows only as far as it has an effect.
	out := part + o.sum + more
	if out > high && more > 0 || out < low && more < 0 {
		more = 0
	}
	o.sum = min(max(o.sum+more, min(low, 0)), max(high, 0))
	return R(min(max(part+o.sum, low), high))
}

// Reset begins anew, as at start.
func (o *Pid[T, R, P, I, D]) Reset() { o.begun, o.sum = false, 0 }
