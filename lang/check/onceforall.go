package check

import (
	"slices"

	"flowc/lang/diag"
)

// onceForAll keeps the first of findings that say the same of one place: what is
// wrong in a component is wrong in each of its instances.
func (c *checker) onceForAll() {
	if len(c.components) == 0 {
		return
	}
	type said struct {
		code, summary string
		at            rangeT
	}
	seen := map[said]bool{}
	c.found = slices.DeleteFunc(c.found, func(d *diag.Diagnostic) bool {
		s := said{d.Code, d.Summary, d.Subject.Range}
		if seen[s] && c.inComponent(s.at) {
			return true
		}
		seen[s] = true
		return false
	})
}

// inComponent reports whether a place is inside a component block, or a block that
// makes instances of one.
func (c *checker) inComponent(r rangeT) bool {
	for _, d := range c.components {
		if within(r, d.whole()) {
			return true
		}
	}
	for _, d := range c.order {
		if d.sort == sortInstance && within(r, d.whole()) {
			return true
		}
	}
	return false
}
