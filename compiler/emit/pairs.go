package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// pairs prints names with texts: flow.Pairs{{Name: "city", Value: "Berlin"}}.
func (b *body) pairs(x *typed.PairsOf) *jen.Statement {
	var list []jen.Code
	for n, e := range x.Elems {
		list = append(list, jen.Values(
			jen.Id("Name").Op(":").Lit(x.Names[n]), jen.Id("Value").Op(":").Add(b.plainText(e))))
	}
	return flowName("Pairs").Values(list...)
}

// plainText is a value as it is sent alone: a number bare, in its own unit.
func (b *body) plainText(x typed.Expr) *jen.Statement {
	t := x.Base().Type
	e := b.typedExpr(x)
	switch t.Kind {
	case types.String:
		return e
	case types.Secret:
		return e.Dot("Reveal").Call()
	}
	return jen.String().Parens(b.g.types.sender(t).Call(jen.Nil(), e))
}
