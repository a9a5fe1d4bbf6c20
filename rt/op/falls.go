package op

import "flowc/rt/flow"

// Falls happens when the switch v goes from on to off. A v that stops being
// ready has not fallen: silence is not off. It remembers one switch.
//
//	motion hall {
//	  pin = 4
//	}
//
//	relay fan_after {
//	  pin  = 23
//	  on   = pulse(falls(hall.active), 5.min)
//	  safe = off
//	}
//
//flow:op falls
//flow:call v
//flow:in v value
//flow:out event
//flow:ready always
type Falls struct{ last flow.Val[bool] }

// Step compares v with what it was.
func (o *Falls) Step(v flow.Val[bool]) flow.Hap[flow.Unit] {
	was := o.last
	o.last = v
	return flow.Hap[flow.Unit]{OK: was.OK && was.V && v.OK && !v.V}
}
