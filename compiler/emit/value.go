package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// val is x as a flow.Val: known or not ready. It never leaves the function.
func (b *body) val(x typed.Expr) *jen.Statement {
	switch x := x.(type) {
	case *plan.Read:
		if x.Wire.Shape != types.Event && !b.surelyReady(x.Wire) {
			return b.g.wire(x.Wire).Dot("Val").Call()
		}
	case *typed.Binary:
		if (x.Op == "&&" || x.Op == "||") && !b.simple(x) {
			return flowName(kleene(x.Op)).Call(b.val(x.L), b.val(x.R))
		}
	case *typed.IsReady:
		return flowName("Ready").Call(b.isReady(x))
	case *typed.Try:
		if b.simple(x.D) {
			return flowName("Ready").Call(b.caught(x.X).Dot("Or").Call(b.given(x.D)))
		}
	}
	if b.pure(x) {
		return b.pureVal(x)
	}
	return b.literalVal(x)
}

func kleene(op string) string {
	if op == "&&" {
		return "And"
	}
	return "Either"
}

// pureVal is flow.When(p.soil.OK, …), or flow.Ready(…) where nothing is needed.
func (b *body) pureVal(x typed.Expr) *jen.Statement {
	var cond *jen.Statement
	c := b.inner()
	for _, w := range b.strict(x) {
		if c.surelyReady(w) {
			continue
		}
		c.ready[w] = true
		ok := b.g.wire(w).Dot("OK")
		if cond == nil {
			cond = ok
		} else {
			cond = cond.Op("&&").Add(ok)
		}
	}
	if cond == nil {
		return flowName("Ready").Call(c.typedExpr(x))
	}
	return flowName("When").Call(cond, c.typedExpr(x))
}

// literalVal is a function literal that leaves early:
//
//	func() flow.Val[bool] { … }()
func (b *body) literalVal(x typed.Expr) *jen.Statement {
	t := of(flowName("Val"), b.g.types.goType(x.Base().Type))
	c := b.inner()
	c.leave = func(w *plan.Wire) []jen.Code {
		if w == nil && !b.quiet {
			*b.errs = true
			return []jen.Code{jen.Id("failed").Op("=").Err(), jen.Return(t.Clone().Values())}
		}
		return []jen.Code{jen.Return(t.Clone().Values())}
	}
	c.finish(x)
	return jen.Func().Params().Add(t.Clone()).Block(c.code...).Call()
}

// caught is val for `try`: a failure inside is nobody's business.
func (b *body) caught(x typed.Expr) *jen.Statement {
	c := *b
	c.quiet = true
	v := c.val(x)
	b.code = c.code
	return v
}

// finish adds the statements that compute x and return it as a Val.
func (b *body) finish(x typed.Expr) {
	if b.returnsVal(x) {
		b.add(jen.Return(b.val(x)))
		return
	}
	b.need(b.strict(x))
	b.add(jen.Return(flowName("Ready").Call(b.typedExpr(x))))
}

// returnsVal reports whether x has a short form as a Val of its own.
func (b *body) returnsVal(x typed.Expr) bool {
	switch x := x.(type) {
	case *plan.Read:
		return x.Wire.Shape != types.Event
	case *typed.Binary:
		return (x.Op == "&&" || x.Op == "||") && !b.lazy && !b.simple(x)
	case *typed.Try:
		return b.simple(x.D)
	case *typed.IsReady:
		return true
	}
	return b.pure(x)
}

// isReady is `ready(x)` as a bool.
func (b *body) isReady(x *typed.IsReady) *jen.Statement {
	if r, ok := x.X.(*plan.Read); ok {
		if b.surelyReady(r.Wire) {
			return jen.True()
		}
		return b.g.wire(r.Wire).Dot("OK")
	}
	c := *b
	c.lazy = false
	v := c.caught(x.X)
	b.code = c.code
	return v.Dot("OK")
}

// given is expr where its place says the Go type, so that a constant stays bare.
func (b *body) given(x typed.Expr) *jen.Statement {
	switch x := x.(type) {
	case *typed.Const:
		return b.g.types.literal(x.V, x.Type, true)
	case *typed.Convert:
		if c, ok := x.X.(*typed.Const); ok && c.Type.Kind == types.Int && x.Type.Is(types.Number, types.Quantity) {
			v, _ := c.V.(int64)
			return b.g.types.literal(float64(v), x.Type, true)
		}
	}
	return b.expr(x)
}

// typedExpr is expr with the Go type said where a bare constant would not.
func (b *body) typedExpr(x typed.Expr) *jen.Statement {
	if c, ok := x.(*typed.Const); ok {
		return b.g.types.literal(c.V, c.Type, false)
	}
	return b.expr(x)
}
