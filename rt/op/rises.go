package op

import "flowc/rt/flow"

// Rises happens when the switch v goes from off to on. A v that is on when it is
// first known has not risen: nothing happens at the start or after a silence. It
// remembers one switch.
//
//	motion hall {
//	  pin = 4
//	}
//
//	led lamp {
//	  pin = 18
//	  on  = toggle(rises(hall.active))
//	}
//
//flow:op rises
//flow:call v
//flow:in v value
//flow:out event
//flow:ready always
type Rises struct{ last flow.Val[bool] }

// Step compares v with what it was.
func (o *Rises) Step(v flow.Val[bool]) flow.Hap[flow.Unit] {
	was := o.last
	o.last = v
	return flow.Hap[flow.Unit]{OK: was.OK && !was.V && v.OK && v.V}
}
