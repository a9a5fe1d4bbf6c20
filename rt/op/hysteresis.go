package op

import "flowc/rt/flow"

// Hysteresis is a switch with two limits, so that a number that trembles around
// one of them does not make it chatter: with on_below and off_above it goes on
// when v falls below the one and off when v rises above the other, and with
// on_above and off_below the other way round. Between the limits it stays as it
// is, and it starts off. It is not a deadband, which ignores small moves and
// still gives a number; hysteresis gives a switch. Should a limit that moves pass
// the other, off wins. It remembers one switch.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in soil {
//	  via   = home
//	  topic = "garden/tomatoes/soil"
//	  text  = pct
//	  stale = 2.h
//	}
//
//	relay pump {
//	  pin    = 22
//	  on     = hysteresis(soil, { on_below = 30.pct, off_above = 45.pct })
//	  max_on = 10.min
//	  safe   = off
//	}
//
//flow:op hysteresis
//flow:call v, {on_below, off_above | on_above, off_below}
//flow:in v value
//flow:in on_below value
//flow:in off_above value
//flow:in on_above value
//flow:in off_below value
//flow:out value
//flow:ready follows
type Hysteresis[T flow.Ordered] struct {
	// OnBelow switches on: v is less.
	OnBelow flow.Opt[T]
	// OffAbove switches off: v is more. It belongs to OnBelow.
	OffAbove flow.Opt[T]
	// OnAbove switches on: v is more.
	OnAbove flow.Opt[T]
	// OffBelow switches off: v is less. It belongs to OnAbove.
	OffBelow flow.Opt[T]

	on bool
}

// Step moves the switch when v is beyond a limit.
func (o *Hysteresis[T]) Step(v T) bool {
	switch {
	case o.OffAbove.OK && v > o.OffAbove.V, o.OffBelow.OK && v < o.OffBelow.V:
		o.on = false
	case o.OnBelow.OK && v < o.OnBelow.V, o.OnAbove.OK && v > o.OnAbove.V:
		o.on = true
	}
	return o.on
}

// Reset switches off, as at start.
func (o *Hysteresis[T]) Reset() { o.on = false }
