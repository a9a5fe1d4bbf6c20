package check

import (
	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/unit"
)

// dimensions is a product or quotient of measured things: both go into base
// units, the result into the unit that people use for it.
func (a arith) dimensions(l, r typed.Expr) typed.Expr {
	dl, dr := dimOf(l), dimOf(r)
	if pct := percentAmong(l, r, dl, dr, a.op); pct != nil {
		a.c.report(errPercent(a.e.Range(), a.op, pct, a.c))
		return a.c.bad(a.e.Range())
	}
	combine := dl.Mul
	if a.op == "/" {
		combine = dl.Div
	}
	dim, ok := combine(dr)
	if !ok {
		return a.refuse()
	}
	if dim.IsNumber() && a.op == "/" {
		return a.ratio(l, r)
	}
	lb, rb := a.c.toBase(l, dl), a.c.toBase(r, dr)
	from := types.Origin{Range: a.e.Range(), Text: "`" + a.c.text(a.e.Range()) + "`"}
	base := types.QuantityOf(types.BaseUnit(dim)).From(from)
	if dim.IsNumber() {
		base = types.TNumber
	}
	x := a.result(base, lb, rb, true)
	switch {
	case isBad(x) || dim.IsNumber():
		return x
	case dim == unit.SecondsDim():
		return a.c.toDuration(x)
	}
	return a.c.convert(x, types.QuantityOf(types.PreferredUnit(dim)).From(from))
}

// percentAmong is an operand in percent that meets another dimension: 50 % of
// something is ratio(50.pct) times it.
func percentAmong(l, r typed.Expr, dl, dr types.Dim, op string) typed.Expr {
	if dl == dr && op == "/" {
		return nil
	}
	for _, x := range []typed.Expr{l, r} {
		t := x.Base().Type
		other := r
		if x == r {
			other = l
		}
		k := other.Base().Type.Kind
		if t.Kind == types.Quantity && t.Unit.GoType == "Percent" && (k == types.Quantity || k == types.Duration) {
			if op == "/" && x == l {
				continue // a change per time, or what a controller adds for each step
			}
			return x
		}
	}
	return nil
}

// ratio is a quotient of two of a kind: a number.
func (a arith) ratio(l, r typed.Expr) typed.Expr {
	if l.Base().Type.Kind == types.Quantity && r.Base().Type.Kind == types.Quantity {
		return a.result(types.TNumber, l, a.c.convert(r, l.Base().Type), true)
	}
	if l.Base().Type.Kind == types.Duration && r.Base().Type.Kind == types.Duration {
		return a.result(types.TNumber, l, r, true)
	}
	return a.result(types.TNumber, a.c.toBase(l, dimOf(l)), a.c.toBase(r, dimOf(r)), true)
}

func dimOf(x typed.Expr) types.Dim {
	t := x.Base().Type
	switch t.Kind {
	case types.Quantity:
		return t.Unit.Dim
	case types.Duration:
		return unit.SecondsDim()
	}
	return types.Dim{}
}

// toBase converts into the coherent unit of the dimension; a duration becomes a
// number of seconds.
func (c *checker) toBase(x typed.Expr, dim types.Dim) typed.Expr {
	t := x.Base().Type
	if dim.IsNumber() || t.Kind == types.Quantity && t.Unit.Coherent() {
		return x
	}
	i := *x.Base()
	i.Type, i.Fallible = types.QuantityOf(types.BaseUnit(dim)).From(t.Origin), false
	return c.folded(&typed.Convert{Info: i, X: x})
}

// toDuration makes a duration of a quantity in seconds.
func (c *checker) toDuration(x typed.Expr) typed.Expr {
	i := *x.Base()
	i.Type, i.Fallible = types.TDuration, true
	return c.folded(&typed.Convert{Info: i, X: x})
}
