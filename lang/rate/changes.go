package rate

import (
	"flowc/lang/typed"
	"flowc/lang/types"
)

// Changes is how often an actuator has to look at an expression: whenever it happens, and
// whenever something in it changes that does not happen. A reading together with a value
// happens with the reading alone, and is another one with either.
func (t *Table) Changes(x typed.Expr) Rate {
	if x == nil || x.Base().Shape == types.Constant {
		return never
	}
	switch x := x.(type) {
	case *typed.Wire:
		if x.Eq != nil && x.Eq.X != nil {
			return t.changesOf(x.Eq)
		}
		return t.Of(x)
	case *typed.OpCall, *typed.Where, *typed.Pick, *typed.KeysOf, *typed.Since, *typed.State, *typed.Sequence, *typed.SequencePart, *typed.Lambda:
		return t.Of(x)
	}
	var sum Rate
	together := x.Base().Shape.Happens()
	for _, o := range typed.Operands(x) {
		if o.Base().Shape == types.Constant {
			continue
		}
		r := t.Changes(o)
		together = together && o.Base().Shape.Happens() && r == t.Of(o)
		sum = sum.plus(r)
	}
	if together {
		return t.Of(x)
	}
	return sum.upTo()
}

func (t *Table) changesOf(eq *typed.Equation) Rate {
	if r, ok := t.changes[eq]; ok {
		return r
	}
	if t.busy[changing{eq}] {
		return t.equation(eq)
	}
	t.busy[changing{eq}] = true
	r := t.Changes(eq.X)
	delete(t.busy, changing{eq})
	t.changes[eq] = r
	return r
}

// changing is an equation whose changes are being found out.
type changing struct{ eq *typed.Equation }
