package check

import (
	"time"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"flowc/lang/typed"
	"flowc/lang/types"
)

var symbols = map[*hclsyntax.Operation]string{
	hclsyntax.OpAdd: "+", hclsyntax.OpSubtract: "-", hclsyntax.OpMultiply: "*",
	hclsyntax.OpDivide: "/", hclsyntax.OpModulo: "%",
	hclsyntax.OpEqual: "==", hclsyntax.OpNotEqual: "!=",
	hclsyntax.OpLessThan: "<", hclsyntax.OpLessThanOrEqual: "<=",
	hclsyntax.OpGreaterThan: ">", hclsyntax.OpGreaterThanOrEqual: ">=",
	hclsyntax.OpLogicalAnd: "&&", hclsyntax.OpLogicalOr: "||",
}

// unary is `-x` or `!x`.
func (c *checker) unary(e *hclsyntax.UnaryOpExpr) typed.Expr {
	if e.Op == hclsyntax.OpLogicalNot {
		x := c.condition(e.Val, "after `!`")
		if isBad(x) {
			return c.guessed(e.Range(), nil, c.guessBool(e.Range()))
		}
		return c.finish(&typed.Unary{Info: c.info(e.Range(), types.TBool), Op: "!", X: x}, x)
	}
	if x := c.negativeLiteral(e); x != nil {
		return x
	}
	return c.negate(e)
}

// negativeLiteral is a minus directly before a literal: it belongs to it.
func (c *checker) negativeLiteral(e *hclsyntax.UnaryOpExpr) typed.Expr {
	switch v := e.Val.(type) {
	case *hclsyntax.RelativeTraversalExpr:
		if lit, ok := v.Source.(*hclsyntax.LiteralValueExpr); ok && lit.Val.Type() == cty.Number {
			x := c.measured(v, lit, true)
			if k, ok := x.(*typed.Const); ok {
				i := c.info(e.Range(), k.Type)
				k.Info = i
				k.Type = k.Type.From(types.Origin{Range: e.Range(), Text: "`" + c.text(e.Range()) + "`"})
			}
			return x
		}
	case *hclsyntax.LiteralValueExpr:
		if v.Val.Type() == cty.Number {
			f := v.Val.AsBigFloat()
			x := c.number(v.SrcRange, f.Neg(f))
			if k, ok := x.(*typed.Const); ok {
				k.Info = c.info(e.Range(), k.Type)
			}
			return x
		}
	}
	return nil
}

func (c *checker) negate(e *hclsyntax.UnaryOpExpr) typed.Expr {
	x := c.plain(e.Val, nil)
	if isBad(x) {
		return c.bad(e.Range())
	}
	t := x.Base().Type
	n := &typed.Unary{Info: c.info(e.Range(), t), Op: "-", X: x}
	switch t.Kind {
	case types.Int, types.Duration:
		n.Fallible = true
	case types.Number:
	case types.Quantity:
		if t.Unit.Point {
			c.report(errMinusPoint(x))
			return c.bad(e.Range())
		}
	default:
		c.report(errOperand("-", x, e.SymbolRange))
		return c.bad(e.Range())
	}
	return c.finish(n, x)
}

func (c *checker) guessBool(r rangeT) typed.Expr {
	x := &typed.Const{Info: c.info(r, types.TBool), V: false}
	x.Shape = types.Value
	return x
}

// binary is `a op b`.
func (c *checker) binary(e *hclsyntax.BinaryOpExpr) typed.Expr {
	op := symbols[e.Op]
	switch op {
	case "&&", "||":
		return c.logical(e, op)
	case "==", "!=":
		return c.equality(e, op)
	case "<", "<=", ">", ">=":
		return c.order2(e, op)
	case "":
		return c.bad(e.Range())
	}
	l, r := c.plain(e.LHS, nil), c.plain(e.RHS, nil)
	if anyBad(l, r) {
		return c.guessed(e.Range(), nil, l, r)
	}
	return c.arithmetic(e, op, l, r)
}

