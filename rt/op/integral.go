package op

import (
	"errors"
	"math"
	"time"

	"flowc/rt/flow"
)

// errIntegralTooLarge leaves the integral as it was.
var errIntegralTooLarge = errors.New("integral is too large for a number")

// Integral is the value v added up over time since the start: a power becomes an
// energy, a flow a volume, in the unit that is named or else in the one people use for
// it. Each value counts for as long as it lasts, and nothing is added while v is not
// ready. It is brought up to date when v changes, with each reading, and once a
// minute. It remembers one sum.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in power {
//	  via   = home
//	  topic = "house/power"
//	  text  = W
//	}
//
//	log energy {
//	  show = integral(power, kWh)
//	}
//
//flow:op integral
//flow:call v, unit?
//flow:in v value
//flow:out value
//flow:ready always
//flow:dim R T*s
//flow:rate plus 1.min
type Integral[T flow.Linear, R flow.Linear] struct {
	last  flow.Val[T]
	at    time.Duration
	total R
}

// integralPace is how often the sum is brought up to date while v stands still.
const integralPace = time.Minute

// Step adds what v was until now.
func (o *Integral[T, R]) Step(t flow.Tick, v flow.Val[T]) (R, error) {
	var err error
	if o.last.OK {
		next := o.total + R(float64(float64(o.last.V)*(t.Mono()-o.at).Seconds()))
		if math.IsInf(float64(next), 0) {
			err = errIntegralTooLarge
		} else {
			o.total = next
		}
	}
	o.last, o.at = v, t.Mono()
	if v.OK {
		t.After(integralPace)
	}
	return o.total, err
}
