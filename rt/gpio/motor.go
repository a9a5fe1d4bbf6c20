package gpio

import (
	"time"

	"flowc/rt/flow"
)

// Motor is a motor that a pin switches. It must say how long it may run at a time.
//
//	button awning {
//	  pin = 17
//	}
//
//	motor winch {
//	  pin    = 27
//	  on     = awning.down
//	  max_on = 30.s
//	  safe   = off
//	}
//
//flow:kind motor
type Motor struct {
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

func (m *Motor) plug() plug {
	return plug{
		pin: m.Pin, activeLow: m.ActiveLow, safe: m.Safe,
		maxOn: flow.Some(m.MaxOn), rest: m.Rest, on: &m.On, wanted: &m.Wanted,
	}
}

// Start claims the pin, in the safe state from the first moment.
func (m *Motor) Start(h *flow.Host) error { return m.drive.start(h, m.plug()) }

// React keeps the limits in time.
func (m *Motor) React(h *flow.Host, w flow.Wake) { m.drive.react(h, w, m.plug()) }

// Decide sets what is commanded.
func (m *Motor) Decide(h *flow.Host) { m.drive.decide(h, m.plug()) }

// Apply drives the pin.
func (m *Motor) Apply(h *flow.Host) { m.drive.apply(h, m.plug()) }

// Stop puts the pin safe and lets it go.
func (m *Motor) Stop(h *flow.Host) { m.drive.stop(h, m.plug()) }

// SafeState puts the pin safe without the flow.
func (m *Motor) SafeState(h *flow.Host) error { return m.drive.safeState(h, m.plug()) }

// Kept is what its limits remember.
func (m *Motor) Kept() any { return &m.drive.run }

// Check reports what would keep the pin from being claimed.
func (m *Motor) Check(*flow.Host) error { return m.plug().free() }
