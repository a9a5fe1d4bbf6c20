// Package rate works out how often the wires of a typed program can happen. It
// knows no kind and no operator by name: what each does to a rate is said in the
// catalogue.
package rate

import (
	"math"

	"flowc/lang/typed"
)

// Rate is how often something happens, or a value changes, in times per second. For
// a keyed wire it is that of one key.
type Rate struct {
	// Min is how often it happens as long as all it depends on is there; Max how
	// often at most, infinite where nothing bounds it.
	Min, Max float64
	// All is, for a keyed wire, how often all keys together at most, where something else
	// than Max bounds that; else 0.
	All float64
	// Once says that it happens once while the program runs.
	Once bool
	// From is what decides Max: the thing that nothing bounds, if Max is infinite.
	From *typed.Thing
}

var never = Rate{}

// Any is a rate without a bound.
func Any(from *typed.Thing) Rate { return Rate{Max: math.Inf(1), From: from} }

// Bounded reports whether there is a bound.
func (r Rate) Bounded() bool { return !math.IsInf(r.Max, 1) }

// Exact reports whether it happens at a steady pace.
func (r Rate) Exact() bool { return r.Min == r.Max && r.Max > 0 && r.Bounded() }

// plus is how often one of two happens.
func (r Rate) plus(o Rate) Rate {
	sum := Rate{Min: r.Min + o.Min, Max: r.Max + o.Max, From: r.From, Once: r.Once || o.Once}
	if (r.All > 0 || r.Max == 0) && (o.All > 0 || o.Max == 0) {
		sum.All = r.All + o.All
	}
	if o.Max > r.Max {
		sum.From = o.From
	}
	return sum
}

// upTo is r with nothing that it must reach.
func (r Rate) upTo() Rate {
	r.Min = 0
	return r
}

// atMost is r with another bound.
func (r Rate) atMost(bound float64) Rate {
	if bound < r.Max {
		r.Max = bound
	}
	r.Min = min(r.Min, r.Max)
	return r
}

// times is n of them together: known says that there are always so many.
func (r Rate) times(n float64, known bool) Rate {
	if r.Max > 0 {
		r.Max *= n
	}
	r.All *= n
	if known {
		r.Min *= n
	}
	return r
}

// ofKeys is how often all of n keys do it together.
func (r Rate) ofKeys(n float64, known bool) Rate {
	sum := r.times(n, known)
	if r.All > 0 {
		sum.Max = min(sum.Max, r.All)
	}
	sum.All = 0
	return sum
}
