package check

import (
	"fmt"
	"slices"
	"time"

	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// knowledge is what is known at a place of what paths can be.
type knowledge map[string]domain

func (k knowledge) and(more knowledge) knowledge {
	if len(more) == 0 {
		return k
	}
	both := knowledge{}
	for path, d := range k {
		both[path] = d
	}
	for path, d := range more {
		if old, ok := both[path]; ok {
			d = old.and(d)
		}
		both[path] = d
	}
	return both
}

// maxDeep bounds through how many equations a domain is followed.
const maxDeep = 20

// bounds works out what expressions can be. deep counts the equations it is in.
type bounds struct {
	c    *checker
	deep int
}

// of is what an expression can be.
func (b bounds) of(x typed.Expr, k knowledge) domain {
	d := b.byNature(x, k)
	if path := pathOf(x); path != "" {
		if known, ok := k[path]; ok {
			d = d.and(known)
		}
	}
	return d
}

// byNature is what an expression can be whatever was asked before.
func (b bounds) byNature(x typed.Expr, k knowledge) domain {
	switch x := x.(type) {
	case *typed.Const:
		return constDomain(x)
	case *typed.SettingRef:
		return settingDomain(x)
	case *typed.Wire:
		return b.wire(x)
	case *typed.Field:
		return b.field(x)
	case *typed.Unwrap:
		return b.of(x.X, k)
	case *typed.Convert:
		return b.converted(x, k)
	case *typed.Unary:
		if x.Op == "-" {
			return b.of(x.X, k).scaled(-1)
		}
	case *typed.Binary:
		return b.arithmetic(x, k)
	case *typed.Cond:
		is, not := b.facts(x.C, true, k), b.facts(x.C, false, k)
		return b.of(x.A, k.and(is)).or(b.of(x.B, k.and(not)))
	case *typed.Default:
		return b.of(x.X, k).or(b.of(x.D, k))
	case *typed.Try:
		return b.of(x.X, k).or(b.of(x.D, k))
	case *typed.Call:
		return b.call(x, k)
	case *typed.OpCall:
		return b.operator(x)
	}
	return anything()
}

func constDomain(x *typed.Const) domain {
	switch v := x.V.(type) {
	case bool:
		return oneOf(diag.Span{}, onOff(v))
	case string:
		if x.Type.Kind == types.Enum {
			return oneOf(diag.Span{}, v)
		}
	case int64:
		return exactly(float64(v))
	case float64:
		return exactly(toBase(v, scaleOf(x.Type)))
	case time.Duration:
		return exactly(v.Seconds())
	}
	return anything()
}

func onOff(v bool) string {
	if v {
		return "on"
	}
	return "off"
}

func settingDomain(x *typed.SettingRef) domain {
	s := x.Setting
	if !s.HasRange {
		return anything()
	}
	d := domain{lo: bound{v: s.Min}, hi: bound{v: s.Max}}.from(scaleOf(s.Type))
	in := ""
	if s.Type.Kind == types.Quantity {
		in = "." + s.Type.Unit.Name
	}
	label := fmt.Sprintf("`%s` is from %s%s to %s%s", s.Name, fmtNumber(s.Min), in, fmtNumber(s.Max), in)
	why := diag.Span{Range: s.Type.Origin.Range, Label: label}
	d.lo.why, d.hi.why = why, why
	return d
}

// wire is what an equation can be, or a whole payload.
func (b bounds) wire(x *typed.Wire) domain {
	switch {
	case x.Output == typed.Faults:
		return anything()
	case x.Eq == nil || x.Eq.X == nil:
		return usualDomain(x)
	}
	if b.deep++; b.deep > maxDeep {
		return anything()
	}
	if w, ok := x.Eq.X.(*typed.Where); ok {
		return b.of(w.X, b.facts(w.If, true, nil))
	}
	return b.of(x.Eq.X, nil)
}

// field is what a field can be: of a filtered stream, what the filter lets through.
func (b bounds) field(x *typed.Field) domain {
	w := rootWire(x)
	switch {
	case w != nil && w.Output == typed.Faults:
		return anything()
	case w == nil || w.Eq == nil:
		return usualDomain(x)
	}
	if b.deep++; b.deep > maxDeep {
		return anything()
	}
	switch from := w.Eq.X.(type) {
	case *typed.Where:
		return b.of(withRoot(x, from.X), b.facts(from.If, true, nil))
	case *typed.Wire:
		return b.of(withRoot(x, from), nil)
	}
	return anything()
}

// rootWire is the wire that a chain of fields begins with, nil if it does not.
func rootWire(x typed.Expr) *typed.Wire {
	for {
		switch f := x.(type) {
		case *typed.Field:
			x = f.X
		case *typed.Unwrap:
			x = f.X
		case *typed.Wire:
			return f
		default:
			return nil
		}
	}
}

// withRoot is a chain of fields that begins with another expression.
func withRoot(x, root typed.Expr) typed.Expr {
	switch f := x.(type) {
	case *typed.Field:
		c := *f
		c.X = withRoot(f.X, root)
		return &c
	case *typed.Unwrap:
		c := *f
		c.X = withRoot(f.X, root)
		return &c
	}
	return root
}

// usualDomain is what something that comes from outside usually is: a percentage
// does not go far above a hundred.
func usualDomain(x typed.Expr) domain {
	d := anything()
	if t := x.Base().Type; t.Kind == types.Quantity && t.Unit.GoType == "Percent" {
		d.hi = bound{v: toBase(100, t.Unit.Conv), usual: true,
			why: diag.Span{Range: t.Origin.Range, Label: t.Origin.Text + " is a percentage: it goes up to 100 %"}}
	}
	return d
}

func (b bounds) converted(x *typed.Convert, k knowledge) domain {
	d := b.of(x.X, k)
	from, to := x.X.Base().Type, x.Type
	switch {
	case from.Kind == types.Quantity && to.Kind == types.Number:
		return d.in(scaleOf(from))
	case from.Kind == types.Number && to.Kind == types.Quantity:
		return d.from(scaleOf(to))
	}
	return d
}

// arithmetic is the domain of a sum, or of a product with a constant.
func (b bounds) arithmetic(x *typed.Binary, k knowledge) domain {
	switch x.Op {
	case "+":
		return b.of(x.L, k).plus(b.of(x.R, k))
	case "-":
		return b.of(x.L, k).plus(b.of(x.R, k).scaled(-1))
	case "*":
		if f, ok := factor(x.R); ok {
			return b.of(x.L, k).scaled(f)
		}
		if f, ok := factor(x.L); ok {
			return b.of(x.R, k).scaled(f)
		}
	case "/":
		if f, ok := factor(x.R); ok && f != 0 {
			return b.of(x.L, k).scaled(1 / f)
		}
	}
	return anything()
}

// factor is a plain number that is known.
func factor(x typed.Expr) (float64, bool) {
	if c, ok := x.(*typed.Convert); ok {
		return factor(c.X)
	}
	k, ok := constant(x)
	if !ok {
		return 0, false
	}
	switch v := k.V.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, k.Type.Kind == types.Number
	}
	return 0, false
}

