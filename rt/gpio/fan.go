package gpio

import (
	"time"

	"flowc/rt/flow"
)

// Fan is a fan that a pin switches.
//
//	motion bathroom {
//	  pin = 4
//	}
//
//	fan exhaust {
//	  pin  = 26
//	  on   = off_delay(bathroom.active, 10.min)
//	  safe = off
//	}
//
//flow:kind fan
type Fan struct {
	// Pin is the GPIO number (BCM) of the pin, not its place on the header.
	Pin Pin `claim:"gpio"`
	// On is when it turns.
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
	// Without it there is no such limit.
	MaxOn flow.Opt[time.Duration]
	// Rest is the least time off between two runs, and after the program starts.
	Rest time.Duration `default:"0.s"`

	// Wanted is what `on` says, before the limits.
	Wanted flow.Value[bool]

	drive drive
}

func (f *Fan) plug() plug {
	return plug{
		pin: f.Pin, activeLow: f.ActiveLow, safe: f.Safe,
		maxOn: f.MaxOn, rest: f.Rest, on: &f.On, wanted: &f.Wanted,
	}
}

// Start claims the pin, in the safe state from the first moment.
func (f *Fan) Start(h *flow.Host) error { return f.drive.start(h, f.plug()) }

// React keeps the limits in time.
func (f *Fan) React(h *flow.Host, w flow.Wake) { f.drive.react(h, w, f.plug()) }

// Decide sets what is commanded.
func (f *Fan) Decide(h *flow.Host) { f.drive.decide(h, f.plug()) }

// Apply drives the pin.
func (f *Fan) Apply(h *flow.Host) { f.drive.apply(h, f.plug()) }

// Stop puts the pin safe and lets it go.
func (f *Fan) Stop(h *flow.Host) { f.drive.stop(h, f.plug()) }

// SafeState puts the pin safe without the flow.
func (f *Fan) SafeState(h *flow.Host) error { return f.drive.safeState(h, f.plug()) }

// Kept is what its limits remember.
func (f *Fan) Kept() any { return &f.drive.run }

// Check reports what would keep the pin from being claimed.
func (f *Fan) Check(*flow.Host) error { return f.plug().free() }
