package check

import (
	"flowc/lang/typed"
	"flowc/lang/types"
)

// join settles what an expression over operands is: LANGUAGE §5.1, whatever the order
// in which they stand. It reports what cannot be together.
func (c *checker) join(into *typed.Info, operands ...typed.Expr) bool {
	into.Shape, into.Key, into.Source = types.Constant, types.Key{}, nil
	var event, keyed typed.Expr
	ok, apart := true, false
	for _, x := range operands {
		b := x.Base()
		if b.Key.Keyed() {
			if into.Key.Keyed() && into.Key != b.Key {
				c.report(errTwoKeys(into, keyed, x))
				ok = false
			} else if !into.Key.Keyed() {
				into.Key, keyed = b.Key, x
			}
		}
		before := into.Shape
		ok = ok && c.joinShape(into, event, x)
		if b.Shape == types.Event {
			event = x
		}
		apart = apart || before == types.Reading && b.Shape == types.Reading && into.Shape == types.Value
	}
	if apart && into.Shape == types.Reading {
		// A third reading, of the source of one of two that come apart.
		into.Shape, into.Source = types.Value, nil
	}
	return ok
}

func (c *checker) joinShape(into *typed.Info, event, x typed.Expr) bool {
	b := x.Base()
	switch {
	case b.Shape == types.Constant:
	case into.Shape == types.Constant:
		into.Shape, into.Source = b.Shape, b.Source
	case into.Shape == types.Event && b.Shape == types.Event:
		longer := longerSource(into.Source, b.Source)
		if longer == nil {
			longer = c.besideRequest(into.Source, b.Source)
		}
		if longer == nil {
			c.report(errTwoEvents(into, event, x))
			return false
		}
		into.Source = longer
	case into.Shape == types.Event:
	case b.Shape == types.Event:
		into.Shape, into.Source = types.Event, b.Source
	case into.Shape == types.Reading && b.Shape == types.Reading:
		into.Source = longerSource(into.Source, b.Source)
		if into.Source == nil {
			into.Shape = types.Value
		}
	case b.Shape == types.Reading:
		into.Shape, into.Source = types.Reading, b.Source
	}
	return true
}

// longerSource is the source of what happens when both do: one path must be a
// prefix of the other. It is nil if the two need not happen together.
func longerSource(a, b *types.Source) *types.Source {
	switch {
	case a.Within(b):
		return a
	case b.Within(a):
		return b
	}
	return nil
}
