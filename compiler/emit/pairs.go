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
		name := jen.Id("Name").Op(":").Lit(x.Names[n])
		switch {
		case x.Typed && e.Base().Type.Kind == types.Optional:
			list = append(list, b.maybePair(x.Names[n], e))
		case x.Typed:
			list = append(list, jen.Values(append([]jen.Code{name, jen.Id("Value").Op(":").Add(b.plainText(e))}, pairAs(e.Base().Type)...)...))
		default:
			list = append(list, jen.Values(name, jen.Id("Value").Op(":").Add(b.plainText(e))))
		}
	}
	if b.roomy || b.step == nil {
		return listOf(flowName("Pairs"), list)
	}
	return flowName("Pairs").Values(list...)
}

// maybePair prints flow.MaybePair("note", probe.Note.OK, probe.Note.V, flow.AsText): what
// is missing has no text.
func (b *body) maybePair(name string, x typed.Expr) *jen.Statement {
	e := b.typedExpr(x)
	t := x.Base().Type.Elem
	value := e.Clone().Dot("V")
	if t.Kind != types.String {
		value = jen.String().Parens(b.g.types.sender(t).Call(jen.Nil(), value))
	}
	as := pairSort(t)
	if as == "" {
		as = "AsText"
	}
	return flowName("MaybePair").Call(jen.Lit(name), e.Clone().Dot("OK"), value, flowName(as))
}

// pairAs prints As: flow.AsNumber, nothing for a text.
func pairAs(t *types.Type) []jen.Code {
	if name := pairSort(t); name != "" {
		return []jen.Code{jen.Id("As").Op(":").Add(flowName(name))}
	}
	return nil
}

func pairSort(t *types.Type) string {
	switch t.Kind {
	case types.Int:
		return "AsInt"
	case types.Number, types.Quantity, types.Duration:
		return "AsNumber"
	case types.Bool:
		return "AsBool"
	}
	return ""
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
