package op

import (
	"errors"
	"math"
	"time"

	"flowc/rt/flow"
)

// errRateTooLarge leaves the reading out of what is told, not out of the next rate.
var errRateTooLarge = errors.New("rate is too large for a number")

// Rate is how fast the readings change: from each reading and the one before it, per
// time, in the unit that is named or else in the one people use for it. A meter in kWh
// gives a power, one in litres a flow. It happens with each reading but the first; a
// counter that starts again at 0 gives one large negative rate. For a steadier rate of
// a trembling sensor use `slope`. It remembers one reading.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in meter {
//	  via   = home
//	  topic = "house/meter"
//	  text  = kWh
//	  stale = 10.min
//	}
//
//	mqtt_out power {
//	  via   = home
//	  topic = "house/power"
//	  send  = rate(meter, W)
//	}
//
//flow:op rate
//flow:call v, unit?
//flow:in v any
//flow:out same
//flow:ready follows
//flow:fresh own
//flow:dim R T/s
type Rate[T flow.Quantity, R flow.Linear] struct {
	last flow.Val[T]
	at   time.Duration
}

// Step gives the change per second since the reading before. Readings of one moment
// have no rate: the last of them counts for the next.
func (o *Rate[T, R]) Step(t flow.Tick, v flow.Hap[T]) (flow.Hap[R], error) {
	if !v.OK {
		return flow.Hap[R]{}, nil
	}
	was, passed := o.last, (t.Mono() - o.at).Seconds()
	o.last, o.at = flow.Ready(v.V), t.Mono()
	if !was.OK || passed <= 0 {
		return flow.Hap[R]{}, nil
	}
	r := float64(v.V-was.V) / passed
	if math.IsInf(r, 0) {
		return flow.Hap[R]{}, errRateTooLarge
	}
	return flow.Now(R(r)), nil
}

// Reset forgets the last reading: what happened in a silence has no rate.
func (o *Rate[T, R]) Reset() { o.last = flow.Val[T]{} }
