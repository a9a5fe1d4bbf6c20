package op

import (
	"errors"
	"math"

	"flowc/rt/flow"
)

// errSumTooLarge leaves the sum as it was; the event is not added.
var errSumTooLarge = errors.New("sum is too large for its type")

// Sum adds up what e carries since the start. It starts at 0. Points such as a
// temperature in C cannot be added; steps in K can. Adding one litre to a very
// large sum may be lost in rounding: a number has about 15 digits. It remembers
// one number.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in rain {
//	  via   = home
//	  topic = "garden/rain"
//	  kind  = command
//	  text  = mm
//	}
//
//	log rain_total {
//	  show = sum(rain)
//	}
//
//flow:op sum
//flow:call e
//flow:in e any
//flow:out value
//flow:ready always
type Sum[T flow.Linear] struct{ total T }

// Step adds e. It fails when the sum would be infinite.
func (o *Sum[T]) Step(e flow.Hap[T]) (T, error) {
	if !e.OK {
		return o.total, nil
	}
	next := o.total + e.V
	if math.IsInf(float64(next), 0) {
		return o.total, errSumTooLarge
	}
	o.total = next
	return next, nil
}
