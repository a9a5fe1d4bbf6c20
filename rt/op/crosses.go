package op

import "flowc/rt/flow"

// Crosses happens when the value v passes x, upwards or downwards; x may move as
// well. A v that only touches x and goes back has not crossed it. For one direction
// use `rises(v > x)`, and where v trembles around x `rises` of a `hysteresis`. It
// remembers one side.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in outside {
//	  via   = home
//	  topic = "garden/outside"
//	  text  = C
//	  stale = 1.h
//	}
//
//	mqtt_out frost_line {
//	  via   = home
//	  topic = "garden/frost"
//	  send  = at(crosses(outside, 0.C), outside)
//	}
//
//flow:op crosses
//flow:call v, x
//flow:in v value
//flow:in x value
//flow:out event
//flow:ready always
type Crosses[T flow.Ordered] struct {
	// above is on which side v was last; nothing while it was on neither.
	above flow.Val[bool]
}

// Step notices when v is on the other side of x. What stops being ready forgets its
// side: nothing is crossed in silence.
func (o *Crosses[T]) Step(v, x flow.Val[T]) flow.Hap[flow.Unit] {
	if !v.OK || !x.OK {
		o.above = flow.Val[bool]{}
		return flow.Hap[flow.Unit]{}
	}
	if v.V == x.V {
		return flow.Hap[flow.Unit]{}
	}
	was := o.above
	o.above = flow.Ready(v.V > x.V)
	return flow.Hap[flow.Unit]{OK: was.OK && was.V != o.above.V}
}
