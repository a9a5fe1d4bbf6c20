package emit

import (
	"math"

	"github.com/dave/jennifer/jen"

	"flowc/lang/typed"
	"flowc/lang/types"
)

func (b *body) unary(x *typed.Unary) *jen.Statement {
	if x.Op == "-" && x.Type.Kind == types.Int {
		return b.checked(jen.Qual(fnPath, "NegInt").Call(b.given(x.X)))
	}
	return jen.Op(x.Op).Add(b.operand(x.X))
}

// fails reports whether a binary operation itself can fail. Sums with a constant
// and shrinking products stay finite.
func fails(x *typed.Binary) bool {
	switch x.Op {
	case "&&", "||", "==", "!=", "<", "<=", ">", ">=":
		return false
	}
	switch x.Type.Kind {
	case types.Number, types.Quantity:
	default:
		return true
	}
	if nestedFails(x.L) || nestedFails(x.R) {
		return true
	}
	switch x.Op {
	case "+", "-":
		return !(small(x.L) || small(x.R))
	case "*":
		return !(shrinks(x.L) || shrinks(x.R))
	case "/":
		c, ok := constant(x.R)
		return !(ok && math.Abs(c) >= 1)
	}
	return true
}

// nestedFails reports whether an operand is printed in line, so that its check is
// left to the root.
func nestedFails(x typed.Expr) bool {
	inner, ok := x.(*typed.Binary)
	return ok && inLine(inner) && fails(inner)
}

// inLine reports whether an operand is part of its parent's expression.
func inLine(x *typed.Binary) bool {
	return floats(x.Type) && (x.Op == "+" || x.Op == "-" || x.Op == "*")
}

// small is a constant that cannot lift a finite number over the largest one.
func small(x typed.Expr) bool {
	c, ok := constant(x)
	return ok && math.Abs(c) < 1e291
}

func shrinks(x typed.Expr) bool {
	c, ok := constant(x)
	return ok && math.Abs(c) <= 1
}

func constant(x typed.Expr) (float64, bool) {
	if c, ok := x.(*typed.Const); ok {
		if v, ok := c.V.(float64); ok {
			return v, true
		}
		if v, ok := c.V.(int64); ok {
			return float64(v), true
		}
	}
	if c, ok := x.(*typed.Convert); ok {
		return constant(c.X)
	}
	return 0, false
}

func (b *body) binary(x *typed.Binary) *jen.Statement {
	switch x.Op {
	case "&&", "||":
		return b.logic(x)
	case "==", "!=", "<", "<=", ">", ">=":
		return b.compare(x)
	}
	switch x.Type.Kind {
	case types.Int:
		return b.checked(jen.Qual(fnPath, intName(x.Op)).Call(b.given(x.L), b.given(x.R)))
	case types.Duration, types.Time:
		return b.timeArithmetic(x)
	case types.String:
		return b.operand(x.L).Op("+").Add(b.operand(x.R))
	}
	if !fails(x) {
		return b.plain(x)
	}
	if x.Op == "/" || x.Op == "%" {
		return b.divide(x)
	}
	return b.checked(jen.Qual(fnPath, "Finite").Call(b.plain(x)))
}

func intName(op string) string {
	return map[string]string{"+": "AddInt", "-": "SubInt", "*": "MulInt", "/": "DivInt", "%": "RemInt"}[op]
}

// plain prints + - * / of numbers and quantities. A product is converted to its
// type at once, so that it is rounded before it is added on every architecture.
func (b *body) plain(x *typed.Binary) *jen.Statement {
	l, r := b.term(x.L, x.Type), b.term(x.R, x.Type)
	e := l.Op(x.Op).Add(r)
	if x.Op == "*" || x.Op == "/" {
		return b.g.types.goType(x.Type).Parens(e)
	}
	return e
}

// term is an operand of plain arithmetic: nested sums and products are checked
// once, at the root.
func (b *body) term(x typed.Expr, want *types.Type) *jen.Statement {
	var e *jen.Statement
	if inner, ok := x.(*typed.Binary); ok && inLine(inner) {
		e = b.plain(inner)
		if inner.Op != "*" {
			e = grouped(e)
		}
	} else if c, ok := x.(*typed.Const); ok && c.Type.Kind != types.Duration {
		return b.g.types.literal(c.V, c.Type, true)
	} else {
		return b.inType(x, want)
	}
	return b.as(e, x.Base().Type, want)
}

// inType is an operand in the Go type of the result: what is converted from one unit to
// another on the way has no type of its own.
func (b *body) inType(x typed.Expr, want *types.Type) *jen.Statement {
	have := x.Base().Type
	if c, ok := x.(*typed.Convert); ok && betweenUnits(c) && goName(have) != goName(want) {
		if want.Kind == types.Number {
			return b.float(x)
		}
		return b.g.types.goType(want).Parens(b.float(x))
	}
	return b.as(b.operand(x), have, want)
}

// as converts an operand to the Go type of the result.
func (b *body) as(e *jen.Statement, have, want *types.Type) *jen.Statement {
	switch {
	case have.Kind == types.Duration:
		e = grouped(e).Dot("Seconds").Call()
		if want.Kind == types.Number {
			return e
		}
	case goName(have) == goName(want):
		return e
	}
	return b.g.types.goType(want).Parens(e)
}

func goName(t *types.Type) string {
	if t.Kind == types.Quantity {
		return t.Unit.GoType
	}
	return ""
}

