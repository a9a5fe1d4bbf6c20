package gpio

import (
	"time"

	"flowc/rt/flow"
)

// Contact is a contact that closes a pin to ground: a reed switch on a door or
// window.
//
//	contact window {
//	  pin = 5
//	}
//
//	led airing {
//	  pin = 18
//	  on  = window.open
//	}
//
//flow:kind contact
type Contact struct {
	// Pin is the GPIO number (BCM) of the pin, not its place on the header.
	Pin Pin `claim:"gpio"`
	// Pull is the resistor that holds the pin while the contact is open.
	Pull Pull `default:"up"`
	// ActiveLow says that the pin is low while the contact is closed.
	ActiveLow bool `default:"true"`
	// Debounce is how long a level must hold before it counts.
	Debounce time.Duration `default:"30.ms"`

	// Closed is on while the contact is closed.
	Closed flow.Value[bool] `pin:"on" rate:"most debounce"`
	// Open is on while the contact is open.
	Open flow.Value[bool] `pin:"off" rate:"most debounce"`

	sense sense
}

func (c *Contact) socket() socket { return socket{c.Pin, c.Pull, c.ActiveLow, c.Debounce} }

// Start claims the pin.
func (c *Contact) Start(h *flow.Host) error { return c.sense.start(h, c.socket()) }

// React follows the pin.
func (c *Contact) React(h *flow.Host, w flow.Wake) {
	c.sense.react(h, w, c.socket())
	closed := c.sense.level
	c.Closed.Put(h.Pass(), closed)
	c.Open.Put(h.Pass(), flow.When(closed.OK, !closed.V))
}

// Stop lets the pin go.
func (c *Contact) Stop(*flow.Host) { c.sense.stop() }

// Check reports what would keep the pin from being claimed.
func (c *Contact) Check(*flow.Host) error { return lines().Check(c.Pin) }
