package check

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// neverEntered warns of members that a state never has: of an enumeration that only this
// state has, and of those that the flow asks it for.
func (c *checker) neverEntered() {
	if c.found.HasErrors() {
		return
	}
	asked := c.askedMembers()
	for _, d := range c.order {
		x, ok := d.x.(*typed.State)
		if !ok || !x.Type.Is(types.Enum, types.Bool) || len(x.Rows) == 0 {
			continue
		}
		shared := x.Type.Kind == types.Enum && c.sharedEnum(d, x.Type)
		have := entered(bounds{c: c}, x)
		for _, m := range membersOf(x.Type) {
			if slices.Contains(have, m) {
				continue
			}
			if at, asks := asked[d][m]; asks || !shared {
				c.report(errNeverEntered(d, m, at, c.memberRange(x.Type, m)))
			}
		}
	}
}

func membersOf(t *types.Type) []string {
	if t.Kind == types.Bool {
		return []string{"on", "off"}
	}
	return t.Values
}

// entered are the members that a state can have: where it starts, and what its rows make
// of those.
func entered(b bounds, x *typed.State) (have []string) {
	start, ok := constant(x.Start)
	if !ok {
		return membersOf(x.Type)
	}
	have = constDomain(start).members
	old := pathOf(&typed.LocalRef{Local: x.Old})
	for before := 0; before < len(have); {
		before = len(have)
		known := knowledge{old: domain{lo: anything().lo, hi: anything().hi, members: have}}
		for _, r := range x.Rows {
			next := b.becomes(r.Next, known)
			if next == nil {
				return membersOf(x.Type)
			}
			for _, m := range next {
				if !slices.Contains(have, m) {
					have = append(slices.Clone(have), m)
				}
			}
		}
	}
	return have
}

// becomes are the members that an expression can give; nil where that is not known.
func (b bounds) becomes(x typed.Expr, k knowledge) []string {
	either := func(lists ...[]string) (all []string) {
		for _, list := range lists {
			if list == nil {
				return nil
			}
			all = append(all, list...)
		}
		return all
	}
	switch x := x.(type) {
	case *typed.Cond:
		is, not := b.facts(x.C, true, k), b.facts(x.C, false, k)
		return either(b.becomes(x.A, k.and(is)), b.becomes(x.B, k.and(not)))
	case *typed.Match:
		return b.armsBecome(x, k)
	case *typed.Unary:
		var turned []string
		for _, m := range b.becomes(x.X, k) {
			turned = append(turned, onOff(m == "off"))
		}
		return turned
	case *typed.Try:
		return either(b.becomes(x.X, k), b.becomes(x.D, k))
	case *typed.Default:
		return either(b.becomes(x.X, k), b.becomes(x.D, k))
	}
	return b.of(x, k).members
}

// armsBecome are the members that a match can give, each arm knowing what was matched.
func (b bounds) armsBecome(x *typed.Match, k knowledge) []string {
	all := []string{}
	path := pathOf(x.X)
	can := b.of(x.X, k).members
	for _, a := range x.Arms {
		if can != nil && !slices.Contains(can, a.Member) {
			continue
		}
		inside := k
		if path != "" {
			inside = k.and(knowledge{path: domain{lo: anything().lo, hi: anything().hi, members: []string{a.Member}}})
		}
		list := b.becomes(a.Body, inside)
		if list == nil {
			return nil
		}
		all = append(all, list...)
	}
	if x.Else != nil {
		list := b.becomes(x.Else, k)
		if list == nil {
			return nil
		}
		all = append(all, list...)
	}
	return all
}

// sharedEnum reports whether something besides a state has the enumeration: then a member
// that this state never has may still be one of the others'.
func (c *checker) sharedEnum(state *decl, t *types.Type) bool {
	for _, d := range c.order {
		switch {
		case d == state || d.sort == sortEnum:
		case d.sort == sortState && d.x != nil && !isBad(d.x) && mentionsEnum(d.x.Base().Type, t):
			return true
		case d.thing != nil && (mentionsEnum(d.thing.Param, t) || mentionsEnum(d.self, t)):
			return true
		case d.setting != nil && mentionsEnum(d.setting.Type, t), d.typ != nil && mentionsEnum(d.typ, t):
			return true
		}
	}
	return slices.ContainsFunc(c.functionOrder, func(d *decl) bool {
		return slices.ContainsFunc(d.function.params, func(p param) bool { return mentionsEnum(p.field.Type, t) })
	})
}

// mentionsEnum reports whether an enumeration is in a type.
func mentionsEnum(t, enum *types.Type) bool {
	if t == nil {
		return false
	}
	if t.Kind == types.Enum {
		return t.Name == enum.Name
	}
	return mentionsEnum(t.Elem, enum) || slices.ContainsFunc(t.Fields, func(f types.Field) bool { return mentionsEnum(f.Type, enum) })
}

// askedMembers are the places where a state is compared with a member.
func (c *checker) askedMembers() map[*decl]map[string]rangeT {
	asked := map[*decl]map[string]rangeT{}
	states := map[*typed.Equation]*decl{}
	for _, d := range c.order {
		if _, ok := d.x.(*typed.State); ok {
			states[d.eq] = d
		}
	}
	c.everyExpression(func(x typed.Expr) {
		e, ok := x.(*typed.Binary)
		if !ok || e.Op != "==" && e.Op != "!=" {
			return
		}
		for _, side := range [][2]typed.Expr{{e.L, e.R}, {e.R, e.L}} {
			w, isWire := side[0].(*typed.Wire)
			k, isConst := constant(side[1])
			if !isWire || !isConst || w.Eq == nil || states[w.Eq] == nil {
				continue
			}
			if m, ok := k.V.(string); ok {
				d := states[w.Eq]
				if asked[d] == nil {
					asked[d] = map[string]rangeT{}
				}
				asked[d][m] = e.Range
			}
		}
	})
	return asked
}

// memberRange is where an enumeration of the flow lists a member.
func (c *checker) memberRange(t *types.Type, member string) rangeT {
	for _, d := range c.order {
		if d.sort != sortEnum || d.typ == nil || d.typ.Name != t.Name || d.block.Attr("values") == nil {
			continue
		}
		list, ok := d.block.Attr("values").Expr.(*hclsyntax.TupleConsExpr)
		if !ok {
			continue
		}
		for _, e := range list.Exprs {
			if hcl.ExprAsKeyword(e) == member {
				return e.Range()
			}
		}
	}
	return rangeT{}
}
