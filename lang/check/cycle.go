package check

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/syntax"
)

// port is what depends on others at one instant: an equation, a setting, the input
// that decides a thing's output, or (input "") how a thing is declared.
type port struct {
	d     *decl
	input string
}

// hop is one port depending on another: attr is the attribute that says so, at
// where it names the other.
type hop struct {
	from, to port
	attr     *syntax.Attr
	at       hcl.Range
}

// circles reports each circle that nothing in it breaks. It works on what is
// written, since the types of a circle may not be known.
func (c *checker) circles() {
	g := &dependence{c: c, used: c.usedBy(), hops: map[port][]hop{}}
	for _, d := range c.order {
		g.declaration(d)
	}
	for _, group := range g.groups() {
		d := c.errCircle(g.shortest(group))
		c.dropShapes(d.Subject.Range)
		c.report(d)
	}
	c.untyped()
}

// dropShapes forgets what was said of the shape of a reference that closes a circle:
// what it is, was only guessed.
func (c *checker) dropShapes(at hcl.Range) {
	c.found = slices.DeleteFunc(c.found, func(f *diag.Diagnostic) bool {
		return strings.HasPrefix(f.Code, "E050") && f.Subject.Range == at
	})
}

// untyped reports a circle that is legal, but in which nothing says what goes
// round: all other equations without a type have an error, which was told.
func (c *checker) untyped() {
	if c.found.HasErrors() || c.unknown {
		return
	}
	for _, d := range c.order {
		if d.isEquation() && d.x != nil && isBad(d.x) {
			c.report(errUntypedCircle(d))
			return
		}
	}
}

// pair says that one declaration refers to another.
type pair struct{ by, to *decl }

func (c *checker) usedBy() map[pair]bool {
	used := map[pair]bool{}
	for _, r := range c.refs {
		used[pair{r.by, r.to}] = true
	}
	return used
}

// dependence is the graph of ports.
type dependence struct {
	c     *checker
	used  map[pair]bool
	order []port
	hops  map[port][]hop
}

func (g *dependence) declaration(d *decl) {
	switch {
	case d.gather != nil:
		g.gather(d)
	case d.sort == sortEquation:
		g.add(port{d: d}, d.attr)
	case d.sort == sortState:
		g.state(d)
	case d.sort == sortSequence:
		g.sequence(d)
	case d.sort == sortSetting:
		g.add(port{d: d}, d.block.Attrs...)
	case d.sort == sortThing && d.kind != nil:
		g.thing(d)
	}
}

// gather adds that an output of all instances follows that of each.
func (g *dependence) gather(d *decl) {
	p := port{d: d}
	g.add(p)
	for _, out := range d.gather.outputs {
		g.hops[p] = append(g.hops[p], hop{from: p, to: port{d: out}, attr: out.attr, at: out.at})
	}
}

// thing adds what a thing's declaration needs to be known, and what decides its
// outputs. All other outputs belong to later instants.
func (g *dependence) thing(d *decl) {
	for _, a := range d.block.Attrs {
		f := settingField(d.kind, a.Name)
		if f == nil {
			continue
		}
		switch f.Role {
		case catalog.RoleDrive:
			g.add(port{d, a.Name}, a)
		case catalog.RoleTypeOf, catalog.RoleNature:
			g.add(port{d: d}, a)
		}
	}
}

func (g *dependence) add(p port, attrs ...*syntax.Attr) {
	if !slices.Contains(g.order, p) {
		g.order = append(g.order, p)
	}
	for _, a := range attrs {
		waits := g.c.waiting(a.Expr)
		for _, t := range append(variables(a.Expr), g.alone(p.d, a)...) {
			r := t.SourceRange()
			if slices.ContainsFunc(waits, func(w hcl.Range) bool { return within(r, w) }) {
				continue
			}
			for _, to := range g.portsOf(p.d, t) {
				g.hops[p] = append(g.hops[p], hop{from: p, to: to, attr: a, at: r})
			}
		}
	}
}

// portsOf are the ports that a reference inside by reads at the same instant.
func (g *dependence) portsOf(by *decl, t hcl.Traversal) []port {
	d := g.c.means(by, t.RootName())
	if d != nil && d.sort == sortInstance {
		return g.c.instancePorts(d, t)
	}
	if d == nil || !g.used[pair{by, d}] {
		return nil
	}
	if d.sort != sortThing {
		return []port{{d: d}}
	}
	if d.kind == nil {
		return nil
	}
	list := []port{{d: d}}
	if len(t) < 2 {
		return list
	}
	a, ok := t[1].(hcl.TraverseAttr)
	if !ok {
		return list
	}
	for _, f := range d.kind.Fields {
		if f.Role == catalog.RoleDrive && decides(d.kind, f, a.Name) {
			list = append(list, port{d, f.Name})
		}
	}
	return list
}

// decides reports whether an output of a thing follows its drive at once: the drive
// itself, and the values beside it (`wanted`).
func decides(k *catalog.Kind, drive *catalog.Field, name string) bool {
	if drive.Name == name {
		return true
	}
	f := outputField(k, name)
	return k.Decides && f != nil && f.Role == catalog.RoleValue
}

func within(r, outer hcl.Range) bool {
	return r.Filename == outer.Filename && r.Start.Byte >= outer.Start.Byte && r.End.Byte <= outer.End.Byte
}

// waiting are the parts of an expression that an operator looks at only later: what
// `delay` and `previous` are given, also through a pipe.
func (c *checker) waiting(e hclsyntax.Expression) []hcl.Range {
	var list []hcl.Range
	_ = hclsyntax.VisitAll(e, func(n hclsyntax.Node) hcl.Diagnostics {
		call, ok := n.(*hclsyntax.FunctionCallExpr)
		switch {
		case !ok || len(call.Args) == 0:
		case c.waits(call):
			list = append(list, call.Range())
		case call.Name == "pipe":
			for _, step := range call.Args[1:] {
				if s, ok := step.(*hclsyntax.FunctionCallExpr); ok && c.waits(s) {
					list = append(list, hcl.RangeBetween(call.Args[0].Range(), s.Range()))
				}
			}
		}
		return nil
	})
	return list
}

func (c *checker) waits(call *hclsyntax.FunctionCallExpr) bool {
	for _, o := range c.catalog.Operator(call.Name) {
		if o.Breaks {
			return true
		}
	}
	return false
}
