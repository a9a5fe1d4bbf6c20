package check

import (
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// caseCall is `command::dim({ level = 40.pct })`: a variant that the flow makes. It
// is nil where the first name is no variant.
func (c *checker) caseCall(k call) typed.Expr {
	first, name, ok := strings.Cut(k.name, "::")
	d := c.lookup(first)
	if !ok || d == nil || d.sort != sortVariant {
		return nil
	}
	r := k.e.Range()
	c.use(d, "", nil)
	t := c.typeOf(d)
	if t.Kind == types.Bad {
		return c.bad(r)
	}
	if _, ok := t.Field(name); !ok {
		c.report(c.errNoCaseMade(k, t, name))
		return c.bad(r)
	}
	data := t.CaseType(name)
	if k.e.ExpandFinal || k.count() > 1 || k.count() == 0 && data.Kind == types.Record {
		c.report(errCaseArgs(k, t, name))
		return c.bad(r)
	}
	x := c.recordOfCase(k, data)
	if isBad(x) {
		return c.bad(r)
	}
	return c.madeCase(r, t, name, x)
}

// recordOfCase is the record that a case is made of.
func (c *checker) recordOfCase(k call, data *types.Type) typed.Expr {
	if k.count() == 0 {
		return c.constOf(k.e.Range(), data, nil)
	}
	if o, ok := k.node(0).(*hclsyntax.ObjectConsExpr); ok && len(o.Items) == 0 && data.Kind == types.Nothing {
		return c.constOf(k.e.Range(), data, nil)
	}
	if data.Kind == types.Nothing {
		c.report(errCaseNothing(k))
		return c.bad(k.e.Range())
	}
	x := k.arg(c, 0, data)
	if isBad(x) {
		return x
	}
	if _, ok := convertible(x.Base().Type, data); !ok {
		c.report(c.errWrongType(x, data, "`"+k.name+"`", data.Origin.Range))
		return c.bad(k.e.Range())
	}
	return c.convert(x, data)
}

// madeCase is a variant of the flow's own making. It is not folded: there are no
// constant variants.
func (c *checker) madeCase(r rangeT, t *types.Type, name string, data typed.Expr) typed.Expr {
	x := &typed.CaseValue{Info: c.info(r, t), Case: name, X: data}
	if !c.join(&x.Info, data) {
		return c.bad(r)
	}
	return x
}

// bareCase is `command.open`: a case that carries nothing. It is nil for all else.
func (c *checker) bareCase(d *decl, e *hclsyntax.ScopeTraversalExpr, rest []hcl.Traverser) typed.Expr {
	t, r := c.typeOf(d), e.Range()
	if t.Kind == types.Bad {
		return c.bad(r)
	}
	name := ""
	if len(rest) == 1 {
		if a, ok := rest[0].(hcl.TraverseAttr); ok {
			name = a.Name
		}
	}
	if _, ok := t.Field(name); !ok {
		return nil
	}
	data := t.CaseType(name)
	if data.Kind == types.Record {
		c.report(errCaseNeedsData(d, t, name, r))
		return c.bad(r)
	}
	return c.madeCase(r, t, name, c.constOf(r, data, nil))
}
