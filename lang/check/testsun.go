package check

import (
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// sunWords are what a test can say of the sun.
var sunWords = []string{"up", "down", "elevation", "azimuth"}

// setSun is `set sun { down = on }`: until it is set again the sun is where the test
// puts it, and without any attribute where the sky has it.
func (w *testWriting) setSun(b *syntax.Block) *typed.TestSun {
	c := w.c
	if !c.asksSun {
		c.report(errNoSun(b))
	}
	var out typed.TestSun
	var height *syntax.Attr // what says how high it stands
	for _, a := range b.Attrs {
		if !contains(sunWords, a.Name) {
			c.report(c.errUnknownAttr(a, "sun", sunWords))
			continue
		}
		if a.Name == "azimuth" {
			out.Azimuth = w.momentary(a, unitType("deg"))
			continue
		}
		if height != nil {
			c.report(errSunTwice(a, height))
			continue
		}
		height = a
		if a.Name == "elevation" {
			out.Elevation = w.momentary(a, unitType("deg"))
			continue
		}
		out.Up, out.Down = w.momentary(a, types.TBool), a.Name == "down"
	}
	return &out
}
