package check

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// traversal is a name with what is read of it: `soil.moisture`, `soil["x"]`.
func (c *checker) traversal(e *hclsyntax.ScopeTraversalExpr, want *types.Type) typed.Expr {
	root := e.Traversal.RootName()
	rest := e.Traversal[1:]
	at := e.Traversal[0].SourceRange()
	if x := c.memberOf(want, root, rest, at); x != nil {
		return x
	}
	if l := c.scope.locals.find(root); l != nil {
		return c.access(c.localRef(l, at), rest, e.Range())
	}
	switch root {
	case "on", "off":
		return c.access(c.constOf(at, types.TBool, root == "on"), rest, e.Range())
	case "sun":
		return c.sun(e, at, rest)
	case "faults":
		return c.access(c.faultsOf(nil, at), rest, e.Range())
	}
	d := c.lookup(root)
	if d == nil {
		f := c.errUnknownName(e, root, at, want)
		if len(c.enumsWith(e)) > 0 && c.whole != nil {
			c.whole.members = append(c.whole.members, f)
		}
		c.report(f)
		return c.bad(e.Range())
	}
	return c.declared(d, e, at, rest)
}

// memberOf is a bare member where an enumeration is wanted.
func (c *checker) memberOf(want *types.Type, name string, rest []hcl.Traverser, at rangeT) typed.Expr {
	if want != nil && want.Kind == types.Optional {
		want = want.Elem
	}
	if want == nil || want.Kind != types.Enum || len(rest) > 0 || !slices.Contains(want.Values, name) {
		return nil
	}
	return c.constOf(at, want, name)
}

func (c *checker) localRef(l *local, at rangeT) typed.Expr {
	if l.step != nil {
		return c.localOf(l.step, at)
	}
	if l.x != nil {
		return c.aliased(l.x, at)
	}
	i := c.info(at, l.v.Type)
	return &typed.LocalRef{Info: i, Local: l.v}
}

// aliased is a wire or constant as seen from another place.
func (c *checker) aliased(x typed.Expr, at rangeT) typed.Expr {
	i := *x.Base()
	i.Pos, i.Range, i.Text = pos(at), at, c.text(at)
	switch x := x.(type) {
	case *typed.Wire:
		w := *x
		w.Info = i
		return &w
	case *typed.Const:
		k := *x
		k.Info = i
		return &k
	case *typed.SettingRef:
		s := *x
		s.Info = i
		return &s
	}
	return x
}

// declared is a reference to a declaration of the flow.
func (c *checker) declared(d *decl, e *hclsyntax.ScopeTraversalExpr, at rangeT, rest []hcl.Traverser) typed.Expr {
	if c.outside(d, at) {
		return c.bad(e.Range())
	}
	switch d.sort {
	case sortEquation, sortState:
		x := c.equationRef(d, at)
		c.use(d, "", x)
		if asksFaults(rest) && !hasField(x.Base().Type, "faults") {
			return c.access(c.faultsOf(d, hcl.RangeBetween(at, rest[0].(hcl.TraverseAttr).SrcRange)), rest[1:], e.Range())
		}
		return c.access(x, rest, e.Range())
	case sortThing:
		return c.thingRef(d, e, at, rest)
	case sortInstance:
		return c.instanceRef(d, at, rest, e.Range())
	case sortSetting:
		c.use(d, "", nil)
		return c.access(c.settingRef(d, at), rest, e.Range())
	case sortEnum:
		c.use(d, "", nil)
		return c.qualified(d, e, rest)
	case sortVariant:
		c.use(d, "", nil)
		if x := c.bareCase(d, e, rest); x != nil {
			return x
		}
	}
	if d.sort == sortSequence {
		return c.sequenceRef(d, e, at, rest)
	}
	if d.sort == sortInterlock {
		c.use(d, "", nil)
		c.report(errInterlockAsValue(d, e.Range()))
		return c.bad(e.Range())
	}
	c.report(c.errTypeAsValue(d, e.Range()))
	return c.bad(e.Range())
}

// use remembers that the declaration being checked refers to another.
func (c *checker) use(to *decl, output string, x typed.Expr) {
	if c.guessing > 0 {
		return
	}
	c.refs = append(c.refs, ref{by: c.scope.by, to: to, output: output, x: x})
}

