package check

import (
	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// silent is a source whose silence nobody would notice, with the inputs that
// follow it.
type silent struct {
	source *decl
	field  *catalog.Field
	ins    []follower
}

// follower is an actuator's input that follows a source. held says that it only
// remembers what the source once said.
type follower struct {
	d    *decl
	in   *typed.Input
	held bool
}

// silence reports the sources that may fall silent while an actuator goes on
// following their last word: each once, at the first actuator.
func (c *checker) silence() {
	var list []*silent
	for _, d := range c.things() {
		for _, in := range d.thing.Inputs {
			if in.Field.Role == catalog.RoleDrive {
				list = c.followed(list, d, in)
			}
		}
	}
	for _, s := range list {
		c.report(errSilence(s))
	}
}

// followed adds what one input follows.
func (c *checker) followed(list []*silent, d *decl, in *typed.Input) []*silent {
	live := map[*typed.Thing]bool{}
	for _, t := range unguarded(in.X, true) {
		live[t] = true
	}
	for _, t := range unguarded(in.X, false) {
		source := c.decls[t.Name]
		if source == nil {
			continue
		}
		f := follower{d: d, in: in, held: !live[t]}
		list = addFollower(list, source, mustSayStale(t), f)
	}
	return list
}

func addFollower(list []*silent, source *decl, field *catalog.Field, f follower) []*silent {
	for _, s := range list {
		if s.source == source {
			s.ins = append(s.ins, f)
			return list
		}
	}
	return append(list, &silent{source: source, field: field, ins: []follower{f}})
}

// unguarded are the sources without `stale` that an expression follows, other than
// through operators that end by themselves: `pulse`, or `since` compared with a
// duration. With live, those that are only remembered do not count.
func unguarded(x typed.Expr, live bool) []*typed.Thing {
	var list []*typed.Thing
	follow(x, func(n typed.Expr) bool {
		switch n := n.(type) {
		case *typed.Since:
			return !n.Of.Bounded
		case *typed.State:
			return !live
		case *typed.Sequence:
			return !live && !n.Bounded()
		case *typed.OpCall:
			return !n.Op.Bounded && !(live && n.Op.Ready == "always")
		}
		t := heardOf(n)
		if t != nil && t.Stale == 0 && t.Self != types.Event && mustSayStale(t) != nil && !hasThing(list, t) {
			list = append(list, t)
		}
		return true
	})
	return list
}

// heardOf is the thing that a node hears from, nil if it hears from none: what a
// thing says of its own work, a relay's `on`, comes from nowhere else.
func heardOf(x typed.Expr) *typed.Thing {
	if w, ok := x.(*typed.Wire); ok && w.Output != "" && w.Shape != types.Reading {
		return nil
	}
	return thingOf(x)
}

func hasThing(list []*typed.Thing, t *typed.Thing) bool {
	for _, o := range list {
		if o == t {
			return true
		}
	}
	return false
}

// mustSayStale is the setting that says how long a source may be silent, nil if
// its kind need not say so.
func mustSayStale(t *typed.Thing) *catalog.Field {
	for _, f := range t.Kind.Fields {
		if f.Tags["stale"] == "must" {
			return f
		}
	}
	return nil
}
