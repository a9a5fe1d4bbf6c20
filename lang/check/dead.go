package check

import (
	"flowc/lang/diag"
	"flowc/lang/rate"
	"flowc/lang/typed"
)

// unreachable warns of what waits for something that cannot come, since a filter on
// the way lets nothing through: a sink, a sequence, a row of a state.
func (c *checker) unreachable() {
	if c.found.HasErrors() {
		return
	}
	u := &unreached{c: c, bounds: bounds{c: c}, table: c.rateTable()}
	u.table.Shut = func(w *typed.Where) bool { return u.shut(w) != nil }
	for _, d := range c.things() {
		u.look(rate.Trigger(d.thing), "`"+d.name+"` would act then")
	}
	for _, d := range c.order {
		switch x := d.x.(type) {
		case *typed.Sequence:
			u.look(x.Start, "`"+d.name+"` would begin then")
		case *typed.State:
			for _, r := range x.Rows {
				u.look(r.On, "`"+d.name+"` would change then")
			}
		}
	}
}

// unreached looks for what never happens.
type unreached struct {
	c *checker
	bounds
	table *rate.Table
}

// shut is the condition of a filter that lets nothing through, and why; nil of any
// other.
func (u *unreached) shut(w *typed.Where) *diag.Span {
	at := diag.Span{Range: w.If.Base().Range, Label: "this is never on"}
	if k, ok := w.If.(*typed.Const); ok {
		if k.V == false && k.Range.Filename != "" {
			return &at
		}
		return nil
	}
	is, decided, _ := u.truth(w.If, nil)
	if decided && !is {
		return &at
	}
	return nil
}

// look reports an expression that never happens, with the filter that is to blame.
func (u *unreached) look(x typed.Expr, does string) {
	if x == nil || isBad(x) || !x.Base().Shape.Happens() {
		return
	}
	if r := u.table.Of(x); r.Max > 0 || r.Once {
		return
	}
	var shut *diag.Span
	follow(x, func(n typed.Expr) bool {
		if w, ok := n.(*typed.Where); ok && shut == nil {
			shut = u.shut(w)
		}
		return shut == nil
	})
	if shut != nil && !u.toldAt(shut.Range, x) {
		u.c.report(errUnreachable(x, does, *shut))
	}
}

// toldAt reports whether it was told of the filter itself that it is never on, and it
// stands right here.
func (u *unreached) toldAt(filter rangeT, x typed.Expr) bool {
	if !overlaps(filter, x.Base().Range) {
		return false
	}
	for _, f := range u.c.found {
		if f.Code == "W0212" && overlaps(f.Subject.Range, filter) {
			return true
		}
	}
	return false
}
