package check

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// forExpr is `[for x in xs : …]` or `{for k, v in m : k => v}`.
func (c *checker) forExpr(e *hclsyntax.ForExpr, want *types.Type) typed.Expr {
	r := e.Range()
	in := c.collection(e.CollExpr)
	if isBad(in) {
		return c.bad(r)
	}
	x := &typed.For{In: in, Group: e.Group}
	t := in.Base().Type
	x.Var = &typed.Local{Name: e.ValVar, Type: t.Elem}
	s := c.scope
	s.repeated = true
	s.locals = &local{name: e.ValVar, v: x.Var, next: s.locals}
	if e.KeyVar != "" {
		x.KeyVar = &typed.Local{Name: e.KeyVar, Type: types.TInt}
		if t.Kind == types.Map {
			x.KeyVar.Type = types.TString
		}
		s.locals = &local{name: e.KeyVar, v: x.KeyVar, next: s.locals}
	}
	if e.CondExpr != nil {
		x.If = c.with(s, func() typed.Expr { return c.condition(e.CondExpr, "after `if`") })
		if isBad(x.If) {
			return c.bad(r)
		}
		s.facts = s.facts.and(holds(x.If, true))
	}
	if e.KeyExpr != nil {
		x.MapKey = c.with(s, func() typed.Expr { return c.plain(e.KeyExpr, types.TString) })
		if !isBad(x.MapKey) && x.MapKey.Base().Type.Kind != types.String {
			c.report(errMapKey(x.MapKey))
			return c.bad(r)
		}
	}
	x.Body = c.with(s, func() typed.Expr { return c.expr(e.ValExpr, bodyWanted(want)) })
	if isBad(x.Body) || x.MapKey != nil && isBad(x.MapKey) {
		return c.bad(r)
	}
	x.Info = c.info(r, forType(x))
	if x.MapKey != nil && !x.Group {
		x.Fallible = true // two entries of one key
	}
	return c.finish(x, typed.Operands(x)...)
}

func bodyWanted(want *types.Type) *types.Type {
	if want != nil && (want.Kind == types.List || want.Kind == types.Map) {
		return want.Elem
	}
	return nil
}

func forType(x *typed.For) *types.Type {
	body := x.Body.Base().Type
	switch {
	case x.MapKey == nil:
		return types.ListOf(body)
	case x.Group:
		return types.MapOf(types.ListOf(body))
	}
	return types.MapOf(body)
}

// collection types what a for expression runs over: a list, or a map. A constant
// record of equal fields counts as a map.
func (c *checker) collection(e hclsyntax.Expression) typed.Expr {
	x := c.plain(e, nil)
	if isBad(x) {
		return x
	}
	t := x.Base().Type
	if t.Kind == types.List && t.Elem.Kind != types.Null || t.Kind == types.Map {
		return x
	}
	if writtenOut(x) {
		if m := c.asMap(x); m != nil {
			return m
		}
	}
	c.report(c.errNotList(x))
	return c.bad(e.Range())
}

// splat is `xs[*].name`.
func (c *checker) splat(e *hclsyntax.SplatExpr) typed.Expr {
	in := c.collection(e.Source)
	if isBad(in) {
		return c.bad(e.Range())
	}
	v := &typed.Local{Name: "item", Type: in.Base().Type.Elem}
	s := c.scope
	s.repeated = true
	if c.symbols == nil {
		c.symbols = map[*hclsyntax.AnonSymbolExpr]*typed.Local{}
	}
	c.symbols[e.Item] = v
	body := c.with(s, func() typed.Expr { return c.expr(e.Each, nil) })
	if isBad(body) {
		return c.bad(e.Range())
	}
	x := &typed.For{Info: c.info(e.Range(), types.ListOf(body.Base().Type)), Var: v, In: in, Body: body}
	return c.finish(x, in, body)
}

// anonymous is the element inside a splat.
func (c *checker) anonymous(e *hclsyntax.AnonSymbolExpr) typed.Expr {
	v := c.symbols[e]
	if v == nil {
		return c.bad(e.Range())
	}
	return &typed.LocalRef{Info: c.info(e.Range(), v.Type), Local: v}
}

// fieldsType is the one type of all fields of a record, nil if there is none.
func fieldsType(t *types.Type) *types.Type {
	if len(t.Fields) == 0 {
		return nil
	}
	elem := t.Fields[0].Type
	for _, f := range t.Fields[1:] {
		if elem = unifyTypes(elem, f.Type); elem == nil {
			return nil
		}
	}
	return elem
}
