package gpio

import (
	"time"

	"flowc/rt/flow"
)

// Out is an output pin for whatever has no kind of its own.
//
//	gpio_in float_switch {
//	  pin  = 6
//	  pull = up
//	}
//
//	gpio_out alarm {
//	  pin  = 16
//	  on   = float_switch.on
//	  safe = off
//	}
//
//flow:kind gpio_out
type Out struct {
	// Pin is the GPIO number (BCM) of the pin, not its place on the header.
	Pin Pin `claim:"gpio"`
	// On is when the pin is active.
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

func (o *Out) plug() plug {
	return plug{
		pin: o.Pin, activeLow: o.ActiveLow, safe: o.Safe,
		maxOn: o.MaxOn, rest: o.Rest, on: &o.On, wanted: &o.Wanted,
	}
}

// Start claims the pin, in the safe state from the first moment.
func (o *Out) Start(h *flow.Host) error { return o.drive.start(h, o.plug()) }

// React keeps the limits in time.
func (o *Out) React(h *flow.Host, w flow.Wake) { o.drive.react(h, w, o.plug()) }

// Decide sets what is commanded.
func (o *Out) Decide(h *flow.Host) { o.drive.decide(h, o.plug()) }

// Apply drives the pin.
func (o *Out) Apply(h *flow.Host) { o.drive.apply(h, o.plug()) }

// Stop puts the pin safe and lets it go.
func (o *Out) Stop(h *flow.Host) { o.drive.stop(h, o.plug()) }

// SafeState puts the pin safe without the flow.
func (o *Out) SafeState(h *flow.Host) error { return o.drive.safeState(h, o.plug()) }

// Kept is what its limits remember.
func (o *Out) Kept() any { return &o.drive.run }

// Check reports what would keep the pin from being claimed.
func (o *Out) Check(*flow.Host) error { return o.plug().free() }
