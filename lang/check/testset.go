package check

import (
	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// set changes what the flow finds: a pin, the sun, an answer, or a setting.
func (w *testWriting) set(s *typed.TestStep, b *syntax.Block, d *decl) {
	c := w.c
	switch {
	case d == nil:
		s.Sun = w.setSun(b)
	case d.sort == sortSetting:
		w.setSetting(b, d)
	case isPin(d):
		s.Thing = d.thing
		w.setPin(s, b, d)
	case isDatabase(d):
		s.Thing = d.thing
		w.emptied(b)
	case isStatement(d):
		s.Thing = d.thing
		w.setRow(s, b, d)
	case isOwn(d):
		s.Thing = d.thing
		w.setOwn(s, b, d)
	case isAsked(d) && !writesItself(d.thing):
		c.report(errLineNotWritten(b, d))
	case isAsked(d):
		s.Thing = d.thing
		if d.self != nil && d.self.Kind != types.Bad {
			s.X = w.content(b, d, d.self, attrsByName(b))
		}
	default:
		c.report(c.errCannot(b, d, "a setting, an input on a pin, what a thing is told when it asks, or a database", func(d *decl) bool {
			return d.sort == sortSetting || isPin(d) || isAsked(d) || isDatabase(d) || isStatement(d) || isOwn(d)
		}))
	}
}

// emptied is `rows = 0`: a database is emptied. Rows come into it as in the flow.
func (w *testWriting) emptied(b *syntax.Block) {
	for _, a := range b.Attrs {
		if a.Name != "rows" {
			w.c.report(w.c.errUnknownAttr(a, b.Kind, []string{"rows"}))
			continue
		}
		if k := w.constant(a, types.TInt); k != nil && k.V != int64(0) {
			w.c.report(errOnlyEmptied(k))
		}
	}
	if b.Attr("rows") == nil {
		w.c.report(errStepNeeds(b, "rows", "0"))
	}
}

// setRow says what comes of a statement from now on, whatever the database holds: the
// columns of the one row that a query gives, `rows = 0` for none; of a change how many
// rows it is about.
func (w *testWriting) setRow(s *typed.TestStep, b *syntax.Block, d *decl) {
	rows := b.Attr("rows")
	reads := fieldOfRole(d.kind, catalog.RoleSelf) != nil
	row := d.thing.Param
	if row != nil && row.Kind != types.Record {
		row = row.Elem // of a list, or of what may be missing
	}
	switch {
	case reads && (row == nil || row.Kind != types.Record):
		return // told where it is declared
	case rows == nil && reads:
		s.X = w.record(b, d, row, attrsByName(b))
		return
	case rows == nil:
		w.c.report(errStepNeeds(b, "rows", "1"))
		return
	}
	for _, a := range b.Attrs {
		if a != rows {
			w.c.report(w.c.errUnknownAttr(a, b.Kind, []string{"rows"}))
		}
	}
	k := w.constant(rows, types.TInt)
	if k == nil {
		return
	}
	if n, _ := k.V.(int64); n < 0 || reads && n > 0 {
		w.c.report(errRowsSet(k, reads))
		return
	}
	s.X = k
}

func (w *testWriting) setPin(s *typed.TestStep, b *syntax.Block, d *decl) {
	var names []string
	for _, f := range pinLevels(d) {
		names = append(names, f.Name)
	}
	for _, a := range b.Attrs {
		if !contains(names, a.Name) {
			w.c.report(w.c.errUnknownAttr(a, d.name, names))
			continue
		}
		if s.Output != nil {
			w.c.report(errOnePin(a, d))
			continue
		}
		s.Output = outputField(d.kind, a.Name)
		s.X = w.momentary(a, types.TBool)
	}
	if len(b.Attrs) == 0 {
		w.c.report(errStepNeeds(b, names[0], "on"))
	}
	w.known = false // the level has to hold for a moment before it counts
}

func (w *testWriting) setSetting(b *syntax.Block, d *decl) {
	a := b.Attr("value")
	for _, other := range b.Attrs {
		if other != a {
			w.c.report(w.c.errUnknownAttr(other, "set", []string{"value"}))
		}
	}
	if a == nil {
		w.c.report(errStepNeeds(b, "value", exampleOf(d.setting.Type)))
		return
	}
	if w.begun {
		w.c.report(errSettingLate(b, d))
		return
	}
	t := d.setting.Type
	if t.Kind == types.Secret {
		t = types.TString
	}
	if k := w.constant(a, t); k != nil {
		w.t.Settings = append(w.t.Settings, typed.TestSetting{Setting: d.setting, V: k.V})
	}
}

// setOwn says what a thing of the flow's own kind tells: what it is itself, as a
// record or a `value`, or its outputs by their names. It does nothing else in this
// test: the world that its Go looks at is not there.
func (w *testWriting) setOwn(s *typed.TestStep, b *syntax.Block, d *decl) {
	c := w.c
	given := attrsByName(b)
	for _, a := range b.Attrs {
		f := outputField(d.kind, a.Name)
		if f == nil {
			continue
		}
		delete(given, a.Name)
		g := typed.Given{Output: f}
		t := c.catalogType(f.Type, d.bind(), f.Tags["unit"])
		if t.Kind != types.Nothing {
			if g.X = w.momentary(a, t); g.X == nil {
				continue
			}
		} else if k := w.constant(a, types.TBool); k == nil || k.V != true {
			if k != nil {
				c.report(errOnlyHappens(a))
			}
			continue
		}
		s.Given = append(s.Given, g)
	}
	self := fieldOfRole(d.kind, catalog.RoleSelf)
	switch {
	case self == nil || d.self == nil || d.self.Kind == types.Bad:
		for _, a := range b.Attrs {
			if given[a.Name] != nil {
				c.report(c.errUnknownAttr(a, d.name, outputNames(d.kind)))
			}
		}
		if len(b.Attrs) == 0 {
			c.report(errStepNeeds(b, outputNames(d.kind)[0], "…"))
		}
	case len(given) > 0 || len(s.Given) == 0:
		rest := *b
		rest.Attrs = nil
		for _, a := range b.Attrs {
			if given[a.Name] != nil {
				rest.Attrs = append(rest.Attrs, a)
			}
		}
		if x := w.content(&rest, d, d.self, given); x != nil {
			s.Given = append(s.Given, typed.Given{Output: self, X: x})
		}
	}
}
