package op

import (
	"time"

	"flowc/rt/flow"
)

// rampPace is the time between two steps of a ramp: fine enough that nobody sees them.
const rampPace = 100 * time.Millisecond

// Ramp follows the value v at no more than the speed, upwards and downwards, in steps
// of a tenth of a second. It starts where v is. It limits how fast a value moves and
// not how often; for that use `throttle`. It remembers one number.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in blinds {
//	  via   = home
//	  topic = "house/blinds"
//	  text  = pct
//	  stale = 1.d
//	}
//
//	log blinds_gently {
//	  show = ramp(blinds, 5.pct / 1.s)
//	}
//
//flow:op ramp
//flow:call v, speed
//flow:in v value
//flow:out value
//flow:ready follows
//flow:dim S T/s
//flow:rate plus 100.ms
type Ramp[T flow.Quantity, S flow.Linear] struct {
	// Speed is how far it moves in a time: `5.pct / 1.s`.
	Speed S

	now flow.Val[T]
	at  time.Duration
}

// Step moves towards v for the time that has passed.
func (o *Ramp[T, S]) Step(t flow.Tick, v T) T {
	if !o.now.OK {
		o.now, o.at = flow.Ready(v), t.Mono()
		return v
	}
	if o.now.V == v {
		o.at = t.Mono()
		return v
	}
	if t.Mono()-o.at < rampPace {
		t.At(o.at + rampPace)
		return o.now.V
	}
	far := T(float64(float64(max(o.Speed, -o.Speed)) * (t.Mono() - o.at).Seconds()))
	o.at = t.Mono()
	switch {
	case within(v, o.now.V, far):
		o.now.V = v
	case v > o.now.V:
		o.now.V += far
	default:
		o.now.V -= far
	}
	if o.now.V != v {
		t.After(rampPace)
	}
	return o.now.V
}

// Reset forgets where it is: after a silence it starts where v is.
func (o *Ramp[T, S]) Reset() { o.now = flow.Val[T]{} }
