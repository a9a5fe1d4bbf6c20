package check

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// template is `"… ${x} …"`: a text, also where it is one expression alone.
func (c *checker) template(e hclsyntax.Expression, parts []hclsyntax.Expression) typed.Expr {
	x := &typed.Template{Info: c.info(e.Range(), types.TString)}
	ok := true
	for _, node := range parts {
		p := c.templatePart(node)
		if p == nil {
			ok = false
			continue
		}
		x.Parts = append(x.Parts, p)
	}
	if !ok {
		return c.bad(e.Range())
	}
	return c.finish(x, x.Parts...)
}

// templatePart is one part of a template as text, nil if it cannot be.
func (c *checker) templatePart(node hclsyntax.Expression) typed.Expr {
	if lit, ok := node.(*hclsyntax.LiteralValueExpr); ok && lit.Val.Type() == cty.String && !lit.Val.IsNull() {
		return c.constOf(node.Range(), types.TString, lit.Val.AsString())
	}
	x := c.expr(node, nil)
	if isBad(x) {
		return nil
	}
	text := c.asText(x, node.Range())
	if isBad(text) {
		return nil
	}
	return text
}

// templateJoin is `%{ for x in xs }…%{ endfor }`.
func (c *checker) templateJoin(e *hclsyntax.TemplateJoinExpr) typed.Expr {
	list := c.expr(e.Tuple, nil)
	if isBad(list) {
		return c.bad(e.Range())
	}
	if _, ok := convertible(list.Base().Type, types.ListOf(types.TString)); !ok {
		return c.bad(e.Range())
	}
	for _, f := range c.catalog.Function("join") {
		sep := c.constOf(e.Range(), types.TString, "")
		x := &typed.Call{Info: c.info(e.Range(), types.TString), Fn: f, Args: []typed.Expr{list, sep}}
		x.Fallible = f.Fallible
		return c.finish(x, list, sep)
	}
	return c.bad(e.Range())
}
