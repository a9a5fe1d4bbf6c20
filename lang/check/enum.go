package check

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/types"
)

// enumSettings are what an `enum` block may say.
var enumSettings = []string{"values", formerAttr}

// enum reads an `enum` block.
func (c *checker) enum(d *decl) {
	d.state = finished
	a := d.block.Attr("values")
	for _, other := range d.block.Attrs {
		if !contains(enumSettings, other.Name) {
			c.report(c.errUnknownAttr(other, "enum", enumSettings))
		}
	}
	c.noBlocks(d.block, "enum")
	if a == nil {
		if !meant(d.block, "values", enumSettings) {
			c.report(errEnumValues(d))
		}
		return
	}
	list, ok := a.Expr.(*hclsyntax.TupleConsExpr)
	if !ok || len(list.Exprs) == 0 {
		c.report(errEnumValues(d))
		return
	}
	t := &types.Type{Kind: types.Enum, Name: d.name, Origin: types.Origin{Range: d.at, Text: "`" + d.name + "`"}}
	seen := map[string]rangeT{}
	for _, e := range list.Exprs {
		name := hcl.ExprAsKeyword(e)
		if lit, ok := e.(*hclsyntax.LiteralValueExpr); ok {
			name = c.src(lit.SrcRange)
		}
		if name == "" {
			c.report(c.errEnumMember(e.Range()))
			name = c.src(c.unquoted(e.Range()))
		}
		if first, twice := seen[name]; twice {
			c.report(errKeyTwice(name, e.Range(), first))
			continue
		}
		seen[name] = e.Range()
		t.Values = append(t.Values, name)
	}
	if len(t.Values) == 0 {
		return // what is wrong with each of them was told
	}
	t.Former = c.formerMembers(d, t)
	d.typ = t
}

// formerAttr is the setting that tells what members were called before.
const formerAttr = "renamed_from"

// formerMembers reads `renamed_from = { away = "off", eco = ["night", "low"] }`: what was
// kept under a former name is now the member.
func (c *checker) formerMembers(d *decl, t *types.Type) (list []types.Former) {
	a := d.block.Attr(formerAttr)
	if a == nil {
		return nil
	}
	o, ok := a.Expr.(*hclsyntax.ObjectConsExpr)
	if !ok {
		c.report(errFormerForm(a, t))
		return nil
	}
	for _, item := range o.Items {
		now := hcl.ExprAsKeyword(item.KeyExpr)
		if !contains(t.Values, now) {
			c.report(errFormerNow(item.KeyExpr, now, d, t))
			continue
		}
		for _, e := range formerNames(item.ValueExpr) {
			was, ok := quotedText(e)
			switch {
			case !ok:
				c.report(errFormerForm(a, t))
				return nil
			case contains(t.Values, was):
				c.report(errFormerMember(e, was, d))
			case slices.ContainsFunc(list, func(f types.Former) bool { return f.Was == was }):
				c.report(errFormerTwice(e, was))
			default:
				list = append(list, types.Former{Was: was, Now: now})
			}
		}
	}
	return list
}

// formerNames are the expressions of one name, or of several in a list.
func formerNames(e hclsyntax.Expression) []hclsyntax.Expression {
	if list, ok := e.(*hclsyntax.TupleConsExpr); ok {
		return list.Exprs
	}
	return []hclsyntax.Expression{e}
}
