package op

import (
	"math"
	"time"

	"flowc/rt/flow"
)

// EmaValue is the exponential moving average of the value v: it is always on its way to
// what v is, the faster the farther it is away. After a step of v it has gone 63 % of
// the way in the time d and 95 % in three times d, and it arrives after fourteen. So it
// moves on while v stands still, in steps of a sixtieth of d. It remembers one number.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in solar {
//	  via   = home
//	  topic = "house/solar"
//	  text  = W
//	  stale = 10.min
//	}
//
//	mqtt_in power {
//	  via   = home
//	  topic = "house/power"
//	  text  = W
//	  stale = 10.min
//	}
//
//	log surplus {
//	  show = ema(solar - power, 5.min)
//	}
//
//flow:op ema
//flow:call v, d
//flow:in v value
//flow:out value
//flow:ready follows
//flow:rate plus 60 d
type EmaValue[T flow.Quantity] struct {
	// D is the time constant.
	D time.Duration

	mean flow.Val[T]
	last T
	// upTo is the moment up to which last counts, arrives when the mean is there.
	upTo, arrives time.Duration
}

// emaArrives is after how many time constants less than a millionth of a step is left.
const emaArrives = 14

// Step moves the mean by what v was until now.
func (o *EmaValue[T]) Step(t flow.Tick, v T) T {
	now := t.Mono()
	if !o.mean.OK {
		o.mean, o.last, o.upTo = flow.Ready(v), v, now
		return v
	}
	share := -math.Expm1(-float64(now-o.upTo) / float64(max(1, o.D)))
	o.mean.V += T(float64(float64(o.last-o.mean.V) * share))
	if v != o.last {
		o.arrives = now + emaArrives*o.D
	}
	o.last, o.upTo = v, now
	switch {
	case now >= o.arrives:
		o.mean.V = v // exact, without rounding
		t.Cancel()
	case o.mean.V != v:
		t.After(bucketWidth(o.D))
	}
	return o.mean.V
}

// Reset forgets what v was.
func (o *EmaValue[T]) Reset() { *o = EmaValue[T]{D: o.D} }
