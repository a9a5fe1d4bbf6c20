package check

import (
	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// remotes warns of actuators that do what somebody far away says, and nothing here
// limits for how long.
func (c *checker) remotes() {
	for _, d := range c.things() {
		limit := settingField(d.kind, "max_on")
		if limit == nil || !safeOff(d.thing) || settingOf(d.thing, limit) != nil || c.restrained(d) {
			continue
		}
		for _, in := range d.thing.Inputs {
			if in.Field.Role != catalog.RoleDrive {
				continue
			}
			from := obeys(in.X, map[*typed.Equation]bool{})
			if from == nil || c.decls[from.Name] == nil || from.Name == d.thing.Name {
				continue
			}
			c.report(errRemote(d, in.X, c.decls[from.Name]))
		}
	}
}

// restrained reports whether a rule of the flow is about an actuator.
func (c *checker) restrained(d *decl) bool {
	for _, o := range c.order {
		if o.interlock != nil && hasThing(o.interlock.Members, d.thing) {
			return true
		}
	}
	for _, o := range c.invariants {
		if o.invariant != nil && hasThing(o.invariant.Actuators, d.thing) {
			return true
		}
	}
	return false
}

// obeys is the remote sender that an expression does the will of, nil if anything of
// the house has a say in it: a measurement that is compared, a time that is over, a
// switch that is asked too.
func obeys(x typed.Expr, seen map[*typed.Equation]bool) *typed.Thing {
	switch x := x.(type) {
	case *typed.Wire:
		if x.Eq == nil {
			return farAway(x)
		}
		if seen[x.Eq] {
			return nil
		}
		seen[x.Eq] = true
		return obeys(x.Eq.X, seen)
	case *typed.MetaOf, *typed.Since, *typed.Sequence, *typed.SequencePart:
		return nil
	case *typed.Binary:
		if x.Op == "||" { // one of the two is enough
			if from := obeys(x.L, seen); from != nil {
				return from
			}
			return obeys(x.R, seen)
		}
	case *typed.OpCall:
		if x.Op.Bounded {
			return nil
		}
	case *typed.State:
		for _, r := range x.Rows {
			if r.After != nil {
				return nil
			}
		}
	}
	return obeysAll(x, seen)
}

// obeysAll is the sender that all of an expression's operands obey.
func obeysAll(x typed.Expr, seen map[*typed.Equation]bool) *typed.Thing {
	var from *typed.Thing
	for _, o := range typed.Operands(x) {
		if o.Base().Shape == types.Constant {
			continue
		}
		if _, isLocal := o.(*typed.LocalRef); isLocal {
			continue
		}
		sender := obeys(o, seen)
		if sender == nil || isAmount(o) {
			return nil
		}
		from = sender
	}
	return from
}

// farAway is the thing that a wire reads, if what it says comes over a network and
// from whoever likes to send.
func farAway(x *typed.Wire) *typed.Thing {
	t := heardOf(x)
	if t == nil || mustSayStale(t) == nil && !answers(t.Kind) {
		return nil
	}
	return t
}

// isAmount reports whether an expression is a quantity or a number: compared with
// something, it is a measurement and no command.
func isAmount(x typed.Expr) bool {
	switch x.Base().Type.Kind {
	case types.Int, types.Number, types.Quantity, types.Duration, types.Time:
		return true
	}
	return false
}
