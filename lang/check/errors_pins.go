package check

import (
	"fmt"
	"strconv"

	"flowc/lang/diag"
)

// errTwoOwners is a pin that two things want.
func errTwoOwners(p, first claim) *diag.Diagnostic {
	f := finding("E0701", "This pin has two owners", p.x.Base().Range,
		fmt.Sprintf("and `%s` wants it too", p.d.name))
	also(f, first.x.Base().Range, fmt.Sprintf("`%s` has %s", first.d.name, claimed(p)))
	f.Why = "Two things on one pin would fight over it: what one of them writes, the other overwrites."
	f.Hint = fmt.Sprintf("move `%s` to another pin.", p.d.name)
	if !p.d.kind.Decides && !first.d.kind.Decides {
		f.Why = "Only one thing can have a pin, and it decides how the pin is set up."
		f.Hint = fmt.Sprintf("if it is the same wire, read `%s` in both places; else move `%s` to another pin.", first.d.name, p.d.name)
	}
	return f
}

// claimed names what is claimed: "GPIO 17".
func claimed(p claim) string {
	if p.sort == "gpio" {
		return fmt.Sprintf("GPIO %d", p.n)
	}
	return fmt.Sprintf("`%s` %d", p.sort, p.n)
}

// errNoPin is a pin that the header does not have.
func errNoPin(p claim) *diag.Diagnostic {
	f := finding("E0702", "There is no such pin on this board", p.x.Base().Range, fmt.Sprintf("there is no GPIO %d", p.n))
	f.Why = fmt.Sprintf("The header has GPIO %d to %d.", firstGPIO, lastGPIO)
	if p.n < 1 || p.n > lastPosition {
		f.Hint = "pins are counted as the chip counts them (GPIO numbers, also called BCM)."
		return f
	}
	if gpio, ok := header[p.n]; ok {
		f.Hint = fmt.Sprintf("if you counted along the header, position %d is GPIO %d:", p.n, gpio)
		f.Example = "pin = " + strconv.FormatInt(gpio, 10)
		return f
	}
	f.Hint = fmt.Sprintf("pins are counted as the chip counts them, not along the header; position %d there is %s.", p.n, supply[p.n])
	return f
}

// errBusPin is a pin that a bus in use needs.
func errBusPin(p claim, b busPin) *diag.Diagnostic {
	f := finding("E0703", "This pin belongs to a bus", p.x.Base().Range, fmt.Sprintf("GPIO %d is %s", p.n, b.does))
	also(f, b.attr.Range, fmt.Sprintf("the board uses %s", b.bus))
	f.Hint = fmt.Sprintf("move `%s` to another pin.", p.d.name)
	return f
}
