package check

import (
	"flowc/lang/catalog"
	"flowc/lang/typed"
)

// What the pins do before a program has them, the same on all boards with the header:
// after a reset each is an input, with the pull resistor of the chip up or down; and
// the board itself has resistors to 3.3 V on the two pins of the I2C bus.

// lastHighAtBoot is the last of the pins that are pulled up after a reset, from GPIO 0;
// the rest are pulled down.
const lastHighAtBoot = 8

// pulledUpOnBoard are the pins with a resistor of 1.8 kΩ to 3.3 V on the board. It is
// some thirty times stronger than what is inside the chip.
var pulledUpOnBoard = map[int64]bool{2: true, 3: true}

// levels looks at what holds a pin while nobody drives it: inputs that float, pulls
// that the board overrules, and actuators that go on before the program runs.
func (c *checker) levels() {
	for _, p := range c.claims() {
		if p.sort != "gpio" || p.n < firstGPIO || p.n > lastGPIO {
			continue
		}
		pull := pullOf(p.d.thing)
		switch {
		case pull != nil && pulledUpOnBoard[p.n] && isWord(pull, "down"):
			c.report(errCannotPull(p, c.settingAt(p.d, pull.Field)))
		case pull != nil && !pulledUpOnBoard[p.n] && isWord(pull, "none") && p.d.block.Attr(pull.Field.Name) == nil:
			c.report(errFloats(p))
		case p.n <= lastHighAtBoot && rouses(p.d):
			c.report(c.errHighAtBoot(p))
		}
	}
}

// pullOf is the setting for the resistor that holds an input, nil if the thing has
// none.
func pullOf(t *typed.Thing) *typed.Set {
	for _, s := range t.Settings {
		if f := s.Field; f.Type != nil && f.Type.Ref == "gpio.Pull" {
			return s
		}
	}
	return nil
}

// isWord reports whether a setting is a word of an enumeration.
func isWord(s *typed.Set, word string) bool {
	k, ok := s.X.(*typed.Const)
	return ok && k.V == word
}

// settingAt is where the flow gives a setting, the thing itself where it does not.
func (c *checker) settingAt(d *decl, f *catalog.Field) rangeT {
	if a := d.block.Attr(f.Name); a != nil {
		return a.Range
	}
	return d.at
}

// rouses reports whether a high level switches on what ought to be off while no
// program runs: an actuator whose safe state had to be said, and is off.
func rouses(d *decl) bool {
	low := settingOf(d.thing, settingField(d.kind, "active_low"))
	return d.kind.Decides && safeOff(d.thing) && (low == nil || isSwitched(low, false))
}

// safeOff reports whether a thing is an actuator whose safe state had to be said, and
// is off.
func safeOff(t *typed.Thing) bool {
	for _, s := range t.Settings {
		if s.Field.Name == "safe" && s.Field.Tags["code"] != "" {
			return isSwitched(s, false)
		}
	}
	return false
}

// isSwitched reports whether a setting is known to be on, or off.
func isSwitched(s *typed.Set, on bool) bool {
	k, ok := s.X.(*typed.Const)
	return ok && k.V == on
}
