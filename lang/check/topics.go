package check

import (
	"slices"

	"flowc/lang/catalog"
	"flowc/lang/typed"
)

// feedback reports each thing that publishes where something it follows listens: over
// one connection, or over others by way of brokers that are bridged, and also by way of
// other things that listen there and publish again. What publishes and what listens is
// said by the catalogue's tag `topic`.
func (c *checker) feedback() {
	told := map[*typed.Thing]bool{}
	for _, d := range c.things() {
		out := published(d.thing)
		if out == nil || told[d.thing] {
			continue
		}
		for _, in := range c.heard(d.thing) {
			if set := c.carries(d.thing, out, in.thing); set != nil {
				c.report(c.errFeedback(d, out, c.decls[in.thing.Name], set, in.through))
				for _, t := range in.through {
					told[t] = true
				}
				break // one of them is enough to make it go round
			}
		}
	}
}

// carries is the topic setting of a thing that hears what another publishes, nil if it
// cannot.
func (c *checker) carries(from *typed.Thing, out typed.Expr, to *typed.Thing) *typed.Set {
	set := topicSetting(to)
	if set == nil || !c.comesTo(from, to) {
		return nil
	}
	k, ok := set.X.(*typed.Const)
	if !ok {
		return nil
	}
	if filter, isText := k.V.(string); !isText || !topicsMeet(topicOf(out), filterOf(filter)) {
		return nil
	}
	return set
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

// hearing is a thing that is heard, by way of things that publish what they hear.
type hearing struct {
	thing   *typed.Thing
	through []*typed.Thing
}

// heard are the things that a thing follows, through equations, through the outputs of
// other things; itself, if it follows what is said of it. Behind them come those that
// it follows by way of topics where others publish as soon as they hear something.
func (c *checker) heard(t *typed.Thing) []hearing {
	var list []hearing
	for _, from := range heardDirectly(t, inputsOf) {
		list = append(list, hearing{thing: from})
	}
	var way []hearing
	for _, from := range heardDirectly(t, wakersOf) {
		way = append(way, hearing{thing: from})
	}
	visited := map[*typed.Thing]bool{t: true}
	for n := 0; n < len(way); n++ {
		for _, d := range c.things() {
			out := published(d.thing)
			if out == nil || visited[d.thing] || !isConst(out) || c.carries(d.thing, out, way[n].thing) == nil {
				continue
			}
			visited[d.thing] = true
			through := append(slices.Clone(way[n].through), d.thing)
			for _, from := range heardDirectly(d.thing, wakersOf) {
				way = append(way, hearing{from, through})
			}
		}
	}
	return append(list, slices.DeleteFunc(way, func(h hearing) bool { return len(h.through) == 0 })...)
}

// heardDirectly are the things that a thing follows without any topic between them; of
// says which expressions of a thing count.
func heardDirectly(t *typed.Thing, of func(*typed.Thing) []typed.Expr) []*typed.Thing {
	var list []*typed.Thing
	seen := map[*typed.Thing]bool{}
	var visit func(at *typed.Thing)
	visit = func(at *typed.Thing) {
		for _, x := range of(at) {
			follow(x, func(n typed.Expr) bool {
				if from := heardOf(n); from == at && !seen[at] {
					seen[at] = true
					list = append(list, at)
				} else if from = thingOf(n); from != nil && from != at && !seen[from] {
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

// wakersOf are the expressions that make a thing act: its `when` alone, if it has one.
func wakersOf(t *typed.Thing) []typed.Expr {
	if t.When != nil {
		return []typed.Expr{t.When}
	}
	return inputsOf(t)
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

// comesTo reports whether what a thing publishes can come to another: over one
// connection, or over two whose brokers are bridged.
func (c *checker) comesTo(a, b *typed.Thing) bool {
	if sameConnection(a, b) {
		return true
	}
	seen := map[*typed.Thing]bool{}
	var bridged func(from, to *typed.Thing) bool
	bridged = func(from, to *typed.Thing) bool {
		if samePeer(from, to) {
			return true
		}
		seen[from] = true
		for _, d := range c.things() {
			if t := d.thing; !seen[t] && (bridgeOf(from) == t || bridgeOf(t) == from || samePeer(from, t)) && bridged(t, to) {
				return true
			}
		}
		return false
	}
	x, y := viaOf(a), viaOf(b)
	return x != nil && y != nil && bridged(x, y)
}

// viaOf is the connection of a thing, nil if it has none.
func viaOf(t *typed.Thing) *typed.Thing {
	for _, s := range t.Settings {
		if r, ok := s.X.(*typed.ThingRef); ok && s.Field.Role == catalog.RoleThing && s.Field.Tags["peer"] == "" {
			return r.Thing
		}
	}
	return nil
}

// bridgeOf is the connection whose broker a connection's broker exchanges messages
// with, as the flow says.
func bridgeOf(t *typed.Thing) *typed.Thing {
	for _, s := range t.Settings {
		if r, ok := s.X.(*typed.ThingRef); ok && s.Field.Tags["peer"] == "bridge" {
			return r.Thing
		}
	}
	return nil
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
