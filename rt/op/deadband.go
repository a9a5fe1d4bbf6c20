package op

import "flowc/rt/flow"

// Deadband lets a reading pass only when it differs from the last one that passed
// by at least the band, so that a sensor which trembles does not fill a log. It gives
// a number; for a switch with two limits use `hysteresis`. A slow drift passes as
// soon as it adds up to the band. What it leaves out still counts as fresh. It
// remembers one number.
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
//	mqtt_out outside_moved {
//	  via   = home
//	  topic = "garden/outside/moved"
//	  send  = deadband(outside, 0.5.K)
//	}
//
//flow:op deadband
//flow:call v, band
//flow:in v any
//flow:out same
//flow:ready follows
//flow:fresh input
//flow:delta band
//flow:thins kept
type Deadband[T flow.Quantity] struct {
	// Band is the least difference that counts.
	Band T `range:"0,"`

	last flow.Val[T]
}

// Step lets v pass when it is the first or at least Band away from the last.
func (o *Deadband[T]) Step(v flow.Hap[T]) flow.Hap[T] {
	if !v.OK || o.last.OK && within(v.V, o.last.V, o.Band) {
		return flow.Hap[T]{}
	}
	o.last = flow.Ready(v.V)
	return v
}

// within reports whether two numbers differ by less than band.
func within[T flow.Quantity](a, b, band T) bool { return a-b < band && b-a < band }

// Reset forgets the last: the first reading after a silence passes.
func (o *Deadband[T]) Reset() { o.last = flow.Val[T]{} }
