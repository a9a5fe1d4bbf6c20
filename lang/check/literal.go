package check

import (
	"math"
	"math/big"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/unit"
)

type rangeT = hcl.Range

// literal is a number, a text, true, false or null.
func (c *checker) literal(e *hclsyntax.LiteralValueExpr) typed.Expr {
	v := e.Val
	switch {
	case v.IsNull():
		return c.constOf(e.Range(), types.TNull, nil)
	case v.Type() == cty.Bool:
		return c.constOf(e.Range(), types.TBool, v.True())
	case v.Type() == cty.String:
		return c.constOf(e.Range(), types.TString, v.AsString())
	case v.Type() == cty.Number:
		return c.number(e.Range(), v.AsBigFloat())
	}
	return c.bad(e.Range())
}

// number is a literal without a unit: whole if it is written so.
func (c *checker) number(r rangeT, f *big.Float) typed.Expr {
	if n, exact := f.Int64(); exact == big.Exact && !strings.ContainsAny(c.src(r), ".eE") {
		return c.constOf(r, types.TInt, n)
	}
	v, _ := f.Float64()
	if math.IsInf(v, 0) {
		c.report(errTooLarge(r))
		return c.bad(r)
	}
	return c.constOf(r, types.TNumber, v)
}

// relative is `30.s`, or a field of a parenthesis or a call.
func (c *checker) relative(e *hclsyntax.RelativeTraversalExpr, want *types.Type) typed.Expr {
	if lit, ok := e.Source.(*hclsyntax.LiteralValueExpr); ok && !lit.Val.IsNull() && lit.Val.Type() == cty.Number {
		return c.measured(e, lit, false)
	}
	if x := c.instanceIndex(e.Source, e.Traversal, e.Range()); x != nil {
		return x
	}
	x := c.expr(e.Source, nil)
	return c.access(x, e.Traversal, e.Range())
}

// measured is a number with a unit. negative says that a minus stands directly
// before it.
func (c *checker) measured(e *hclsyntax.RelativeTraversalExpr, lit *hclsyntax.LiteralValueExpr, negative bool) typed.Expr {
	r := e.Range()
	attr, ok := e.Traversal[0].(hcl.TraverseAttr)
	if !ok || len(e.Traversal) > 1 {
		c.report(errAfterUnit(r, c.src(r)))
		return c.bad(r)
	}
	f := new(big.Float).Set(lit.Val.AsBigFloat())
	if negative {
		f.Neg(f)
	}
	name := strings.TrimSpace(attr.Name)
	if d, ok := unit.LookupDuration(name); ok {
		return c.durationOf(r, f, d)
	}
	u, ok := types.LookupUnit(name)
	if !ok {
		at := attr.SrcRange
		at.Start.Byte, at.Start.Column = at.Start.Byte+1, at.Start.Column+1
		c.report(c.errUnknownUnit(at, name, lit))
		return c.bad(r)
	}
	v, _ := f.Float64()
	if math.IsInf(v, 0) {
		c.report(errTooLarge(r))
		return c.bad(r)
	}
	t := types.QuantityOf(u).From(types.Origin{Range: r, Text: "`" + c.text(r) + "`"})
	return c.constOf(r, t, v)
}

func (c *checker) durationOf(r rangeT, f *big.Float, d unit.DurationUnit) typed.Expr {
	exact := new(big.Float).SetPrec(512).Mul(f, new(big.Float).SetInt64(d.Nanoseconds))
	half := big.NewFloat(0.5)
	if exact.Sign() < 0 {
		half.Neg(half)
	}
	n, acc := exact.Add(exact, half).Int64()
	if n == math.MaxInt64 && acc != big.Exact || n == math.MinInt64 && acc != big.Exact {
		c.report(errTooLarge(r))
		return c.bad(r)
	}
	t := types.TDuration.From(types.Origin{Range: r, Text: "`" + c.text(r) + "`"})
	return c.constOf(r, t, time.Duration(n))
}
