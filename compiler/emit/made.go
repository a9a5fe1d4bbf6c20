package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// made prints what the flow makes: maps, variants, failures, and what only the
// running program knows.
func (b *body) made(x typed.Expr) *jen.Statement {
	switch x := x.(type) {
	case *typed.MapOf:
		return b.mapOf(x)
	case *typed.CaseValue:
		return b.caseValue(x)
	case *typed.Fail:
		t := b.g.types.goType(x.Type)
		return b.checked(of(jen.Qual(fnPath, "Fail"), t).Call(b.given(x.Why)))
	case *typed.Moment:
		return p("Time")
	case *typed.Chance:
		return p("chance").Dot("UUID").Call()
	}
	return jen.Nil()
}

// mapOf is map[string]T{"a": x}, an entry a line, in the flow's order.
func (b *body) mapOf(x *typed.MapOf) *jen.Statement {
	values := b.exprs(x.Elems)
	return b.g.types.goType(x.Type).CustomFunc(multiline, func(g *jen.Group) {
		for n, k := range x.Keys {
			g.Lit(k).Op(":").Add(values[n])
		}
	})
}

// caseValue is command{is: "dim", Dim: commandDim{Level: 40}}.
func (b *body) caseValue(x *typed.CaseValue) *jen.Statement {
	values := []jen.Code{jen.Id(caseField).Op(":").Lit(x.Case)}
	if x.X.Base().Type.Kind == types.Record && len(x.X.Base().Type.Fields) > 0 {
		values = append(values, jen.Id(exportedField(x.Case)).Op(":").Add(b.typedExpr(x.X)))
	}
	return b.g.types.goType(x.Type).Values(values...)
}
