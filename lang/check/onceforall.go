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
	seen, times := map[said]bool{}, map[said]int{}
	for _, d := range c.found {
		times[whatSaid(d)]++
	}
	c.found = slices.DeleteFunc(c.found, func(d *diag.Diagnostic) bool {
		s := whatSaid(d)
		if in := c.bodyAround(s.at); in != nil && settledByInput[d.Code] && (times[s] < in.count || in.count == 1) {
			return true // an input is constant here, and need not be elsewhere
		}
		if seen[s] && c.inComponent(s.at) {
			return true
		}
		seen[s] = true
		return false
	})
}

// settledByInput are warnings of what is always so: for one instance that may be what
// it was given.
var settledByInput = map[string]bool{"W0212": true, "W0403": true}

// bodyAround is the component in whose block a place is, or nil.
func (c *checker) bodyAround(r rangeT) *component {
	for _, d := range c.components {
		if within(r, d.whole()) {
			return d.component
		}
	}
	return nil
}

// inComponent reports whether a place is inside a component block, or a block that
// makes instances of one.
func (c *checker) inComponent(r rangeT) bool {
	if c.bodyAround(r) != nil {
		return true
	}
	for _, d := range c.order {
		if d.sort == sortInstance && within(r, d.whole()) {
			return true
		}
	}
	return false
}
