package check

import (
	"strings"

	"flowc/lang/sqlcheck"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// column is the column that a parameter is compared with.
type column struct {
	table *typed.Table
	field types.Field
}

// columnOf is the measured column that the n-th parameter is compared with; nil where
// there is none, or where its name says too little.
func (s *statement) columnOf(n int) *column {
	var found *column
	for _, p := range s.parts {
		if !p.param {
			continue
		}
		if n--; n >= 0 {
			continue
		}
		name := sqlcheck.Beside(s.text, p.start)
		for _, t := range s.tables {
			for _, f := range t.Row.Fields {
				if name == "" || !strings.EqualFold(f.Name, name) {
					continue
				}
				if found != nil && !types.Same(found.field.Type, f.Type) {
					return nil
				}
				found = &column{t, f}
			}
		}
		break
	}
	if found != nil && !elemOrSelf(found.field.Type).Is(types.Quantity, types.Duration) {
		return nil
	}
	return found
}

// isParam reports whether one of the flow's own parameters stands at a place.
func (s *statement) isParam(offset int) bool {
	for _, p := range s.parts {
		if p.param && p.start == offset {
			return true
		}
	}
	return false
}

// unit is the unit in which the column is stored.
func (c *column) unit() string { return elemOrSelf(c.field.Type).Unit.Name }

// measures reports whether the column holds what a type measures, in whatever unit.
func (c *column) measures(t *types.Type) bool {
	return types.Alike(elemOrSelf(c.field.Type), elemOrSelf(t))
}

// sameUnit reports whether a number of this type means the same as one of the column.
func (c *column) sameUnit(t *types.Type) bool {
	own := elemOrSelf(c.field.Type)
	return own.Kind == t.Kind && own.Unit.Name == t.Unit.Name && c.measures(t)
}

// countOf is a duration that `in` made a number: how many of a unit there are in it.
func countOf(x typed.Expr) *typed.Binary {
	b, ok := x.(*typed.Binary)
	if !ok || b.Op != "/" || b.L.Base().Type.Kind != types.Duration || b.R.Base().Type.Kind != types.Duration {
		return nil
	}
	return b
}

// quantityIn is what a parameter measures, by itself or made a number by `in`; nil for what
// was a number before.
func quantityIn(x typed.Expr) typed.Expr {
	if b := countOf(x); b != nil {
		return b.L
	}
	if k, ok := x.(*typed.Convert); ok && elemOrSelf(x.Base().Type).Kind == types.Number {
		x = k.X
	}
	if elemOrSelf(x.Base().Type).Kind != types.Quantity {
		return nil
	}
	return x
}

// differsFrom reports whether a quantity would be read in another unit than it has; one
// that does not say its unit is told of apart.
func differsFrom(x typed.Expr, of *column) bool {
	if b, t := countOf(x), elemOrSelf(of.field.Type); b != nil {
		one, _ := b.R.(*typed.Const)
		return t.Kind == types.Duration && one != nil && one.V != any(durationUnit(t))
	}
	q := quantityIn(x)
	if q == nil {
		return false
	}
	t := elemOrSelf(q.Base().Type)
	return !of.measures(t) || (q != x || isConst(x)) && !of.sameUnit(t)
}

// columnAt is where a column of the answer stands in the statement.
func (c *checker) columnAt(s *statement, col sqlcheck.Result) rangeT {
	if col.Length == 0 {
		return s.attr.NameRange
	}
	at, _ := c.spot(s, col.Start, col.Length)
	return at
}
