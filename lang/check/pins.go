package check

import (
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// claim is a resource of the board that a thing takes for itself, as the
// catalogue's tag `claim` says.
type claim struct {
	d    *decl
	sort string // "gpio"
	n    int64
	x    typed.Expr
}

// pins gives each pin one owner, and lets nobody have one that the header lacks or
// that belongs to a bus.
func (c *checker) pins() {
	owners := map[claim]claim{}
	inUse := c.busesInUse()
	for _, p := range c.claims() {
		if p.sort == "gpio" {
			if p.n < firstGPIO || p.n > lastGPIO {
				c.report(errNoPin(p))
				continue
			}
			if b, taken := inUse[p.n]; taken {
				c.report(errBusPin(p, b))
				continue
			}
		}
		key := claim{sort: p.sort, n: p.n}
		if first, taken := owners[key]; taken {
			c.report(errTwoOwners(p, first))
			continue
		}
		owners[key] = p
	}
}

// claims are those of all things, in the flow's order.
func (c *checker) claims() []claim {
	var list []claim
	for _, d := range c.things() {
		list = append(list, c.claimsIn(d, d.thing.Settings)...)
	}
	return list
}

func (c *checker) claimsIn(d *decl, sets []*typed.Set) []claim {
	var list []claim
	for _, s := range sets {
		for _, block := range s.Block {
			list = append(list, c.claimsIn(d, block)...)
		}
		k, ok := s.X.(*typed.Const)
		if !ok {
			continue
		}
		if n, isInt := k.V.(int64); isInt && s.Field.Tags["claim"] != "" {
			list = append(list, claim{d: d, sort: s.Field.Tags["claim"], n: n, x: c.saidAt(d, k)})
		}
	}
	return list
}

// busPin is a pin that a bus uses, and the attribute that turned the bus on.
type busPin struct {
	bus  string
	does string
	attr *syntax.Attr
}

// busesInUse are the pins of the buses that the flow's board has turned on.
func (c *checker) busesInUse() map[int64]busPin {
	taken := map[int64]busPin{}
	if c.board == nil {
		return taken
	}
	for _, b := range buses {
		a := c.board.Attr(b.setting)
		if a == nil || !c.isOn(a) {
			continue
		}
		for _, p := range b.pins {
			taken[p.n] = busPin{bus: b.name, does: p.does, attr: a}
		}
	}
	return taken
}

// isOn evaluates a switch that was checked before: nothing is reported again.
func (c *checker) isOn(a *syntax.Attr) bool {
	c.guessing++
	x := c.with(scope{}, func() typed.Expr { return c.expr(a.Expr, types.TBool) })
	c.guessing--
	k, ok := constant(x)
	return ok && k.V == true
}