func floats(t *types.Type) bool { return t.Kind == types.Number || t.Kind == types.Quantity }

// divide checks the divisor.
func (b *body) divide(x *typed.Binary) *jen.Statement {
	name := "Div"
	if x.Op == "%" {
		name = "Rem"
	}
	l, r := b.typedTerm(x.L, x.Type), b.typedTerm(x.R, x.Type)
	return b.checked(jen.Qual(fnPath, name).Call(l, r))
}

func (b *body) typedTerm(x typed.Expr, want *types.Type) *jen.Statement {
	if c, ok := x.(*typed.Const); ok && c.Type.Kind != types.Duration {
		return b.g.types.goType(want).Parens(b.g.types.literal(c.V, c.Type, true))
	}
	return b.inType(x, want)
}

func (b *body) timeArithmetic(x *typed.Binary) *jen.Statement {
	l, r := x.L.Base().Type.Kind, x.R.Base().Type.Kind
	switch {
	case l == types.Time && r == types.Time:
		return b.operand(x.L).Dot("Sub").Call(b.expr(x.R))
	case l == types.Time && x.Op == "-":
		return b.operand(x.L).Dot("Add").Call(jen.Op("-").Add(grouped(b.expr(x.R))))
	case l == types.Time:
		return b.operand(x.L).Dot("Add").Call(b.expr(x.R))
	case l == types.Duration && r == types.Duration && x.Op == "+":
		return b.checked(jen.Qual(fnPath, "AddDuration").Call(b.expr(x.L), b.expr(x.R)))
	case l == types.Duration && r == types.Duration && x.Op == "-":
		return b.checked(jen.Qual(fnPath, "SubDuration").Call(b.expr(x.L), b.expr(x.R)))
	case x.Op == "*" && l == types.Duration:
		return b.checked(jen.Qual(fnPath, "MulDuration").Call(b.expr(x.L), b.number(x.R)))
	case x.Op == "*":
		return b.checked(jen.Qual(fnPath, "MulDuration").Call(b.expr(x.R), b.number(x.L)))
	}
	return b.checked(jen.Qual(fnPath, "DivDuration").Call(b.expr(x.L), b.number(x.R)))
}

// number is an int or number operand as a float64.
func (b *body) number(x typed.Expr) *jen.Statement {
	if x.Base().Type.Kind == types.Int {
		return jen.Float64().Parens(b.expr(x))
	}
	return b.expr(x)
}

func (b *body) compare(x *typed.Binary) *jen.Statement {
	t := x.L.Base().Type
	switch {
	case t.Kind == types.Time:
		return b.compareTimes(x)
	case t.Is(types.Date, types.TimeOfDay) && x.Op != "==" && x.Op != "!=":
		return b.compareDates(x)
	case !plainlyEqual(t):
		return b.equality(x)
	}
	return b.side(x.L).Op(x.Op).Add(b.side(x.R))
}

func (b *body) compareTimes(x *typed.Binary) *jen.Statement {
	l, r := b.operand(x.L), b.expr(x.R)
	switch x.Op {
	case "==":
		return l.Dot("Equal").Call(r)
	case "!=":
		return jen.Op("!").Add(l).Dot("Equal").Call(r)
	case "<":
		return l.Dot("Before").Call(r)
	case ">":
		return l.Dot("After").Call(r)
	case "<=":
		return jen.Op("!").Add(l).Dot("After").Call(r)
	}
	return jen.Op("!").Add(l).Dot("Before").Call(r)
}

// side is one side of a comparison; a constant stays bare.
func (b *body) side(x typed.Expr) *jen.Statement {
	if c, ok := x.(*typed.Const); ok && (floats(c.Type) || c.Type.Kind == types.Int) {
		return b.g.types.literal(c.V, c.Type, true)
	}
	return b.operand(x)
}

// logic is && and ||. Where the right side needs statements it stands in a block
// of its own, entered only when the left side asks for it.
func (b *body) logic(x *typed.Binary) *jen.Statement {
	if !b.lazy && !b.allReady(x) {
		// Not a root: the three-valued result must be known here.
		v := b.temp()
		b.add(jen.Id(v).Op(":=").Add(b.val(x)))
		b.add(jen.If(jen.Op("!").Id(v).Dot("OK")).Block(b.leave(firstWire(x))...))
		return jen.Id(v).Dot("V")
	}
	l := b.expr(x.L)
	right := b.inner()
	r := right.expr(x.R)
	if len(right.code) == 0 {
		if text := source(l); text != "" && text == source(r) {
			return l // x && x: vet would ask what was meant
		}
		return paren(x.L, x.Op, l).Op(x.Op).Add(paren(x.R, x.Op, r))
	}
	v := b.temp()
	b.add(jen.Id(v).Op(":=").Add(l))
	cond := jen.Id(v)
	if x.Op == "||" {
		cond = jen.Op("!").Id(v)
	}
	b.add(jen.If(cond).Block(append(right.code, jen.Id(v).Op("=").Add(r))...))
	return jen.Id(v)
}

// paren keeps || inside && apart.
func paren(x typed.Expr, op string, e *jen.Statement) *jen.Statement {
	if in, ok := x.(*typed.Binary); ok && (in.Op == "||") != (op == "||") && (in.Op == "&&" || in.Op == "||") {
		return jen.Parens(e)
	}
	return e
}
