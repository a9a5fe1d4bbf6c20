package check

import (
	"strings"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/unit"
)

// madeOf is a type that an operator makes of those of its arguments: a rate is the
// change per second of what it measures.
type madeOf struct {
	// user is the type as a flow sees it; held as the operator does, in the units
	// of what it is made of.
	user, held *types.Type
	// factor is how many plain numbers or seconds there are in what the operator
	// holds, where the dimension is none that has units.
	factor float64
}

// bindDims finds the types that the operator makes of those that are known by now.
func (c *checker) bindDims(e callee, m *match) {
	for _, p := range e.params {
		if p.Dim == "" || m.bind[p.Name] != nil {
			continue
		}
		if made, ok := c.madeType(p, m); ok {
			if m.dims == nil {
				m.dims = map[string]madeOf{}
			}
			m.bind[p.Name], m.dims[p.Name] = made.held, made
		}
	}
}

// madeType multiplies the units that a type is made of: "R*s/T".
func (c *checker) madeType(p catalog.TypeParam, m *match) (madeOf, bool) {
	var dim types.Dim
	conv := unit.Scale{Mul: 1, Div: 1}
	for _, part := range dimParts(p.Dim) {
		u := types.BaseUnit(unit.SecondsDim())
		if part.name != "s" {
			t := m.bind[part.name]
			if t == nil {
				return madeOf{}, false
			}
			if u = (types.Unit{Conv: unit.Scale{Mul: 1, Div: 1}}); t.Kind == types.Quantity {
				u = t.Unit.StepUnit()
			}
		}
		ok := true
		if part.over {
			dim, ok = dim.Mul(u.Dim)
			conv.Mul, conv.Div = conv.Mul*u.Conv.Mul, conv.Div*u.Conv.Div
		} else {
			dim, ok = dim.Div(u.Dim)
			conv.Mul, conv.Div = conv.Mul*u.Conv.Div, conv.Div*u.Conv.Mul
		}
		if !ok {
			return madeOf{}, false
		}
	}
	return heldAs(dim, conv), true
}

// dimPart is a factor of a dimension; over says that it stands above the line.
type dimPart struct {
	name string
	over bool
}

func dimParts(text string) (parts []dimPart) {
	for n, group := range strings.Split(text, "/") {
		for m, name := range strings.Split(group, "*") {
			parts = append(parts, dimPart{name, n == 0 || m > 0})
		}
	}
	return parts
}

func heldAs(dim types.Dim, conv unit.Scale) madeOf {
	factor := conv.Mul / conv.Div
	switch {
	case dim.IsNumber():
		return madeOf{user: types.TNumber, held: types.TNumber, factor: factor}
	case dim == unit.SecondsDim():
		return madeOf{user: types.TDuration, held: types.QuantityOf(types.BaseUnit(dim)), factor: factor}
	}
	u := types.BaseUnit(dim)
	if factor != 1 {
		u.Name, u.GoName, u.Conv, u.Scale = "", "", conv, factor
	}
	return madeOf{user: types.QuantityOf(types.PreferredUnit(dim)), held: types.QuantityOf(u), factor: 1}
}

// dimOfArg is what an argument's type is made of.
func (m *match) dimOfArg(p *catalog.Arg) (madeOf, bool) {
	made, ok := m.dims[paramOf(p.Type)]
	return made, ok
}

// fits reports whether a flow may give t for it.
func (d madeOf) fits(t *types.Type) bool {
	_, ok := convertible(t, d.user)
	return ok
}

// gives reports whether the result can be told in units of t.
func (d madeOf) gives(t *types.Type) bool {
	_, ok := convertible(d.user, t)
	return ok
}

// into brings x to what the operator holds.
func (c *checker) into(x typed.Expr, d madeOf) typed.Expr {
	x = c.convert(x, d.user)
	if d.user.Kind == types.Duration {
		x = c.toBase(x, unit.SecondsDim())
	} else {
		x = c.convert(x, d.held)
	}
	return c.times(x, 1/d.factor)
}

// outOf brings what the operator holds to the unit that a flow asked for, or the one
// that people use.
func (c *checker) outOf(x typed.Expr, d madeOf, want *types.Type) typed.Expr {
	x = c.times(x, d.factor)
	switch {
	case want != nil:
		return c.convert(x, want)
	case d.user.Kind == types.Duration:
		return c.toDuration(x)
	}
	return c.convert(x, d.user.From(x.Base().Type.Origin))
}

// times multiplies by a constant, unless that is one.
func (c *checker) times(x typed.Expr, factor float64) typed.Expr {
	if factor == 1 || isBad(x) {
		return x
	}
	b := *x.Base()
	p := &typed.Binary{Info: c.info(b.Range, b.Type), Op: "*", L: x, R: c.constOf(b.Range, types.TNumber, factor)}
	p.Fallible = true
	return c.finish(p, x)
}
