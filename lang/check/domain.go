package check

import (
	"math"
	"slices"

	"flowc/lang/diag"
	"flowc/lang/types"
	"flowc/rt/unit"
)

// domain is what something can be, as far as it is known: numbers between two
// bounds, in the base unit of their dimension, or members of an enumeration.
type domain struct {
	lo, hi bound
	// members are all that it can be, nil where nothing is known; because is the place
	// that says so.
	members []string
	because diag.Span
}

// bound is one end of a range; open says that it is not reached. why is the place
// that sets it.
type bound struct {
	v    float64
	open bool
	// usual says that nothing holds the number to the bound: it is only what such
	// things are.
	usual bool
	why   diag.Span
}

func anything() domain {
	return domain{lo: bound{v: math.Inf(-1)}, hi: bound{v: math.Inf(1)}}
}

func exactly(v float64) domain { return domain{lo: bound{v: v}, hi: bound{v: v}} }

func oneOf(why diag.Span, members ...string) domain {
	d := anything()
	d.members, d.because = members, why
	return d
}

// atLeast is a domain with a lower bound that holds by nature.
func atLeast(v float64, why diag.Span) domain {
	d := anything()
	d.lo = bound{v: v, why: why}
	return d
}

// and is what both domains allow.
func (d domain) and(o domain) domain {
	if o.lo.v > d.lo.v || o.lo.v == d.lo.v && o.lo.open {
		d.lo = o.lo
	}
	if o.hi.v < d.hi.v || o.hi.v == d.hi.v && o.hi.open {
		d.hi = o.hi
	}
	switch {
	case d.members == nil:
		d.members, d.because = o.members, o.because
	case o.members != nil:
		d.members = slices.DeleteFunc(slices.Clone(d.members), func(m string) bool { return !slices.Contains(o.members, m) })
		d.because = o.because
	}
	return d
}

// or is what either domain allows.
func (d domain) or(o domain) domain {
	if o.lo.v < d.lo.v || o.lo.v == d.lo.v && !o.lo.open {
		d.lo = o.lo
	}
	if o.hi.v > d.hi.v || o.hi.v == d.hi.v && !o.hi.open {
		d.hi = o.hi
	}
	if d.members == nil || o.members == nil {
		d.members = nil
		return d
	}
	for _, m := range o.members {
		if !slices.Contains(d.members, m) {
			d.members = append(slices.Clone(d.members), m)
		}
	}
	return d
}

// plus is the domain of a sum, scaled that of a product with a constant.
func (d domain) plus(o domain) domain {
	return domain{lo: d.lo.plus(o.lo), hi: d.hi.plus(o.hi)}
}

func (b bound) plus(o bound) bound {
	sum := b
	if b.why.Range.Filename == "" {
		sum.why = o.why
	}
	sum.v, sum.open, sum.usual = b.v+o.v, b.open || o.open, b.usual || o.usual
	return sum
}

func (d domain) scaled(k float64) domain {
	d.members = nil
	d.lo.v, d.hi.v = times(d.lo.v, k), times(d.hi.v, k)
	if k < 0 {
		d.lo, d.hi = d.hi, d.lo
	}
	return d
}

// times keeps an open end open, also for a factor of zero.
func times(v, k float64) float64 {
	if math.IsInf(v, 0) && k == 0 {
		return v
	}
	return v * k
}

// in is a domain in base units as plain numbers of a unit; from is the way back.
func (d domain) in(s unit.Scale) domain {
	d.lo.v, d.hi.v = fromBase(d.lo.v, s), fromBase(d.hi.v, s)
	return d
}

func (d domain) from(s unit.Scale) domain {
	d.lo.v, d.hi.v = toBase(d.lo.v, s), toBase(d.hi.v, s)
	return d
}

var baseScale = unit.Scale{Mul: 1, Div: 1}

func toBase(v float64, s unit.Scale) float64 { return unit.Convert(v, s, baseScale) }

func fromBase(v float64, s unit.Scale) float64 { return unit.Convert(v, baseScale, s) }

// scaleOf is how numbers of a type are held.
func scaleOf(t *types.Type) unit.Scale {
	if t.Kind == types.Quantity {
		return t.Unit.Conv
	}
	return baseScale
}

// less reports whether all of d is below all of o: surely, never, or not known. With
// orEqual they may touch.
func (d domain) less(o domain, orEqual bool) (is, decided bool, why []diag.Span) {
	switch {
	case under(d.hi, o.lo, orEqual):
		return true, true, reasons(d.hi, o.lo)
	case under(o.hi, d.lo, !orEqual):
		return false, true, reasons(o.hi, d.lo)
	}
	return false, false, nil
}

// under reports whether everything up to a is below everything from b on. A bound
// that is only usual must be left far behind.
func under(a, b bound, orEqual bool) bool {
	if math.IsInf(a.v, 1) || math.IsInf(b.v, -1) {
		return false
	}
	if a.usual || b.usual {
		return a.v < b.v
	}
	if a.v == b.v {
		return orEqual || a.open || b.open
	}
	return a.v < b.v
}

func reasons(list ...bound) []diag.Span {
	var spans []diag.Span
	for _, b := range list {
		if b.why.Range.Filename != "" {
			spans = append(spans, b.why)
		}
	}
	return spans
}
