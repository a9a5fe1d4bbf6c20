package op

import (
	"time"

	"flowc/rt/flow"
)

// SumDuration adds up the durations that e carries since the start. It starts at
// 0 s. A sum of more than 292 years is a failure. It remembers one duration.
//
//	button tap {
//	  pin = 17
//	}
//
//	log open_together {
//	  show = sum(at(tap.released, since(tap.pressed)))
//	}
//
//flow:op sum
//flow:call e
//flow:in e any
//flow:out value
//flow:ready always
type SumDuration struct{ total time.Duration }

// Step adds e. It fails when the sum would not fit.
func (o *SumDuration) Step(e flow.Hap[time.Duration]) (time.Duration, error) {
	if !e.OK {
		return o.total, nil
	}
	next := o.total + e.V
	if overflows(int64(o.total), int64(e.V), int64(next)) {
		return o.total, errSumTooLarge
	}
	o.total = next
	return next, nil
}