// logical is `&&` or `||`; the right side is checked knowing the left.
func (c *checker) logical(e *hclsyntax.BinaryOpExpr, op string) typed.Expr {
	l := c.plain(e.LHS, types.TBool)
	r := c.knowing(holds(l, op == "&&"), func() typed.Expr { return c.plain(e.RHS, types.TBool) })
	if !anyBad(l, r) && (l.Base().Type.Kind == types.Nothing || r.Base().Type.Kind == types.Nothing) {
		c.report(c.errLogicOfEvents(l, r, op))
		return c.guessed(e.Range(), nil, c.guessBool(e.Range()))
	}
	l = c.switched(l, e.LHS, "on the left of `"+op+"`")
	r = c.switched(r, e.RHS, "on the right of `"+op+"`")
	if anyBad(l, r) {
		return c.guessed(e.Range(), nil, c.guessBool(e.Range()))
	}
	return c.finish(&typed.Binary{Info: c.info(e.Range(), types.TBool), Op: op, L: l, R: r}, l, r)
}

// arithmetic is + - * / or %.
func (c *checker) arithmetic(e *hclsyntax.BinaryOpExpr, op string, l, r typed.Expr) typed.Expr {
	a := arith{c: c, e: e, op: op, l: l, r: r}
	switch {
	case a.is(types.Int, types.Int):
		return a.ints()
	case a.numeric(l) && a.numeric(r):
		return a.result(types.TNumber, c.convert(l, types.TNumber), c.convert(r, types.TNumber), op == "/" || op == "%" || op == "*" || op == "+" || op == "-")
	case op == "+" || op == "-":
		return a.sum()
	case op == "*" || op == "/":
		return a.product()
	case a.is(types.Quantity, types.Quantity) && op == "%":
		return a.remainder()
	case a.is(types.Duration, types.Duration) && op == "%":
		c.report(errRemainderOfDurations(e.Range(), l, r))
		return c.bad(e.Range())
	}
	return a.refuse()
}

// arith is one arithmetic operation with its operands.
type arith struct {
	c    *checker
	e    *hclsyntax.BinaryOpExpr
	op   string
	l, r typed.Expr
}

func (a arith) kinds() (l, r types.Kind) { return a.l.Base().Type.Kind, a.r.Base().Type.Kind }

func (a arith) is(l, r types.Kind) bool {
	kl, kr := a.kinds()
	return kl == l && kr == r
}

func (a arith) numeric(x typed.Expr) bool {
	k := x.Base().Type.Kind
	return k == types.Int || k == types.Number
}

// ints is arithmetic of whole numbers. `/` gives a number: 5 / 2 is 2.5.
func (a arith) ints() typed.Expr {
	if a.op == "/" {
		return a.result(types.TNumber, a.c.convert(a.l, types.TNumber), a.c.convert(a.r, types.TNumber), true)
	}
	return a.result(types.TInt, a.l, a.r, true)
}

func (a arith) result(t *types.Type, l, r typed.Expr, fallible bool) typed.Expr {
	x := &typed.Binary{Info: a.c.info(a.e.Range(), t), Op: a.op, L: l, R: r}
	x.Fallible = fallible
	if k, ok := constant(r); ok && isZero(k) && (a.op == "/" || a.op == "%") {
		a.c.report(errDivideByZero(a.e.Range(), r, a.op))
		return a.c.bad(a.e.Range())
	}
	return a.c.finish(x, l, r)
}

func isZero(k *typed.Const) bool {
	switch v := k.V.(type) {
	case int64:
		return v == 0
	case float64:
		return v == 0 && (k.Type.Kind == types.Number || !k.Type.Unit.Point)
	case time.Duration:
		return v == 0
	}
	return false
}

