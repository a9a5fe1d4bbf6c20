package check

import (
	"slices"

	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// declareInvariant keeps a rule; its label is free text and no name.
func (c *checker) declareInvariant(b *syntax.Block) {
	if b.Name() == "" {
		c.report(errNoName(b))
		return
	}
	c.invariants = append(c.invariants, &decl{name: b.Name(), sort: sortInvariant, at: b.Labels[0].Range, block: b})
}

var invariantSettings = []string{"that"}

func (c *checker) invariantOf(d *decl) {
	c.noBlocks(d.block, "invariant")
	for _, a := range d.block.Attrs {
		if !slices.Contains(invariantSettings, a.Name) {
			c.report(c.errUnknownAttr(a, "invariant", invariantSettings))
		}
	}
	a := d.block.Attr("that")
	if a == nil {
		c.report(errNoRule(d))
		return
	}
	x := c.condition(a.Expr, "in an `invariant`")
	switch {
	case isBad(x):
		return
	case x.Base().Shape == types.Event:
		c.report(c.errEventAsValue(x, "`that`", a.NameRange, types.TBool))
		return
	case x.Base().Shape == types.Constant:
		c.report(errRuleConstant(x))
		return
	case x.Base().Key.Keyed():
		c.report(c.errManyValues(x))
		return
	}
	c.moving(x)
	d.x = x
	d.invariant = &typed.Invariant{Text: d.name, Doc: d.block.Doc, Pos: pos(d.at), That: x, Actuators: actuatorsIn(x)}
}

// actuatorsIn are the actuators whose commanded state a rule looks at, also through
// equations.
func actuatorsIn(x typed.Expr) []*typed.Thing {
	var list []*typed.Thing
	follow(x, func(n typed.Expr) bool {
		w, ok := n.(*typed.Wire)
		if ok && w.Thing != nil && w.Thing.Kind.Decides && isDriveOf(w.Thing.Kind, w.Output) && !hasThing(list, w.Thing) {
			list = append(list, w.Thing)
		}
		return true
	})
	return list
}
