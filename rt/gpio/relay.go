package gpio

import (
	"time"

	"flowc/rt/flow"
)

// Relay is a relay on a pin. What it switches is not known, so its safe state
// must be said.
// Many relay boards are active low.
//
//	button bell {
//	  pin = 17
//	}
//
//	relay gong {
//	  pin        = 22
//	  active_low = true
//	  on         = bell.down
//	  max_on     = 5.s
//	  safe       = off
//	}
//
//flow:kind relay
type Relay struct {
	// Pin is the GPIO number (BCM) of the pin, not its place on the header.
	Pin Pin `claim:"gpio"`
	// On is when the relay pulls.
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

func (r *Relay) plug() plug {
	return plug{
		pin: r.Pin, activeLow: r.ActiveLow, safe: r.Safe,
		maxOn: r.MaxOn, rest: r.Rest, on: &r.On, wanted: &r.Wanted,
	}
}

// Start claims the pin, in the safe state from the first moment.
func (r *Relay) Start(h *flow.Host) error { return r.drive.start(h, r.plug()) }

// React keeps the limits in time.
func (r *Relay) React(h *flow.Host, w flow.Wake) { r.drive.react(h, w, r.plug()) }

// Decide sets what is commanded.
func (r *Relay) Decide(h *flow.Host) { r.drive.decide(h, r.plug()) }

// Apply drives the pin.
func (r *Relay) Apply(h *flow.Host) { r.drive.apply(h, r.plug()) }

// Stop puts the pin safe and lets it go.
func (r *Relay) Stop(h *flow.Host) { r.drive.stop(h, r.plug()) }

// SafeState puts the pin safe without the flow.
func (r *Relay) SafeState(h *flow.Host) error { return r.drive.safeState(h, r.plug()) }

// Kept is what its limits remember.
func (r *Relay) Kept() any { return &r.drive.run }

// Check reports what would keep the pin from being claimed.
func (r *Relay) Check(*flow.Host) error { return r.plug().free() }