// sum is + or - of what has a dimension or is a moment.
func (a arith) sum() typed.Expr {
	tl, tr := a.l.Base().Type, a.r.Base().Type
	switch {
	case a.is(types.Quantity, types.Quantity):
		return a.quantities(tl, tr)
	case a.is(types.Duration, types.Duration):
		return a.result(types.TDuration, a.l, a.r, true)
	case a.is(types.Time, types.Duration):
		return a.result(types.TTime, a.l, a.r, false)
	case a.is(types.Duration, types.Time) && a.op == "+":
		return a.result(types.TTime, a.r, a.l, false)
	case a.is(types.Time, types.Time) && a.op == "-":
		return a.result(types.TDuration, a.l, a.r, true)
	}
	return a.refuse()
}

// quantities is the sum or difference of two quantities; temperatures are points
// and steps.
func (a arith) quantities(tl, tr *types.Type) typed.Expr {
	if tl.Unit.Dim != tr.Unit.Dim {
		a.c.report(a.c.errUnits(a.l, a.r, a.opRange(), "add"))
		return a.c.bad(a.e.Range())
	}
	pl, pr := tl.Unit.Point, tr.Unit.Point
	step := func(t *types.Type) *types.Type { return types.QuantityOf(t.Unit.StepUnit()).From(t.Origin) }
	from := types.Origin{Range: a.e.Range(), Text: "`" + a.c.text(a.e.Range()) + "`"}
	switch {
	case !pl && !pr:
		return a.result(tl.From(from), a.l, a.c.convert(a.r, tl), true)
	case pl && !pr:
		return a.result(tl, a.l, a.c.convert(a.r, step(tl)), true)
	case !pl && pr && a.op == "+":
		return a.result(tr, a.r, a.c.convert(a.l, step(tr)), true)
	case pl && pr && a.op == "-":
		return a.result(step(tl).From(from), a.l, a.c.convert(a.r, tl), true)
	}
	a.c.report(errPoints(a.e.Range(), a.op, a.l, a.r, a.c))
	return a.c.bad(a.e.Range())
}

func (a arith) opRange() rangeT {
	r := a.e.LHS.Range()
	r.Start = r.End
	r.End = a.e.RHS.Range().Start
	return r
}

// product is * or / where a dimension is involved.
func (a arith) product() typed.Expr {
	for _, x := range []typed.Expr{a.l, a.r} {
		if t := x.Base().Type; t.Kind == types.Quantity && t.Unit.Point {
			a.c.report(errPointProduct(a.e.Range(), a.op, x, a.c))
			return a.c.bad(a.e.Range())
		}
	}
	number := func(x typed.Expr) typed.Expr { return a.c.convert(x, types.TNumber) }
	kl, kr := a.kinds()
	switch {
	case (kl == types.Quantity || kl == types.Duration) && a.numeric(a.r):
		return a.result(a.l.Base().Type, a.l, number(a.r), true)
	case a.numeric(a.l) && (kr == types.Quantity || kr == types.Duration) && a.op == "*":
		return a.result(a.r.Base().Type, a.r, number(a.l), true)
	case a.numeric(a.l) && (kr == types.Quantity || kr == types.Duration):
		return a.dimensions(number(a.l), a.r)
	case (kl == types.Quantity || kl == types.Duration) && (kr == types.Quantity || kr == types.Duration):
		return a.dimensions(a.l, a.r)
	}
	return a.refuse()
}

// remainder is `%` of two quantities of one dimension.
func (a arith) remainder() typed.Expr {
	tl := a.l.Base().Type
	if !types.Alike(tl, a.r.Base().Type) || tl.Unit.Point {
		a.c.report(a.c.errUnits(a.l, a.r, a.opRange(), "divide"))
		return a.c.bad(a.e.Range())
	}
	return a.result(tl, a.l, a.c.convert(a.r, tl), true)
}

func (a arith) refuse() typed.Expr {
	a.c.report(a.c.errOperands(a.op, a.l, a.r, a.opRange()))
	return a.c.bad(a.e.Range())
}
