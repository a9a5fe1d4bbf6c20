package check

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// variantType reads the cases of a `variant` block: names with records.
func (c *checker) variantType(d *decl) *types.Type {
	t := &types.Type{Kind: types.Variant, Name: d.name, Origin: types.Origin{Range: d.at, Text: "`" + d.name + "`"}}
	for _, a := range d.block.Attrs {
		if extra := c.extraWord(a.Name, a.Expr); extra != types.ExtraUnsaid {
			t.Extra = extra
			continue
		}
		before := len(t.Fields)
		t.Fields = c.addField(t.Fields, a.Name, a.NameRange, a.Expr, d.name)
		if len(t.Fields) == before {
			continue
		}
		f := &t.Fields[before]
		if f.Type.Kind != types.Record && f.Type.Kind != types.Bad {
			c.report(errCaseType(a, f.Type))
		}
		if f.Type.Kind != types.Record {
			f.Type = &types.Type{Kind: types.Record}
			d.failed = true
		}
	}
	for _, b := range d.block.Blocks {
		c.report(c.errUnknownBlock(b, "variant", nil))
	}
	if len(t.Fields) == 0 {
		c.report(errNoCases(d))
	}
	if len(t.Fields) == 0 || d.failed {
		return types.TBad
	}
	if t.Extra == types.ExtraRejected {
		return t.Rejecting()
	}
	return t
}

// taggedType is `tagged("type", command)`: the field that tells the cases apart.
func (c *checker) taggedType(e *hclsyntax.FunctionCallExpr, path string) *types.Type {
	const signature = `tagged("type", command)`
	if len(e.Args) != 2 {
		c.report(errTypeArgs(e, signature))
		return types.TBad
	}
	name, ok := quotedText(e.Args[0])
	if !ok || name == "" {
		c.report(errTypeArgs(e, signature))
		return types.TBad
	}
	t := c.typeExpr(e.Args[1], path)
	if t.Kind == types.Bad {
		return t
	}
	if !isVariant(t) {
		c.report(errNotVariant(e.Args[1].Range(), t))
		return types.TBad
	}
	for _, cs := range t.Fields {
		for _, f := range cs.Type.Fields {
			if f.Wire == name || f.Wire == "" && f.Name == name {
				c.report(errTagTaken(e.Args[0].Range(), name, cs, f))
				return types.TBad
			}
		}
	}
	tagged := t.From(types.Origin{Range: e.Range(), Text: "`" + path + "`"})
	tagged.Tag = name
	return tagged
}

// untagged is a variant inside a type of which nothing says how its cases are told
// apart outside; nil if there is none.
func untagged(t *types.Type) *types.Type {
	switch t.Kind {
	case types.List, types.Map, types.Optional:
		return untagged(t.Elem)
	case types.Variant:
		if t.Tag == "" {
			return t
		}
	case types.Record:
	default:
		return nil
	}
	for _, f := range t.Fields {
		if u := untagged(f.Type); u != nil {
			return u
		}
	}
	return nil
}

// portKey is one case of what a path reads.
type portKey struct{ path, name string }

// caseStream is the stream of one case of a variant that happens: `commands.dim`. There
// is one for each case, however often it is written.
type caseStream struct {
	eq   *typed.Equation
	read *typed.Wire
	// used says that something follows it, and does not only ignore it.
	used bool
}

// caseOf is `.dim` of a variant: the data of the case where it is known to be that,
// else the stream of those that are.
func (c *checker) caseOf(x typed.Expr, name string, r rangeT) typed.Expr {
	b := x.Base()
	switch known := c.knownCase(x); {
	case known == name:
		return c.caseData(x, name, r)
	case known != "":
		c.report(c.errOtherCase(x, name, known, r))
		return c.bad(r)
	case !b.Shape.Happens():
		c.report(c.errWhichCase(x, name, r))
		return c.bad(r)
	}
	return c.caseData(c.casePort(x, name, r), name, r)
}

// caseData reads the data of a variant that is known to be a case.
func (c *checker) caseData(x typed.Expr, name string, r rangeT) typed.Expr {
	if isBad(x) {
		return x
	}
	t := x.Base().Type.CaseType(name)
	out := &typed.CaseOf{Info: c.info(r, t), X: x, Case: name}
	return c.finish(out, x)
}

// caseField is a field of the case that a variant is known to be, nil where there
// is none.
func (c *checker) caseField(x typed.Expr, name string, r rangeT) typed.Expr {
	known := c.knownCase(x)
	if known == "" {
		return nil
	}
	f, ok := x.Base().Type.CaseType(known).Field(name)
	if !ok {
		return nil
	}
	return c.field(c.caseData(x, known, x.Base().Range), f, r)
}

// casePort finds or makes the stream of one case.
func (c *checker) casePort(x typed.Expr, name string, r rangeT) typed.Expr {
	c.readAsCase(x, name)
	key := portKey{pathOf(x), name}
	if p := c.ports[key]; p != nil && key.path != "" {
		p.used = p.used || !c.ignoring
		return c.aliased(p.read, r)
	}
	if c.guessing == 0 {
		x = c.named(x)
	}
	where := &typed.Where{Info: c.info(r, x.Base().Type), X: x}
	where.If = c.finish(&typed.IsCase{Info: c.info(r, types.TBool), X: x, Case: name}, x)
	if !c.whereShape(where) {
		return c.bad(r)
	}
	if c.guessing > 0 {
		return where
	}
	p := c.newPort(x, where, name, r)
	p.used = !c.ignoring
	if key.path != "" {
		if c.ports == nil {
			c.ports = map[portKey]*caseStream{}
		}
		c.ports[key] = p
	}
	return c.aliased(p.read, r)
}

