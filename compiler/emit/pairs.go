package emit

import (
	"math"
	"strconv"

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
	if text, ok := constPlain(x); ok {
		return jen.Lit(text)
	}
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

// constPlain is a constant as it is sent alone.
func constPlain(x typed.Expr) (text string, ok bool) {
	c, isConst := x.(*typed.Const)
	if !isConst || c.Type.Form != nil {
		return "", false
	}
	switch v := c.V.(type) {
	case bool:
		return strconv.FormatBool(v), true
	case int64:
		return strconv.FormatInt(v, 10), true
	case float64:
		if a := math.Abs(v); a != 0 && (a < 1e-5 || a >= 1e15) {
			return "", false // the program knows how these are written
		}
		return strconv.FormatFloat(v, 'f', -1, 64), true
	}
	return "", false
}
