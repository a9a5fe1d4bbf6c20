package check

import (
	"fmt"

	"flowc/lang/diag"
)

// errCannotPull is a pull against the resistor of the board.
func errCannotPull(p claim, at rangeT) *diag.Diagnostic {
	f := finding("E0704", "This pin cannot be pulled down", at, "the board pulls the other way, and harder")
	also(f, p.x.Base().Range, fmt.Sprintf("GPIO %d has a resistor of 1.8 kΩ to 3.3 V on the board", p.n))
	f.Why = fmt.Sprintf("With nothing on it the pin would be high, and `%s` would take that for a signal.", p.d.name)
	f.Hint = fmt.Sprintf("move `%s` to another pin.", p.d.name)
	return f
}

// errFloats is an input that nothing holds.
func errFloats(p claim) *diag.Diagnostic {
	f := warning("W0706", "This input floats", p.x.Base().Range, "nothing holds the pin while nothing drives it")
	f.Why = "An open wire is an antenna: the input would go on and off as it pleases."
	f.Hint = fmt.Sprintf("say in `%s` what holds it:", p.d.name)
	f.Example = rows("pull = up", "a switch between the pin and ground", "pull = down", "a switch between the pin and 3.3 V",
		"pull = none", "whatever is connected drives it both ways")
	return f
}

// errHighAtBoot is an actuator that may go on before the program runs.
func (c *checker) errHighAtBoot(p claim) *diag.Diagnostic {
	f := warning("W0706", "This pin is high while the board starts", p.x.Base().Range,
		fmt.Sprintf("GPIO %d is pulled up until the program has it", p.n))
	also(f, c.settingAt(p.d, settingField(p.d.kind, "safe")), "and this ought to be off then")
	f.Why = fmt.Sprintf("A high level switches `%s` on, so it may be on for as long as the board takes to start, and whenever it hangs there.", p.d.name)
	f.Hint = "take one of the pins that are low then, GPIO 9 to 27; or, if a low level switches it on, say so:"
	f.Example = "active_low = true"
	return f
}
