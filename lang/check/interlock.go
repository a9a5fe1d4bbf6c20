package check

import (
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// rules types what must never be broken: interlocks and invariants.
func (c *checker) rules() {
	for _, d := range c.order {
		if d.sort == sortInterlock {
			c.scope = scopeOf(d)
			d.interlock = c.interlockOf(d)
		}
	}
	for _, d := range c.invariants {
		c.scope = scopeOf(d)
		c.invariantOf(d)
	}
	c.scope = scope{}
}

var interlockSettings = []string{"gap", "never_both"}

func (c *checker) interlockOf(d *decl) *typed.Interlock {
	c.noBlocks(d.block, "interlock")
	for _, a := range d.block.Attrs {
		if !slices.Contains(interlockSettings, a.Name) {
			c.report(c.errUnknownAttr(a, "interlock", interlockSettings))
		}
	}
	a := d.block.Attr("never_both")
	if a == nil {
		if !meant(d.block, "never_both", interlockSettings) {
			c.report(errNoMembers(d))
		}
		return nil
	}
	list, ok := a.Expr.(*hclsyntax.TupleConsExpr)
	if !ok || len(list.Exprs) < 2 {
		c.report(errFewMembers(d, a))
		return nil
	}
	l := &typed.Interlock{Name: d.name, Doc: d.block.Doc, Pos: pos(d.at), Text: c.text(list.Range())}
	members := c.lockMembers(l, list)
	if gap := d.block.Attr("gap"); gap != nil {
		ok = c.lockGap(l, gap)
	}
	if len(members) < len(list.Exprs) || !ok {
		return nil
	}
	c.bothOn(d, members)
	return l
}

// lockMember is a member of an interlock as it stands in the list.
type lockMember struct {
	d  *decl
	x  typed.Expr
	in *typed.Input
}

func (c *checker) lockMembers(l *typed.Interlock, list *hclsyntax.TupleConsExpr) []lockMember {
	var members []lockMember
	bare := c.bareMembers(list)
	if len(bare) > 0 {
		c.report(errBareMembers(list, bare))
	}
	for n, e := range list.Exprs {
		if bare[n] != nil {
			continue
		}
		x := c.expr(e, nil)
		if isBad(x) {
			continue
		}
		w, ok := x.(*typed.Wire)
		if !ok || w.Thing == nil || !w.Thing.Kind.Decides || !isDriveOf(w.Thing.Kind, w.Output) || x.Base().Type.Kind != types.Bool {
			c.report(errNoActuator(x))
			continue
		}
		m := lockMember{d: c.decls[w.Thing.Name], x: x}
		twice := slices.IndexFunc(members, func(o lockMember) bool { return o.d == m.d })
		if twice >= 0 {
			c.report(errMemberTwice(m, members[twice]))
			continue
		}
		for _, in := range w.Thing.Inputs {
			if in.Field.Name == w.Output {
				m.in = in
			}
		}
		members = append(members, m)
		l.Members = append(l.Members, w.Thing)
	}
	return members
}

// bareMembers are the actuators of an interlock that are named without what is commanded
// of them, by their place in the list.
func (c *checker) bareMembers(list *hclsyntax.TupleConsExpr) map[int]*decl {
	bare := map[int]*decl{}
	for n, e := range list.Exprs {
		d := c.lookup(hcl.ExprAsKeyword(e))
		if d == nil || d.sort != sortThing || d.kind == nil || !d.kind.Decides || !isDriveOf(d.kind, "on") {
			continue
		}
		c.use(d, "", nil)
		bare[n] = d
	}
	return bare
}

// isDriveOf reports whether an output is what the thing is commanded to be.
func isDriveOf(k *catalog.Kind, output string) bool {
	f := outputField(k, output)
	return f != nil && f.Role == catalog.RoleDrive
}

func (c *checker) lockGap(l *typed.Interlock, a *syntax.Attr) bool {
	x := c.plain(a.Expr, types.TDuration)
	switch {
	case isBad(x):
		return false
	case x.Base().Type.Kind != types.Duration:
		c.report(c.errWrongType(x, types.TDuration, "`gap`", a.NameRange))
		return false
	case x.Base().Shape != types.Constant:
		c.report(c.errNotConstant(x, "`gap`"))
		return false
	}
	if k, ok := x.(*typed.Const); ok {
		if gap, _ := duration(k.V); gap < 0 {
			c.report(errGapNegative(x))
			return false
		}
	}
	l.Gap = x
	return true
}

// bothOn reports two members that are always on together: by a constant, by one and the
// same expression, or in their safe state.
func (c *checker) bothOn(d *decl, members []lockMember) {
	for n, m := range members {
		for _, other := range members[:n] {
			switch {
			case alwaysOn(m.in) && alwaysOn(other.in):
				c.report(errBothOn(d, m, other, "is always on"))
				return
			case sameWish(m.in, other.in):
				c.report(errBothOn(d, m, other, "follows the same"))
				return
			case safeOn(m.d) && safeOn(other.d):
				c.report(errBothOn(d, m, other, "is on in its safe state"))
				return
			}
		}
	}
}

func alwaysOn(in *typed.Input) bool {
	if in == nil {
		return false
	}
	k, ok := in.X.(*typed.Const)
	return ok && k.V == true
}

func sameWish(a, b *typed.Input) bool {
	return a != nil && b != nil && pathOf(a.X) != "" && pathOf(a.X) == pathOf(b.X)
}

// safeOn reports whether an actuator is on in its safe state.
func safeOn(d *decl) bool {
	for _, s := range d.thing.Settings {
		if k, ok := s.X.(*typed.Const); ok && s.Field.Name == "safe" && k.V == true {
			return true
		}
	}
	return false
}

// oppositeWords are the ends of names that say that two actuators do the opposite.
var oppositeWords = [][2]string{
	{"up", "down"}, {"open", "close"}, {"left", "right"}, {"forward", "backward"},
	{"forward", "reverse"}, {"in", "out"}, {"extend", "retract"}, {"raise", "lower"},
}

// opposites warns of two actuators that move one thing both ways, as their names say,
// and that nothing keeps apart.
func (c *checker) opposites() {
	byName := map[string]*decl{}
	for _, d := range c.things() {
		if d.kind.Decides && isDriveOf(d.kind, "on") {
			byName[d.name] = d
		}
	}
	for _, d := range c.things() {
		for _, words := range oppositeWords {
			other := byName[counterpart(d.name, words)]
			if byName[d.name] == nil || other == nil || c.locked(d, other) {
				continue
			}
			c.report(errOpposites(d, other))
			break
		}
	}
}

// counterpart is a name with the second word for the first: shutter_up, shutter_down.
func counterpart(name string, words [2]string) string {
	list := strings.Split(name, "_")
	n := slices.Index(list, words[0])
	if n < 0 || len(list) < 2 {
		return ""
	}
	list[n] = words[1]
	return strings.Join(list, "_")
}

// locked reports whether an interlock has both; one with an error may have meant to.
func (c *checker) locked(a, b *decl) bool {
	for _, d := range c.order {
		switch {
		case d.sort != sortInterlock:
		case d.interlock == nil,
			slices.Contains(d.interlock.Members, a.thing) && slices.Contains(d.interlock.Members, b.thing):
			return true
		}
	}
	return false
}