// newPort makes the equation of a stream. It is named after what it is a part of,
// and stands behind it.
func (c *checker) newPort(x typed.Expr, where *typed.Where, name string, r rangeT) *caseStream {
	eq := &typed.Equation{X: where, Pos: pos(r)}
	p := &caseStream{eq: eq, read: &typed.Wire{Info: where.Info, Eq: eq}}
	p.read.Fallible = false
	root := c.scope.by
	if path := pathOf(x); plainPath(path) {
		eq.Name = path + "." + name
		first, _, _ := strings.Cut(path, ".")
		if d := c.lookup(first); d != nil {
			root = d
		}
	} else {
		eq.Name = c.hiddenName(root.name + "_" + name)
	}
	where.Source.Name = eq.Name
	root.ports = append(root.ports, p)
	return p
}

// plainPath reports whether a path is made of names alone: no keys, no elements.
func plainPath(path string) bool {
	return path != "" && strings.Trim(path, "abcdefghijklmnopqrstuvwxyz0123456789_.") == ""
}

// hiddenName is a name that nothing in the flow has.
func (c *checker) hiddenName(name string) string {
	for c.decls[name] != nil || c.taken[name] {
		name += "_i"
	}
	if c.taken == nil {
		c.taken = map[string]bool{}
	}
	c.taken[name] = true
	return name
}

// readAsCase remembers that what a wire reads is looked at case by case.
func (c *checker) readAsCase(x typed.Expr, name string) {
	if w, ok := x.(*typed.Wire); ok && c.guessing == 0 {
		if c.cases == nil {
			c.cases, c.ignored = map[*typed.Wire]string{}, map[*typed.Wire]bool{}
		}
		c.cases[w] = name
		if c.ignoring {
			c.ignored[w] = true
		}
	}
}

// unfollowed warns of cases that go nowhere: as soon as one case of a stream is
// followed by itself, the others must be too, or be ignored.
func (c *checker) unfollowed() {
	for _, d := range c.order {
		t, first := d.payloadType(), (*typed.Wire)(nil)
		if t == nil || !isVariant(t) {
			continue
		}
		seen := map[string]bool{}
		whole := false
		for _, r := range c.refs {
			w, ok := r.x.(*typed.Wire)
			if r.to != d || r.output != "" || !ok {
				continue
			}
			if name := c.cases[w]; name != "" {
				seen[name] = true
				if first == nil && !c.ignored[w] {
					first = w
				}
			} else {
				whole = true
			}
		}
		if first == nil || whole {
			continue
		}
		left := slices.DeleteFunc(t.Cases(), func(name string) bool { return seen[name] })
		if len(left) > 0 {
			c.report(c.errCaseNowhere(d, t, left, first))
		}
	}
}

// payloadType is the type of what a declaration is as a whole, nil if it is
// nothing that flows.
func (d *decl) payloadType() *types.Type {
	switch {
	case d.sort == sortThing:
		return d.self
	case d.isEquation() && d.x != nil:
		return d.x.Base().Type
	}
	return nil
}

// ignore is `ignore(commands.scene)`: it says that something goes nowhere on
// purpose.
func (c *checker) ignore(k call) typed.Expr {
	r := k.e.Range()
	if k.count() == 0 {
		c.report(errFormCount(k, 1, "ignore(e, …)"))
		return c.bad(r)
	}
	saved := c.ignoring
	c.ignoring = true
	for n := range k.count() {
		k.arg(c, n, nil)
	}
	c.ignoring = saved
	return c.constOf(r, types.TNothing, nil)
}

// ignores reports whether an equation only says what is ignored.
func ignores(d *decl) bool {
	e, ok := unwrapped(d.attr.Expr).(*hclsyntax.FunctionCallExpr)
	return ok && e.Name == "ignore"
}

// captured reports whether a name is a part of the key of a wire.
func (c *checker) captured(x typed.Expr, name string) bool {
	k := x.Base().Key
	return k.Keyed() && slices.Contains(strings.Split(k.Names, ","), name)
}

// portEquations are the streams of cases that something follows.
func (d *decl) portEquations() []*typed.Equation {
	var list []*typed.Equation
	for _, p := range d.ports {
		if p.used {
			list = append(list, p.eq)
		}
	}
	return list
}

// caseOrField is `.name` of a variant: a case, or a field of the case that it is
// known to be; nil where it is neither.
func (c *checker) caseOrField(x typed.Expr, s hcl.TraverseAttr, r rangeT) typed.Expr {
	t := x.Base().Type
	known := c.knownCase(x)
	if known != s.Name {
		if f := c.caseField(x, s.Name, r); f != nil {
			return f
		}
	}
	if _, ok := t.Field(s.Name); ok {
		return c.caseOf(x, s.Name, r)
	}
	var having []string
	for _, cs := range t.Fields {
		if _, ok := cs.Type.Field(s.Name); ok {
			having = append(having, cs.Name)
		}
	}
	if len(having) == 0 && s.Name == "time" && x.Base().Shape.Happens() || c.captured(x, s.Name) {
		return nil
	}
	if len(having) == 0 {
		c.report(c.errNoCase(x, s))
		return c.bad(r)
	}
	c.report(c.errCaseFieldBare(x, s.Name, having, stepRange(s)))
	return c.bad(r)
}
