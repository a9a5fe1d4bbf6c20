package check

import (
	"time"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// markers are the types that say how a value is spelled outside, where that is not
// JSON's own way.
var markers map[string]func(*checker, *hclsyntax.FunctionCallExpr, string) *types.Type

func init() {
	markers = map[string]func(*checker, *hclsyntax.FunctionCallExpr, string) *types.Type{
		"scaled": (*checker).scaledType, "string_as": (*checker).stringAsType,
		"words": (*checker).wordsType, "epoch": (*checker).epochType,
	}
}

// formed is a type with a form.
func formed(t *types.Type, f types.Form) *types.Type {
	c := *t
	c.Form = &f
	return &c
}

// scaledType is `scaled(0.1, pct)`.
func (c *checker) scaledType(e *hclsyntax.FunctionCallExpr, path string) *types.Type {
	if len(e.Args) != 2 {
		c.report(errTypeArgs(e, "scaled(0.1, T)"))
		return types.TBad
	}
	t := c.typeExpr(e.Args[1], path)
	k := c.plain(e.Args[0], types.TNumber)
	if isBad(k) || t.Kind == types.Bad {
		return types.TBad
	}
	factor, ok := constantNumber(k)
	if !ok || factor == 0 {
		c.report(errScale(e))
		return types.TBad
	}
	if t.Kind != types.Number && t.Kind != types.Quantity {
		c.report(errMarkerType(e, e.Args[1].Range(), "a number or a unit"))
		return types.TBad
	}
	return formed(t, types.Form{Kind: types.Scaled, Factor: factor})
}

func constantNumber(x typed.Expr) (float64, bool) {
	k, ok := x.(*typed.Const)
	if !ok {
		return 0, false
	}
	switch v := k.V.(type) {
	case float64:
		return v, true
	case int64:
		return float64(v), true
	}
	return 0, false
}

// stringAsType is `string_as(V)`: a number sent as text.
func (c *checker) stringAsType(e *hclsyntax.FunctionCallExpr, path string) *types.Type {
	if len(e.Args) != 1 {
		c.report(errTypeArgs(e, "string_as(T)"))
		return types.TBad
	}
	t := c.typeExpr(e.Args[0], path)
	switch t.Kind {
	case types.Bad:
		return t
	case types.Int, types.Number, types.Quantity:
		return formed(t, types.Form{Kind: types.StringAs})
	}
	c.report(errMarkerType(e, e.Args[0].Range(), "`int`, `number` or a unit"))
	return types.TBad
}

// epochUnits are what a moment may be counted in.
var epochUnits = map[string]time.Duration{
	"s": time.Second, "ms": time.Millisecond, "us": time.Microsecond,
}

// epochType is `epoch(ms)`.
func (c *checker) epochType(e *hclsyntax.FunctionCallExpr, path string) *types.Type {
	if len(e.Args) == 1 {
		if unit, ok := epochUnits[keyword(e.Args[0])]; ok {
			t := types.TTime.From(types.Origin{Range: e.Range(), Text: "`" + path + "`"})
			return formed(t, types.Form{Kind: types.Epoch, Unit: unit})
		}
	}
	c.report(errTypeArgs(e, "epoch(s)`, `epoch(ms)` or `epoch(us)"))
	return types.TBad
}

func keyword(e hclsyntax.Expression) string {
	if t, ok := e.(*hclsyntax.ScopeTraversalExpr); ok && len(t.Traversal) == 1 {
		return t.Traversal.RootName()
	}
	return ""
}

// wordsType is `words({ on = "ON", off = "OFF" })` for a switch, and `words(mode,
// { eco = "E", … })` for an enumeration.
func (c *checker) wordsType(e *hclsyntax.FunctionCallExpr, path string) *types.Type {
	t := types.TBool.From(types.Origin{Range: e.Range(), Text: "`" + path + "`"})
	members := []string{"off", "on"}
	if len(e.Args) == 2 {
		t = c.typeExpr(e.Args[0], path)
		if t.Kind == types.Bad {
			return t
		}
		members = t.Values
	}
	if len(e.Args) == 0 || len(e.Args) > 2 || t.Kind != types.Bool && t.Kind != types.Enum {
		c.report(errTypeArgs(e, `words({ on = "ON", off = "OFF" })`+"` or `"+`words(T, { … })`))
		return types.TBad
	}
	object, ok := e.Args[len(e.Args)-1].(*hclsyntax.ObjectConsExpr)
	if !ok {
		c.report(errTypeArgs(e, `words({ on = "ON", off = "OFF" })`))
		return types.TBad
	}
	texts := c.wordTexts(e, object, members)
	if texts == nil {
		return types.TBad
	}
	return formed(t, types.Form{Kind: types.Words, Words: texts})
}

// wordTexts are the texts of the members, in their order; nil after a message.
func (c *checker) wordTexts(e *hclsyntax.FunctionCallExpr, object *hclsyntax.ObjectConsExpr, members []string) []string {
	texts := make([]string, len(members))
	at := map[string]rangeT{}
	for _, item := range object.Items {
		name, where := c.objectKey(item.KeyExpr)
		if name == "true" || name == "false" {
			name = map[string]string{"true": "on", "false": "off"}[name]
		}
		i := indexOf(members, name)
		if i < 0 {
			c.report(errWordMember(name, where, members))
			return nil
		}
		text, ok := literalText(item.ValueExpr)
		if !ok {
			c.report(errWordText(item.ValueExpr.Range()))
			return nil
		}
		if first, twice := at[text]; twice {
			c.report(errKeyTwice(text, item.ValueExpr.Range(), first))
			return nil
		}
		at[text] = item.ValueExpr.Range()
		texts[i] = text
	}
	if len(object.Items) != len(members) {
		c.report(errWordsMissing(e, members))
		return nil
	}
	return texts
}

func indexOf(list []string, name string) int {
	for i, s := range list {
		if s == name {
			return i
		}
	}
	return -1
}

func literalText(e hclsyntax.Expression) (string, bool) {
	t, ok := e.(*hclsyntax.TemplateExpr)
	if !ok || !t.IsStringLiteral() {
		return "", false
	}
	return t.Parts[0].(*hclsyntax.LiteralValueExpr).Val.AsString(), true
}