// natural are the functions and operators whose results have a range.
var natural = map[string][2]float64{
	"hour": {0, 23}, "minute": {0, 59}, "month": {1, 12}, "day_of_year": {1, 366}, "sin": {-1, 1}, "cos": {-1, 1},
	"parity": {0, 1}, "sign": {-1, 1},
}

// neverNegative are those whose results are zero or more.
var neverNegative = []string{"length", "abs", "sqrt", "hypot", "count_if", "count", "count_of", "since", "stale_for", "stddev"}

func naturalDomain(name string, x typed.Expr) domain {
	why := diag.Span{Range: x.Base().Range}
	if r, ok := natural[name]; ok {
		why.Label = fmt.Sprintf("`%s` is from %g to %g", name, r[0], r[1])
		return domain{lo: bound{v: r[0], why: why}, hi: bound{v: r[1], why: why}}
	}
	if slices.Contains(neverNegative, name) && !isPointType(x.Base().Type) {
		why.Label = fmt.Sprintf("`%s` is never below zero", name)
		return atLeast(0, why)
	}
	return anything()
}

func isPointType(t *types.Type) bool { return t.Kind == types.Quantity && t.Unit.Point }

func (b bounds) call(x *typed.Call, k knowledge) domain {
	switch {
	case x.Fn.Name == "clamp" && len(x.Args) == 3:
		low, high := b.of(x.Args[1], k), b.of(x.Args[2], k)
		why := diag.Span{Range: x.Range, Label: "`clamp` holds it between its bounds"}
		if low.lo.v > high.hi.v {
			return anything()
		}
		low.lo.why, high.hi.why = why, why
		return domain{lo: low.lo, hi: high.hi}
	case (x.Fn.Name == "min" || x.Fn.Name == "max") && len(x.Args) > 1:
		d := b.of(x.Args[0], k)
		for _, a := range x.Args[1:] {
			o := b.of(a, k)
			if x.Fn.Name == "min" {
				d = domain{lo: d.or(o).lo, hi: d.and(o).hi}
			} else {
				d = domain{lo: d.and(o).lo, hi: d.or(o).hi}
			}
		}
		return d
	}
	return naturalDomain(x.Fn.Name, x)
}

// between are the operators whose results lie among what they were given.
var between = []string{"average", "lowest", "highest", "mean_of", "lowest_over", "highest_over", "median", "ema"}

func (b bounds) operator(x *typed.OpCall) domain {
	if slices.Contains(between, x.Op.Name) && len(x.Args) > 0 {
		return b.of(x.Args[0], nil)
	}
	return naturalDomain(x.Op.Name, x)
}
