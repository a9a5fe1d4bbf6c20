package check

import (
	"math"
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// order2 is < <= > or >= between two expressions.
func (c *checker) order2(e *hclsyntax.BinaryOpExpr, op string) typed.Expr {
	l, r := c.plainFor(e.LHS, nil, "compared"), c.plainFor(e.RHS, nil, "compared")
	if anyBad(l, r) {
		return c.guessed(e.Range(), nil, c.guessBool(e.Range()))
	}
	l, r = c.textAs(l, r.Base().Type), c.textAs(r, l.Base().Type)
	if anyBad(l, r) {
		return c.bad(e.Range())
	}
	if x := c.sinceCompared(e, op, l, r); x != nil {
		return x
	}
	l, r, ok := c.alike(e, op, l, r)
	if !ok {
		return c.bad(e.Range())
	}
	switch l.Base().Type.Kind {
	case types.Int, types.Number, types.Quantity, types.Duration, types.Time, types.Date, types.TimeOfDay:
	case types.JSON:
		c.report(errNotComparable(op, l, r))
		return c.bad(e.Range())
	default:
		c.report(errNoOrder(op, l, r))
		return c.bad(e.Range())
	}
	return c.finish(&typed.Binary{Info: c.info(e.Range(), types.TBool), Op: op, L: l, R: r}, l, r)
}

// alike brings two operands of a comparison to one type; the left one wins.
func (c *checker) alike(e *hclsyntax.BinaryOpExpr, op string, l, r typed.Expr) (typed.Expr, typed.Expr, bool) {
	if m := c.asMapLike(l, r); m != nil {
		r = m
	} else if m := c.asMapLike(r, l); m != nil {
		l = m
	}
	tl, tr := l.Base().Type, r.Base().Type
	if _, ok := convertible(tr, tl); ok && tl.Kind != types.Optional {
		return l, c.convert(r, tl), true
	}
	if _, ok := convertible(tl, tr); ok && tr.Kind != types.Optional {
		return c.convert(l, tr), r, true
	}
	a := arith{c: c, e: e, op: op, l: l, r: r}
	if unitsDiffer(tl, tr) {
		c.report(c.errUnits(l, r, a.opRange(), "compare"))
	} else {
		c.report(c.errCompare(op, l, r, a.opRange()))
	}
	return nil, nil, false
}

// equality is == or !=; with null it asks whether data is there.
func (c *checker) equality(e *hclsyntax.BinaryOpExpr, op string) typed.Expr {
	if isNull(e.RHS) || isNull(e.LHS) {
		return c.present(e, op)
	}
	l, r := c.bothSides(e)
	if anyBad(l, r) {
		return c.guessed(e.Range(), nil, c.guessBool(e.Range()))
	}
	if l = c.textAs(l, r.Base().Type); isBad(l) {
		return c.bad(e.Range())
	}
	for _, x := range []typed.Expr{l, r} {
		if x.Base().Type.Kind == types.Optional {
			c.report(c.errMissingUsed(x, "", "compared"))
			return c.bad(e.Range())
		}
	}
	l, r, ok := c.alike(e, op, l, r)
	if !ok {
		return c.bad(e.Range())
	}
	if !equatable(l.Base().Type) {
		c.report(errNotComparable(op, l, r))
		return c.bad(e.Range())
	}
	if measured(l, r) {
		c.report(errMeasuredEqual(op, l, r, e.Range()))
	}
	return c.finish(&typed.Binary{Info: c.info(e.Range(), types.TBool), Op: op, L: l, R: r}, l, r)
}

// picked reports whether an expression is a constant, or one of several, as they
// were written: a target for each mode. Nothing of it was measured.
func picked(x typed.Expr) bool {
	switch x := x.(type) {
	case *typed.Cond:
		return picked(x.A) && picked(x.B)
	case *typed.Match:
		for _, a := range x.Arms {
			if !picked(a.Body) {
				return false
			}
		}
		return x.Else == nil || picked(x.Else)
	case *typed.Wire:
		return x.Eq != nil && x.Eq.X != nil && picked(x.Eq.X)
	}
	return isConst(x)
}

// measured reports whether two things are measured, so that their last digits say
// nothing. What is counted is exact, and so is a whole number that was written down
// or that a share is compared with.
func measured(l, r typed.Expr) bool {
	t := l.Base().Type
	if picked(l) && picked(r) {
		return false
	}
	for _, x := range []typed.Expr{l, r} {
		k, ok := constant(x)
		if !ok {
			continue
		}
		v, _ := k.V.(float64)
		whole := v == math.Trunc(v)
		if whole && (t.Kind == types.Number || v == 0 && !isPointType(t) || t.Unit.GoType == "Percent" && v == 100) {
			return false
		}
	}
	for _, x := range []typed.Expr{l, r} {
		if c, ok := x.(*typed.Convert); ok && c.X.Base().Type.Kind == types.Int {
			return false
		}
	}
	switch t.Kind {
	case types.Number:
		return true
	case types.Quantity:
		return t.Unit.GoType != "Count" && t.Unit.GoType != "DataSize"
	}
	return false
}

// equatable reports whether `==` has a meaning for a type: for what can be looked
// at, down to the last element.
func equatable(t *types.Type) bool {
	switch t.Kind {
	case types.Nothing, types.Secret, types.Never, types.Null, types.JSON:
		return false
	case types.List, types.Map:
		return t.Elem.Kind == types.Null || equatable(t.Elem)
	case types.Optional:
		return equatable(t.Elem)
	}
	for _, f := range t.Fields {
		if !equatable(f.Type) {
			return false
		}
	}
	return true
}

// bothSides types two operands of which one may be a bare member of the other's
// enumeration.
func (c *checker) bothSides(e *hclsyntax.BinaryOpExpr) (l, r typed.Expr) {
	if c.isBareUnknown(e.LHS) {
		r = c.expr(e.RHS, nil)
		return c.expr(e.LHS, r.Base().Type), r
	}
	l = c.expr(e.LHS, nil)
	before := len(c.found)
	r = c.expr(e.RHS, l.Base().Type)
	if isBad(l) && c.isBareUnknown(e.RHS) { // what it is a member of was to be known from the left
		c.unsay(slices.Clone(c.found[before:]))
	}
	return l, r
}

func (c *checker) isBareUnknown(e hclsyntax.Expression) bool {
	t, ok := e.(*hclsyntax.ScopeTraversalExpr)
	if !ok || len(t.Traversal) != 1 {
		return false
	}
	root := t.Traversal.RootName()
	return c.lookup(root) == nil && c.scope.locals.find(root) == nil
}

func isNull(e hclsyntax.Expression) bool {
	if p, ok := e.(*hclsyntax.ParenthesesExpr); ok {
		return isNull(p.Expression)
	}
	l, ok := e.(*hclsyntax.LiteralValueExpr)
	return ok && l.Val.IsNull()
}

// present is `x != null` or `x == null`.
func (c *checker) present(e *hclsyntax.BinaryOpExpr, op string) typed.Expr {
	side := e.LHS
	if isNull(side) {
		side = e.RHS
	}
	x := c.expr(side, nil)
	if isBad(x) {
		return c.guessed(e.Range(), nil, c.guessBool(e.Range()))
	}
	if u, ok := x.(*typed.Unwrap); ok {
		c.report(errAskedBefore(e.Range(), x, op == "!="))
		x = u.X
	}
	if k := x.Base().Type.Kind; k != types.Optional {
		if k != types.Null {
			c.report(c.errNeverNull(e.Range(), x))
		}
		return c.constOf(e.Range(), types.TBool, (op == "!=") == (k != types.Null))
	}
	p := c.finish(&typed.Present{Info: c.info(e.Range(), types.TBool), X: x}, x)
	if op == "!=" {
		return p
	}
	return c.finish(&typed.Unary{Info: c.info(e.Range(), types.TBool), Op: "!", X: p}, p)
}
