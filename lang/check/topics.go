package check

import (
	"flowc/lang/catalog"
	"flowc/lang/typed"
)

// feedback reports each thing that publishes where something it follows listens.
// What publishes and what listens is said by the catalogue's tag `topic`.
func (c *checker) feedback() {
	for _, d := range c.things() {
		out := published(d.thing)
		if out == nil {
			continue
		}
		topic := topicOf(out)
		for _, in := range c.heard(d.thing) {
			set := topicSetting(in)
			if set == nil || !sameConnection(d.thing, in) {
				continue
			}
			k, ok := set.X.(*typed.Const)
			if !ok {
				continue
			}
			if filter, isText := k.V.(string); isText && topicsMeet(topic, filterOf(filter)) {
				c.report(c.errFeedback(d, out, c.decls[in.Name], set))
				break // one of them is enough to make it go round
			}
		}
	}
}

// published is where a thing publishes what it follows, nil if it does not.
func published(t *typed.Thing) typed.Expr {
	for _, in := range t.Inputs {
		if in.Field.Tags["topic"] == "out" && !isBad(in.X) {
			return in.X
		}
	}
	for _, s := range t.Settings {
		if s.Field.Tags["topic"] == "out" && len(t.Inputs) > 0 && !isBad(s.X) {
			return s.X
		}
	}
	return nil
}

// topicSetting is what a thing listens to, nil if it does not.
func topicSetting(t *typed.Thing) *typed.Set {
	for _, s := range t.Settings {
		if s.Field.Tags["topic"] == "in" {
			return s
		}
	}
	return nil
}

// heard are the things that a thing follows, through equations and through the
// outputs of other things; itself, if it follows what is said of it.
func (c *checker) heard(t *typed.Thing) []*typed.Thing {
	var list []*typed.Thing
	seen := map[*typed.Thing]bool{}
	var visit func(t *typed.Thing)
	visit = func(t *typed.Thing) {
		for _, x := range inputsOf(t) {
			follow(x, func(n typed.Expr) bool {
				if from := heardOf(n); from == t && !seen[t] {
					seen[t] = true
					list = append(list, t)
				} else if from = thingOf(n); from != nil && from != t && !seen[from] {
					seen[from] = true
					list = append(list, from)
					visit(from)
				}
				return true
			})
		}
	}
	visit(t)
	return list
}

// inputsOf are the expressions wired into a thing.
func inputsOf(t *typed.Thing) []typed.Expr {
	var list []typed.Expr
	for _, in := range t.Inputs {
		list = append(list, in.X)
	}
	if t.When != nil {
		list = append(list, t.When)
	}
	return list
}

// sameConnection reports whether two things talk to one peer: they refer to the same
// third thing, or to two with one address.
func sameConnection(a, b *typed.Thing) bool {
	for _, s := range a.Settings {
		for _, o := range b.Settings {
			x, okX := s.X.(*typed.ThingRef)
			y, okY := o.X.(*typed.ThingRef)
			if okX && okY && s.Field.Role == catalog.RoleThing && samePeer(x.Thing, y.Thing) {
				return true
			}
		}
	}
	return false
}

// samePeer reports whether two connections are one, or lead to one address. Which
// setting holds the address is said by the catalogue's tag `peer`.
func samePeer(a, b *typed.Thing) bool {
	if a == b {
		return true
	}
	if a.Kind != b.Kind {
		return false
	}
	for _, s := range a.Settings {
		for _, o := range b.Settings {
			if s.Field == o.Field && s.Field.Tags["peer"] != "" {
				return sameAddress(s.X, o.X)
			}
		}
	}
	return false
}

func sameAddress(a, b typed.Expr) bool {
	switch a := a.(type) {
	case *typed.Const:
		k, ok := b.(*typed.Const)
		return ok && a.V == k.V
	case *typed.SettingRef:
		r, ok := b.(*typed.SettingRef)
		return ok && a.Setting == r.Setting
	}
	return false
}
