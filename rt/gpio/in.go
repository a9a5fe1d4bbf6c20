package gpio

import (
	"time"

	"flowc/rt/flow"
)

// In is an input pin for whatever has no kind of its own.
//
//	gpio_in float_switch {
//	  pin  = 6
//	  pull = up
//	}
//
//	led tank_full {
//	  pin = 18
//	  on  = float_switch.on
//	}
//
//flow:kind gpio_in
type In struct {
	// Pin is the GPIO number (BCM) of the pin, not its place on the header.
	Pin Pin `claim:"gpio"`
	// Pull is the resistor that holds the pin while nothing else does.
	Pull Pull `default:"none"`
	// ActiveLow says that the input is on while the pin is low.
	ActiveLow bool `default:"false"`
	// Debounce is how long a level must hold before it counts.
	Debounce time.Duration `default:"0.s"`

	// On is on while the pin is active.
	On flow.Value[bool] `pin:"on" rate:"most debounce"`

	sense sense
}

func (i *In) socket() socket { return socket{i.Pin, i.Pull, i.ActiveLow, i.Debounce} }

// Start claims the pin.
func (i *In) Start(h *flow.Host) error { return i.sense.start(h, i.socket()) }

// React follows the pin.
func (i *In) React(h *flow.Host, w flow.Wake) {
	i.sense.react(h, w, i.socket())
	i.On.Put(h.Pass(), i.sense.level)
}

// Stop lets the pin go.
func (i *In) Stop(*flow.Host) { i.sense.stop() }

// Check reports what would keep the pin from being claimed.
func (i *In) Check(*flow.Host) error { return lines().Check(i.Pin) }