// qualified is `mode.eco`.
func (c *checker) qualified(d *decl, e *hclsyntax.ScopeTraversalExpr, rest []hcl.Traverser) typed.Expr {
	if d.typ == nil {
		return c.bad(e.Range())
	}
	if len(rest) == 1 {
		if a, ok := rest[0].(hcl.TraverseAttr); ok {
			if slices.Contains(d.typ.Values, a.Name) {
				return c.constOf(e.Range(), d.typ, a.Name)
			}
			c.report(errNoMember(d.typ, a.Name, stepRange(a), d.at))
			return c.bad(e.Range())
		}
	}
	c.report(c.errTypeAsValue(d, e.Range()))
	return c.bad(e.Range())
}

// thingRef is a thing or one of its outputs.
func (c *checker) thingRef(d *decl, e *hclsyntax.ScopeTraversalExpr, at rangeT, rest []hcl.Traverser) typed.Expr {
	if c.thing(d); d.thing == nil {
		c.use(d, "", nil)
		return c.bad(e.Range())
	}
	self := fieldOfRole(d.kind, catalog.RoleSelf)
	if len(rest) > 0 {
		if a, ok := rest[0].(hcl.TraverseAttr); ok {
			if x := c.outputOf(d, a, at); x != nil {
				return c.access(x, rest[1:], e.Range())
			}
			if self == nil {
				c.use(d, "", nil)
				c.report(c.errNoOutput(d, a))
				return c.bad(e.Range())
			}
		}
	}
	if self == nil {
		c.use(d, "", nil)
		c.report(c.errWhichOutput(d, e.Range()))
		return c.bad(e.Range())
	}
	if d.self == nil || d.self.Kind == types.Bad {
		c.use(d, "", nil)
		return c.bad(e.Range())
	}
	w := &typed.Wire{Info: c.info(at, d.self), Thing: d.thing}
	w.Shape = d.thing.Self
	if len(d.thing.Captures) > 0 {
		w.Key = d.thing.Key // what answers the questions of each key is still one thing
	}
	w.Source = c.sourceFor(d, "")
	c.use(d, "", w)
	return c.access(w, rest, e.Range())
}

// outputOf is the output of a thing that a step names, or nil.
func (c *checker) outputOf(d *decl, a hcl.TraverseAttr, root rangeT) typed.Expr {
	f := outputField(d.kind, a.Name)
	if f == nil && a.Name == "faults" && (d.self == nil || !hasField(d.self, "faults")) {
		c.use(d, "", nil)
		return c.faultsOf(d, hcl.RangeBetween(root, a.SrcRange))
	}
	if f == nil {
		return nil
	}
	r := hcl.RangeBetween(root, a.SrcRange)
	if needs := f.Tags["needs"]; needs != "" && d.block.Attr(needs) == nil {
		c.use(d, a.Name, nil)
		c.report(c.errNeedsSetting(d, settingField(d.kind, needs), r, "`"+d.name+"."+a.Name+"`"))
		return c.bad(r)
	}
	t := c.catalogType(f.Type, d.bind(), f.Tags["unit"])
	t = t.From(types.Origin{Range: d.at, Text: "`" + d.name + "." + a.Name + "`"})
	w := &typed.Wire{Info: c.info(r, t), Thing: d.thing, Output: a.Name}
	switch f.Role {
	case catalog.RoleEvent:
		w.Shape = types.Event
	case catalog.RoleReading:
		w.Shape = types.Reading
	default:
		w.Shape = types.Value
	}
	if len(d.thing.Captures) > 0 {
		w.Key = d.thing.Key // a sink that repeats for each key is still one thing
	}
	if w.Shape.Happens() {
		w.Source = c.sourceFor(d, a.Name)
	}
	c.use(d, a.Name, w)
	return w
}

// outputField is the field of a kind that can be read under a name, or nil.
func outputField(k *catalog.Kind, name string) *catalog.Field {
	for _, f := range k.Fields {
		if f.Name == name && isOutput(f) {
			return f
		}
	}
	return nil
}

func isOutput(f *catalog.Field) bool {
	switch f.Role {
	case catalog.RoleEvent, catalog.RoleValue, catalog.RoleReading, catalog.RoleDrive:
		return true
	}
	return false
}

func fieldOfRole(k *catalog.Kind, role catalog.Role) *catalog.Field {
	for _, f := range k.Fields {
		if f.Role == role {
			return f
		}
	}
	return nil
}

// sourceFor is the source of what happens at an output.
func (c *checker) sourceFor(d *decl, name string) *types.Source {
	o := output{d, name}
	if s := c.sourceOf[o]; s != nil {
		return s
	}
	s := &types.Source{Name: d.name}
	if name != "" {
		s.Name += "." + name
	}
	c.sourceOf[o] = s
	return s
}
