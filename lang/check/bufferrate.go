package check

import (
	"flowc/lang/delivery"
	"flowc/lang/rate"
	"flowc/lang/typed"
)

// bufferRates holds what a buffer keeps against what comes, and what it writes against
// what a memory card bears.
func (c *checker) bufferRates(t *rate.Table) {
	var things []*typed.Thing
	for _, d := range c.things() {
		things = append(things, d.thing)
	}
	ways := delivery.New(things, c.persist)
	for _, d := range c.things() {
		x := rate.Trigger(d.thing)
		if d.thing.Buffer != nil && d.kind.Stores && !d.thing.Far() {
			c.report(c.errBufferNear(d, c.attrOf(d.thing, "buffer")))
		}
		if d.thing.Buffer == nil || x == nil || isBad(x) {
			continue
		}
		if w := t.Waiting(d.thing); w.Known() && !w.Fits() && t.Shots(d.thing).Min > 0 {
			c.report(errBufferSmall(d, x, w, t.Shots(d.thing)))
		}
		if t.Wears(d.thing, ways.WritesFirst(d.thing)) {
			c.report(errBufferWears(d, x, t.Writes(d.thing, true)))
		}
	}
}
