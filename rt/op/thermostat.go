package op

import (
	"time"

	"flowc/rt/flow"
)

// Thermostat is a heating switch: on when v is half the band below the target, off
// when it is half the band above, and in between as it was. Once on it stays on for
// at least min_on and once off it stays off for at least min_off, also right after the
// start, since a compressor may have stopped just before. It starts off. For cooling
// compare the other way round with `hysteresis`. It remembers one switch and one
// moment.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in room {
//	  via   = home
//	  topic = "house/room"
//	  text  = C
//	  stale = 30.min
//	}
//
//	heater radiator {
//	  pin    = 22
//	  on     = thermostat(room, 21.C, { band = 1.K, min_on = 2.min, min_off = 5.min })
//	  max_on = 4.h
//	  safe   = off
//	}
//
//flow:op thermostat
//flow:call v, target, {band, min_on?, min_off?}
//flow:in v value
//flow:in target value
//flow:out value
//flow:ready follows
//flow:delta band
type Thermostat[T flow.Quantity] struct {
	// Band is the distance between where it goes on and where it goes off.
	Band T `range:"0,"`
	// MinOn is the least time on.
	MinOn time.Duration `default:"0.s"`
	// MinOff is the least time off.
	MinOff time.Duration `default:"0.s"`

	on, begun bool
	// free is when the switch may move again.
	free time.Duration
}

// Step moves the switch when v has left the band and the switch may move.
func (o *Thermostat[T]) Step(t flow.Tick, v, target T) bool {
	if !o.begun {
		o.begun, o.free = true, t.Mono()+o.MinOff
	}
	half := o.Band / 2
	wants := o.on
	switch {
	case target-v >= half:
		wants = true
	case v-target >= half:
		wants = false
	}
	if wants == o.on {
		return o.on
	}
	if t.Mono() < o.free {
		t.At(o.free)
		return o.on
	}
	o.on = wants
	if o.free = t.Mono() + o.MinOff; o.on {
		o.free = t.Mono() + o.MinOn
	}
	return o.on
}

// Reset goes off, as at start.
func (o *Thermostat[T]) Reset() { o.on, o.begun = false, false }
