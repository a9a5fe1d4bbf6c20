package check

import (
	"slices"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/types"
)

// wantedAt is the type that an argument may be written for: an enumeration that
// the parameter names, or that the arguments before it decided about.
func (c *checker) wantedAt(list []callee, n int, before []argument) *types.Type {
	for _, e := range list {
		a := e.arg(n)
		if a == nil || a.Type == nil {
			continue
		}
		if a.Type.Name == "enum" {
			return c.catalogType(a.Type, nil, "")
		}
		if a.Type.Name != "param" {
			continue
		}
		for i, g := range before {
			if p := e.arg(i); p != nil && g.x != nil {
				if t := boundBy(p.Type, a.Type.Ref, g.x.Base().Type); t != nil && (hasMembers(t) || t.Is(types.Date, types.TimeOfDay)) {
					return t
				}
			}
		}
	}
	return nil
}

// boundBy is what a type parameter becomes where p takes an argument of type t,
// nil where p says nothing about it.
func boundBy(p *catalog.Type, param string, t *types.Type) *types.Type {
	switch {
	case p == nil || t == nil:
		return nil
	case p.Name == "param" && p.Ref == param:
		return elemOrSelf(t)
	case p.Name == "optional" || p.Name == "val" || p.Name == "hap":
		return boundBy(p.Elem, param, t)
	case p.Elem != nil && p.Name == "list" && t.Kind == types.List, p.Name == "map" && t.Kind == types.Map:
		return boundBy(p.Elem, param, t.Elem)
	}
	return nil
}

// bareFirst reports whether the type of b must be known to read a: a is a bare
// name that nothing in the flow has, a member of an enumeration perhaps.
func (c *checker) bareFirst(a, b hclsyntax.Expression) bool {
	return c.isBareUnknown(a) && !c.isBareUnknown(b)
}

// hiddenMembers warns of members of enumerations that are also names of the flow:
// where the enumeration is expected the bare name means the member.
func (c *checker) hiddenMembers() {
	for _, d := range c.order {
		if d.sort != sortEnum || d.typ == nil || c.decls[d.name] != d {
			continue
		}
		list, ok := d.block.Attr("values").Expr.(*hclsyntax.TupleConsExpr)
		if !ok {
			continue
		}
		for _, e := range list.Exprs {
			name := c.src(e.Range())
			if other := c.decls[name]; other != nil && other != d && slices.Contains(d.typ.Values, name) {
				c.report(errMemberHides(d, name, e.Range(), other))
			}
		}
	}
}
