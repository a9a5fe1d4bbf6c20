package check

import (
	"flowc/lang/catalog"
	"flowc/lang/rate"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// rates holds what comes to each sink against what it takes. A sink that costs money
// or patience wants a bound on what may come; any other only must not be given more
// than it takes all the time.
func (c *checker) rates() {
	if c.found.HasErrors() {
		return
	}
	t := c.rateTable()
	for _, d := range c.things() {
		f, takes := capacityOf(d)
		x := rate.Trigger(d.thing)
		if f == nil || x == nil || isBad(x) {
			continue
		}
		shots := t.Shots(d.thing)
		most, _ := catalog.Capacity(takes)
		costs := f.Tags["costly"]
		switch {
		case costs != "" && !shots.Bounded():
			c.report(c.errFlood(d, x, shots, costs))
		case shots.Min > most, costs != "" && shots.Max > most:
			c.report(c.errTooFast(d, x, shots, t.Of(x), takes))
		case wears(f, shots.Min) && !d.thing.Far():
			c.report(errWears(d, x, shots))
		}
	}
	c.bufferRates(t)
}

func (c *checker) rateTable() *rate.Table {
	var things []*typed.Thing
	for _, d := range c.things() {
		things = append(things, d.thing)
	}
	var enums []*types.Type
	for _, d := range c.order {
		if d.sort == sortEnum && d.typ != nil {
			enums = append(enums, d.typ)
		}
	}
	return rate.New(things, enums)
}

// capacityOf is the input of a thing that says how much it takes, and that.
func capacityOf(d *decl) (*catalog.Field, string) {
	if d.thing == nil {
		return nil, ""
	}
	for _, f := range d.kind.Fields {
		if takes := rate.Takes(d.thing, f); takes != "" {
			return f, takes
		}
	}
	return nil, ""
}

// wears reports whether an input is given more all the time than what is behind it
// lasts for: the memory card of a board.
func wears(f *catalog.Field, perSecond float64) bool {
	most, ok := catalog.Capacity(f.Tags["wears"])
	return ok && perSecond > most
}
