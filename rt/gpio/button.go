package gpio

import (
	"time"

	"flowc/rt/flow"
	"flowc/rt/limit"
)

// Button is a push button between a GPIO pin and ground, or 3.3 V with
// `pull = down` and `active_low = false`.
//
//	button door {
//	  pin = 17
//	}
//
//	led lamp {
//	  pin = 18
//	  on  = toggle(door.pressed)
//	}
//
//flow:kind button
type Button struct {
	// Pin is the GPIO number (BCM) of the pin, not its place on the header.
	Pin Pin `claim:"gpio"`
	// Pull is the resistor that holds the pin while the button is up.
	Pull Pull `default:"up"`
	// ActiveLow says that the pin is low while the button is down.
	ActiveLow bool `default:"true"`
	// Debounce is how long a level must hold before it counts.
	Debounce time.Duration `default:"30.ms"`
	// Long is how long the button must be down for a long press.
	Long time.Duration `default:"800.ms"`
	// Double is the longest time between the two presses of a double press.
	Double time.Duration `default:"300.ms"`

	// Down is on while the button is held.
	Down flow.Value[bool] `pin:"on" rate:"most debounce"`
	// Pressed happens when the button goes down.
	Pressed flow.Event[flow.Unit] `rate:"most debounce"`
	// Released happens when the button goes up.
	Released flow.Event[flow.Unit] `rate:"most debounce"`
	// LongPressed happens once while the button is held, after `long`.
	LongPressed flow.Event[flow.Unit] `rate:"most long"`
	// DoublePressed happens at the second of two presses within `double`.
	DoublePressed flow.Event[flow.Unit] `rate:"most debounce"`

	sense sense
	// first is the time of a press that may become a double press, while armed.
	first time.Duration
	armed bool
}

func (b *Button) socket() socket { return socket{b.Pin, b.Pull, b.ActiveLow, b.Debounce} }

// Start claims the pin.
func (b *Button) Start(h *flow.Host) error {
	if err := limit.NotNegative("long", b.Long); err != nil {
		return err
	}
	if err := limit.NotNegative("double", b.Double); err != nil {
		return err
	}
	return b.sense.start(h, b.socket())
}

// React follows the pin.
func (b *Button) React(h *flow.Host, w flow.Wake) {
	if w.Why == flow.OnTimer && w.Timer == timerLong {
		b.LongPressed.Happen(h.Pass(), flow.Unit{})
		return
	}
	moved := b.sense.react(h, w, b.socket())
	b.Down.Put(h.Pass(), b.sense.level)
	switch {
	case !b.sense.level.OK:
		h.Cancel(timerLong)
		b.armed = false
	case moved && b.sense.level.V:
		b.press(h)
	case moved:
		h.Cancel(timerLong)
		b.Released.Happen(h.Pass(), flow.Unit{})
	}
}

// press tells one press; a second one soon after also is a double press, and the
// third begins anew.
func (b *Button) press(h *flow.Host) {
	b.Pressed.Happen(h.Pass(), flow.Unit{})
	h.After(timerLong, b.Long)
	if b.armed && b.sense.movedAt-b.first <= b.Double {
		b.DoublePressed.Happen(h.Pass(), flow.Unit{})
		b.armed = false
		return
	}
	b.first, b.armed = b.sense.movedAt, true
}

// Stop lets the pin go.
func (b *Button) Stop(*flow.Host) { b.sense.stop() }

// Check reports what would keep the pin from being claimed.
func (b *Button) Check(*flow.Host) error { return lines().Check(b.Pin) }
