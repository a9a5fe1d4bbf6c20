package gpio

import (
	"time"

	"flowc/rt/flow"
)

// Motion is a motion detector (PIR) whose output is high while it sees somebody.
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
//flow:kind motion
type Motion struct {
	// Pin is the GPIO number (BCM) of the pin, not its place on the header.
	Pin Pin `claim:"gpio"`
	// Pull is the resistor that holds the pin while the detector does not.
	Pull Pull `default:"down"`
	// Debounce is how long a level must hold before it counts.
	Debounce time.Duration `default:"50.ms"`

	// Active is on while something moves.
	Active flow.Value[bool] `pin:"on" rate:"most debounce"`

	sense sense
}

func (m *Motion) socket() socket { return socket{m.Pin, m.Pull, false, m.Debounce} }

// Start claims the pin.
func (m *Motion) Start(h *flow.Host) error { return m.sense.start(h, m.socket()) }

// React follows the pin.
func (m *Motion) React(h *flow.Host, w flow.Wake) {
	m.sense.react(h, w, m.socket())
	m.Active.Put(h.Pass(), m.sense.level)
}

// Stop lets the pin go.
func (m *Motion) Stop(*flow.Host) { m.sense.stop() }

// Check reports what would keep the pin from being claimed.
func (m *Motion) Check(*flow.Host) error { return lines().Check(m.Pin) }
