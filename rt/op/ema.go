package op

import (
	"math"
	"time"

	"flowc/rt/flow"
)

// Ema is the exponential moving average of the readings: each reading pulls it
// towards itself, the more the longer the one before it is ago. After a step of the
// input it has gone 63 % of the way in the time d and 95 % in three times d. It
// never quite forgets, where `average` forgets after d. It remembers one number.
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
//	mqtt_out power_smooth {
//	  via   = home
//	  topic = "house/power/smooth"
//	  send  = ema(power, 1.min)
//	}
//
//flow:op ema
//flow:call v, d
//flow:in v any
//flow:out same
//flow:ready follows
//flow:rate each
type Ema[T flow.Quantity] struct {
	// D is the time constant.
	D time.Duration

	mean flow.Val[T]
	last time.Duration
}

// Step takes in v and gives the mean. The reading that came is taken to have held
// since the one before it.
func (o *Ema[T]) Step(t flow.Tick, v flow.Hap[T]) flow.Hap[T] {
	if !v.OK {
		return flow.Hap[T]{}
	}
	if !o.mean.OK {
		o.mean, o.last = flow.Ready(v.V), t.Mono()
		return v
	}
	share := -math.Expm1(-float64(t.Mono()-o.last) / float64(max(1, o.D)))
	o.mean.V += T(float64(float64(v.V-o.mean.V) * share))
	o.last = t.Mono()
	return flow.Now(o.mean.V)
}

// Reset forgets all readings.
func (o *Ema[T]) Reset() { o.mean = flow.Val[T]{} }
