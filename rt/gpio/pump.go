package gpio

import (
	"time"

	"flowc/rt/flow"
)

// Pump is a pump that a pin switches. It must say how long it may run at a time.
//
//	button watering {
//	  pin = 17
//	}
//
//	pump well {
//	  pin    = 22
//	  on     = toggle(watering.pressed)
//	  max_on = 10.min
//	  rest   = 30.min
//	  safe   = off
//	}
//
//flow:kind pump
type Pump struct {
	// Pin is the GPIO number (BCM) of the pin, not its place on the header.
	Pin Pin `claim:"gpio"`
	// On is when it runs.
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

func (p *Pump) plug() plug {
	return plug{
		pin: p.Pin, activeLow: p.ActiveLow, safe: p.Safe,
		maxOn: flow.Some(p.MaxOn), rest: p.Rest, on: &p.On, wanted: &p.Wanted,
	}
}

// Start claims the pin, in the safe state from the first moment.
func (p *Pump) Start(h *flow.Host) error { return p.drive.start(h, p.plug()) }

// React keeps the limits in time.
func (p *Pump) React(h *flow.Host, w flow.Wake) { p.drive.react(h, w, p.plug()) }

// Decide sets what is commanded.
func (p *Pump) Decide(h *flow.Host) { p.drive.decide(h, p.plug()) }

// Apply drives the pin.
func (p *Pump) Apply(h *flow.Host) { p.drive.apply(h, p.plug()) }

// Stop puts the pin safe and lets it go.
func (p *Pump) Stop(h *flow.Host) { p.drive.stop(h, p.plug()) }

// SafeState puts the pin safe without the flow.
func (p *Pump) SafeState(h *flow.Host) error { return p.drive.safeState(h, p.plug()) }

// Kept is what its limits remember.
func (p *Pump) Kept() any { return &p.drive.run }

// Check reports what would keep the pin from being claimed.
func (p *Pump) Check(*flow.Host) error { return p.plug().free() }
