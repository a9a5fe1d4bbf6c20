package op

import "flowc/rt/flow"

// Latch is switched on by one event and off by another, and stays as it is in
// between. It starts off. When both happen at the same moment, reset wins. It
// remembers one switch.
//
//	button start {
//	  pin = 17
//	}
//
//	button stop {
//	  pin = 27
//	}
//
//	led running {
//	  pin = 18
//	  on  = latch(start.pressed, stop.pressed)
//	}
//
//flow:op latch
//flow:call set, reset
//flow:in set any
//flow:in reset any
//flow:out value
//flow:ready always
type Latch[S, R any] struct{ on bool }

// Step switches on with set and off with reset.
func (o *Latch[S, R]) Step(set flow.Hap[S], reset flow.Hap[R]) bool {
	switch {
	case reset.OK:
		o.on = false
	case set.OK:
		o.on = true
	}
	return o.on
}
