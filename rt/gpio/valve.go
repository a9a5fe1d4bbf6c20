package gpio

import (
	"time"

	"flowc/rt/flow"
)

// Valve is a valve that a pin opens. It must say how long it may be open at a time.
//
//	button shower {
//	  pin = 17
//	}
//
//	valve water {
//	  pin    = 24
//	  on     = toggle(shower.pressed)
//	  max_on = 15.min
//	  safe   = off
//	}
//
//flow:kind valve
type Valve struct {
	// Pin is the GPIO number (BCM) of the pin, not its place on the header.
	Pin Pin `claim:"gpio"`
	// On is when it is open.
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

func (v *Valve) plug() plug {
	return plug{
		pin: v.Pin, activeLow: v.ActiveLow, safe: v.Safe,
		maxOn: flow.Some(v.MaxOn), rest: v.Rest, on: &v.On, wanted: &v.Wanted,
	}
}

// Start claims the pin, in the safe state from the first moment.
func (v *Valve) Start(h *flow.Host) error { return v.drive.start(h, v.plug()) }

// React keeps the limits in time.
func (v *Valve) React(h *flow.Host, w flow.Wake) { v.drive.react(h, w, v.plug()) }

// Decide sets what is commanded.
func (v *Valve) Decide(h *flow.Host) { v.drive.decide(h, v.plug()) }

// Apply drives the pin.
func (v *Valve) Apply(h *flow.Host) { v.drive.apply(h, v.plug()) }

// Stop puts the pin safe and lets it go.
func (v *Valve) Stop(h *flow.Host) { v.drive.stop(h, v.plug()) }

// SafeState puts the pin safe without the flow.
func (v *Valve) SafeState(h *flow.Host) error { return v.drive.safeState(h, v.plug()) }

// Kept is what its limits remember.
func (v *Valve) Kept() any { return &v.drive.run }

// Check reports what would keep the pin from being claimed.
func (v *Valve) Check(*flow.Host) error { return v.plug().free() }
