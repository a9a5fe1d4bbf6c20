package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// choice prints what chooses among answers, and calls of the flow's functions.
func (b *body) choice(x typed.Expr) *jen.Statement {
	switch x := x.(type) {
	case *typed.Match:
		return b.match(x)
	case *typed.IsCase:
		return b.operand(x.X).Dot(caseField).Op("==").Lit(x.Case)
	case *typed.CaseOf:
		if x.Type.Kind == types.Nothing {
			return b.g.types.goType(x.Type).Values()
		}
		return b.operand(x.X).Dot(exportedField(x.Case))
	case *typed.Let:
		value := b.typedExpr(x.X)
		b.g.lets[x.Var] = b.temp()
		b.add(jen.Id(b.local(x.Var)).Op(":=").Add(value))
		return b.expr(x.Body)
	case *typed.FunctionCall:
		return b.functionCall(x)
	case *typed.SequencePart:
		call := b.g.wire(x.X.(*plan.Read).Wire).Dot(upper(x.Part))
		if x.Step > 0 {
			return call.Call(jen.Lit(x.Step))
		}
		return call.Call()
	case *typed.Decode:
		return b.decode(x)
	case *typed.Encode:
		return b.encode(x)
	}
	return b.made(x)
}

// match is a switch: only the answer that counts is evaluated.
func (b *body) match(x *typed.Match) *jen.Statement {
	v := b.result(x.Type)
	b.matchInto(v, x)
	return jen.Id(v)
}

// result declares a variable for an answer.
func (b *body) result(t *types.Type) string {
	v := b.temp()
	b.add(jen.Var().Id(v).Add(b.g.types.goType(t)))
	return v
}

// matchInto prints
//
//	switch p.heating.V.Mode {
//	case "eco":
//		v = 18
//	default:
//		v = 21
//	}
func (b *body) matchInto(v string, x *typed.Match) {
	subject := b.operand(x.X)
	of := subject
	if x.X.Base().Type.Kind == types.Variant {
		if _, isRead := x.X.(*typed.LocalRef); !isRead && matchReads(x) {
			m := b.temp()
			b.add(jen.Id(m).Op(":=").Add(subject))
			subject = jen.Id(m)
		}
		of = subject.Clone().Dot(caseField)
	}
	var cases []jen.Code
	for _, a := range x.Arms {
		arm := b.inner()
		if a.It != nil && a.It.Type.Kind != types.Nothing && reads(a.Body, a.It) {
			arm.add(jen.Id(b.local(a.It)).Op(":=").Add(subject.Clone()).Dot(exportedField(a.Member)))
		}
		arm.hit(x, PointAnswer, a.Member)
		arm.assign(v, a.Body)
		cases = append(cases, jen.Case(jen.Lit(a.Member)).Block(arm.code...))
	}
	if x.Else != nil {
		other := b.inner()
		other.hit(x, PointAnswer, "else")
		other.assign(v, x.Else)
		cases = append(cases, jen.Default().Block(other.code...))
	}
	b.add(jen.Switch(of).Block(cases...))
}

// matchReads reports whether an arm reads the data of its case.
func matchReads(x *typed.Match) bool {
	for _, a := range x.Arms {
		if a.It != nil && reads(a.Body, a.It) {
			return true
		}
	}
	return false
}

func reads(x typed.Expr, l *typed.Local) bool {
	found := false
	typed.Visit(x, func(e typed.Expr) {
		if r, ok := e.(*typed.LocalRef); ok && r.Local == l {
			found = true
		}
	})
	return found
}

// condInto prints a branch, and those in its answers, as one chain of if and else.
func (b *body) condInto(v string, x *typed.Cond) {
	c := b.expr(x.C)
	then, other := b.inner(), b.inner()
	then.hit(x.A, PointAnswer, x.A.Base().Text)
	then.assign(v, x.A)
	if _, chain := x.B.(*typed.Cond); !chain {
		other.hit(x.B, PointAnswer, x.B.Base().Text)
	}
	other.assign(v, x.B)
	head := jen.If(c).Block(then.code...).Else()
	if _, chain := x.B.(*typed.Cond); chain && len(other.code) == 1 {
		b.add(head.Add(other.code[0]))
		return
	}
	b.add(head.Block(other.code...))
}
