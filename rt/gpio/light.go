package gpio

import (
	"time"

	"flowc/rt/flow"
)

// Light is a lamp that a pin switches, through a relay or a transistor.
//
//	motion hall {
//	  pin = 4
//	}
//
//	light stairs {
//	  pin = 23
//	  on  = off_delay(hall.active, 2.min)
//	}
//
//flow:kind light
type Light struct {
	// Pin is the GPIO number (BCM) of the pin, not its place on the header.
	Pin Pin `claim:"gpio"`
	// On is when it shines.
	// The limits below hold whatever it says; read back, it is what is commanded.
	On flow.Drive[bool] `capacity:"1000/s"`
	// ActiveLow says that a low voltage switches it on.
	ActiveLow bool `default:"false"`
	// Safe is its state while what it follows is not ready, and whenever the
	// program is not running.
	Safe bool `default:"off"`
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

func (l *Light) plug() plug {
	return plug{
		pin: l.Pin, activeLow: l.ActiveLow, safe: l.Safe,
		maxOn: l.MaxOn, rest: l.Rest, on: &l.On, wanted: &l.Wanted,
	}
}

// Start claims the pin, in the safe state from the first moment.
func (l *Light) Start(h *flow.Host) error { return l.drive.start(h, l.plug()) }

// React keeps the limits in time.
func (l *Light) React(h *flow.Host, w flow.Wake) { l.drive.react(h, w, l.plug()) }

// Decide sets what is commanded.
func (l *Light) Decide(h *flow.Host) { l.drive.decide(h, l.plug()) }

// Apply drives the pin.
func (l *Light) Apply(h *flow.Host) { l.drive.apply(h, l.plug()) }

// Stop puts the pin safe and lets it go.
func (l *Light) Stop(h *flow.Host) { l.drive.stop(h, l.plug()) }

// SafeState puts the pin safe without the flow.
func (l *Light) SafeState(h *flow.Host) error { return l.drive.safeState(h, l.plug()) }

// Kept is what its limits remember.
func (l *Light) Kept() any { return &l.drive.run }

// Check reports what would keep the pin from being claimed.
func (l *Light) Check(*flow.Host) error { return l.plug().free() }
