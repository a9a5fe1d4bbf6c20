package gpio

import (
	"time"

	"flowc/rt/flow"
)

// Heater is a heater that a pin switches. It must say how long it may heat at a
// time.
//
//	contact window {
//	  pin = 5
//	}
//
//	heater greenhouse {
//	  pin    = 25
//	  on     = window.closed
//	  max_on = 2.h
//	  rest   = 10.min
//	  safe   = off
//	}
//
//flow:kind heater
type Heater struct {
	// Pin is the GPIO number (BCM) of the pin, not its place on the header.
	Pin Pin `claim:"gpio"`
	// On is when it heats.
	// The limits below hold whatever it says; read back, it is what is commanded.
	On flow.Drive[bool] `capacity:"1000/s"`
	// ActiveLow says that a low voltage switches it on.
	ActiveLow bool `default:"false"`
	// Safe is its state while what it follows is not ready, and whenever the
	// program is not running.
	Safe bool `code:"E0801"`
	// MaxOn is the longest time it may be on without a break, more than 0.s. Then
	// it is switched off with a fault, whatever the flow wants, until `rest` is
	// over; without `rest`, until it was not wanted once.
	MaxOn time.Duration `code:"E0803"`
	// Rest is the least time off between two runs, and after the program starts.
	Rest time.Duration `default:"0.s"`

	// Wanted is what `on` says, before the limits.
	Wanted flow.Value[bool]

	drive drive
}

func (t *Heater) plug() plug {
	return plug{
		pin: t.Pin, activeLow: t.ActiveLow, safe: t.Safe,
		maxOn: flow.Some(t.MaxOn), rest: t.Rest, on: &t.On, wanted: &t.Wanted,
	}
}

// Start claims the pin, in the safe state from the first moment.
func (t *Heater) Start(h *flow.Host) error { return t.drive.start(h, t.plug()) }

// React keeps the limits in time.
func (t *Heater) React(h *flow.Host, w flow.Wake) { t.drive.react(h, w, t.plug()) }

// Decide sets what is commanded.
func (t *Heater) Decide(h *flow.Host) { t.drive.decide(h, t.plug()) }

// Apply drives the pin.
func (t *Heater) Apply(h *flow.Host) { t.drive.apply(h, t.plug()) }

// Stop puts the pin safe and lets it go.
func (t *Heater) Stop(h *flow.Host) { t.drive.stop(h, t.plug()) }

// SafeState puts the pin safe without the flow.
func (t *Heater) SafeState(h *flow.Host) error { return t.drive.safeState(h, t.plug()) }

// Kept is what its limits remember.
func (t *Heater) Kept() any { return &t.drive.run }

// Check reports what would keep the pin from being claimed.
func (t *Heater) Check(*flow.Host) error { return t.plug().free() }
