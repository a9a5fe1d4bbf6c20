package op

import "flowc/rt/flow"

// Toggle is a switch that changes sides each time e happens: off, on, off. It
// starts off. It is the happening that counts, not what the event carries. It
// remembers one switch.
//
//	button door {
//	  pin = 17
//	}
//
//	led lamp {
//	  pin = 18
//	  on  = toggle(door.pressed)
//	}
//
//flow:op toggle
//flow:call e
//flow:in e any
//flow:out value
//flow:ready always
//flow:rate each
type Toggle[E any] struct{ on bool }

// Step changes sides when e happens.
func (o *Toggle[E]) Step(e flow.Hap[E]) bool {
	if e.OK {
		o.on = !o.on
	}
	return o.on
}
