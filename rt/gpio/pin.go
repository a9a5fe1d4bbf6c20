// Package gpio drives and reads the pins of a Raspberry Pi: buttons, contacts,
// lamps, pumps. Its kinds work on one pin interface, which the kernel's GPIO
// character device implements and a fake for tests and simulation.
//
//flow:opens pins
package gpio

import "strconv"

// Pin is the GPIO number (BCM) of a pin, 0 to 27 on the header, not its place
// there.
type Pin int64

// String is the pin as messages call it: pin 17.
func (p Pin) String() string { return "pin " + strconv.FormatInt(int64(p), 10) }

// Pull is the resistor inside the chip that holds an input nobody drives.
type Pull string

// The pulls.
const (
	// PullUp holds the pin high, for a switch between pin and ground.
	PullUp Pull = "up"
	// PullDown holds the pin low, for a switch between pin and 3.3 V.
	PullDown Pull = "down"
	// PullNone switches the resistor off: something else must hold the pin.
	PullNone Pull = "none"
)
