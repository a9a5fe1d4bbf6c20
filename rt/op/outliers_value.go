package op

import (
	"time"

	"flowc/rt/flow"
)

// OutliersValue is the value v without its wild moves: it follows v, but stays where it
// was while v is more than the limit away from there. Where v stays away for d, it has
// really moved, and is believed. A reading needs no d: there it is three that agree. It
// remembers one number.
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
//	  show = outliers(inside - outside, 5.K, 30.s)
//	}
//
//flow:op outliers
//flow:call v, limit, d?
//flow:in v value
//flow:out value
//flow:ready follows
//flow:delta limit
type OutliersValue[T flow.Quantity] struct {
	// Limit is the greatest distance that is believed at once.
	Limit T
	// D is how long a greater one has to last.
	D time.Duration `default:"10.s"`

	// at is what was believed last, away since when v is elsewhere.
	at   flow.Val[T]
	away flow.Val[time.Duration]
}

// Step moves to v when it is near, or has been away for long enough.
func (o *OutliersValue[T]) Step(t flow.Tick, v T) T {
	now := t.Mono()
	if o.at.OK && (v-o.at.V > o.Limit || o.at.V-v > o.Limit) {
		if !o.away.OK {
			o.away = flow.Ready(now)
		}
		if due := o.away.V + o.D; now < due {
			t.At(due)
			return o.at.V
		}
	}
	if o.away.OK {
		o.away.OK = false
		t.Cancel()
	}
	o.at = flow.Ready(v)
	return v
}

// Reset forgets where it was: the first value after a silence is believed.
func (o *OutliersValue[T]) Reset() { *o = OutliersValue[T]{Limit: o.Limit, D: o.D} }
