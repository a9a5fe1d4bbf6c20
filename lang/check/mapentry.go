package check

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
)

// saidAt is where a setting's value was written down: what stands in a component is
// the same for all instances, so a name is followed out to the block of the instance,
// and `each.pin` to the entry of the map.
func (c *checker) saidAt(d *decl, x *typed.Const) *typed.Const {
	if d.inside == nil || d.block == nil {
		return x
	}
	for _, a := range d.block.Attrs {
		if within(x.Range, a.Expr.Range()) {
			k := *x
			k.Range = c.saidIn(d, a.Expr, x.Range)
			return &k
		}
	}
	return x
}

// saidIn follows an expression that is one name; r is where it was found so far.
func (c *checker) saidIn(d *decl, e hclsyntax.Expression, r rangeT) rangeT {
	t, ok := traversalOf(e)
	if !ok {
		return r
	}
	root := t.RootName()
	if d.locals != nil && root == "each" {
		return c.entryOf(d, t, e.Range())
	}
	to := c.means(d, root)
	if to == nil || to.attr == nil || len(t) > 1 {
		return e.Range()
	}
	return c.saidIn(to, to.attr.Expr, to.attr.Expr.Range())
}

// entryOf is the place of `each.pin` in the map that `for_each` names.
func (c *checker) entryOf(d *decl, t hcl.Traversal, r rangeT) rangeT {
	key := d.locals.find("each_key")
	in := d.maker
	if key == nil || key.x == nil || in == nil {
		return r
	}
	each := in.block.Attr("for_each")
	if each == nil {
		return r
	}
	e := each.Expr
	if to := c.means(in, keyword(e)); to != nil && to.attr != nil {
		e = to.attr.Expr
	}
	names := []string{key.x.(*typed.Const).V.(string)}
	for _, step := range t[1:] {
		if a, ok := step.(hcl.TraverseAttr); ok {
			names = append(names, a.Name)
		}
	}
	for _, name := range names {
		o, ok := e.(*hclsyntax.ObjectConsExpr)
		if !ok {
			break
		}
		found := false
		for _, item := range o.Items {
			if key, _ := c.objectKey(item.KeyExpr); key == name {
				e, found = item.ValueExpr, true
			}
		}
		if !found {
			break
		}
	}
	return e.Range()
}
