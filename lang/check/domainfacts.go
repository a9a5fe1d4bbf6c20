package check

import (
	"fmt"
	"slices"

	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// facts is what is known of paths wherever a condition has the given truth.
func (b bounds) facts(cond typed.Expr, truth bool, k knowledge) knowledge {
	switch x := cond.(type) {
	case *typed.Unary:
		if x.Op == "!" {
			return b.facts(x.X, !truth, k)
		}
	case *typed.Binary:
		switch x.Op {
		case "&&", "||":
			if (x.Op == "&&") == truth {
				return b.facts(x.L, truth, k).and(b.facts(x.R, truth, k))
			}
			return nil
		}
		return b.compared(x, truth, k)
	}
	if path := pathOf(cond); path != "" && cond.Base().Type.Kind == types.Bool {
		return knowledge{path: oneOf(knownHere(cond, truth), onOff(truth))}
	}
	return nil
}

// knownHere is the place that makes something known.
func knownHere(cond typed.Expr, truth bool) diag.Span {
	label := "here `%s` was found to hold"
	if !truth {
		label = "here `%s` was found not to hold"
	}
	return diag.Span{Range: cond.Base().Range, Label: fmt.Sprintf(label, oneLine(cond.Base().Text))}
}

var opposite = map[string]string{"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
var mirrored = map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}

// compared is what a comparison tells of the paths on its two sides.
func (b bounds) compared(x *typed.Binary, truth bool, k knowledge) knowledge {
	op := x.Op
	if mirrored[op] == "" {
		return nil
	}
	if !truth {
		op = opposite[op]
	}
	why := knownHere(x, truth)
	known := knowledge{}
	if path := comparedPath(x.L); path != "" {
		known[path] = sideOf(op, b.of(x.R, k), x.L.Base().Type, why)
	}
	if path := comparedPath(x.R); path != "" {
		known[path] = sideOf(mirrored[op], b.of(x.L, k), x.R.Base().Type, why)
	}
	return known
}

// comparedPath is the path that a side of a comparison reads, through changes of
// unit.
func comparedPath(x typed.Expr) string {
	if c, ok := x.(*typed.Convert); ok {
		from, to := c.X.Base().Type.Kind, c.Type.Kind
		if from == to || from == types.Int && to == types.Number {
			return comparedPath(c.X)
		}
	}
	return pathOf(x)
}

// sideOf is what something can be that compares so with a domain.
func sideOf(op string, with domain, t *types.Type, why diag.Span) domain {
	d := anything()
	switch op {
	case "<", "<=":
		d.hi = bound{v: with.hi.v, open: op == "<" || with.hi.open, why: why, usual: with.hi.usual}
	case ">", ">=":
		d.lo = bound{v: with.lo.v, open: op == ">" || with.lo.open, why: why, usual: with.lo.usual}
	case "==":
		d = with
		d.lo.why, d.hi.why, d.because = why, why, why
	case "!=":
		if len(with.members) == 1 {
			all := membersToMatch(t)
			d.members = slices.DeleteFunc(slices.Clone(all), func(m string) bool { return m == with.members[0] })
			d.because = why
		}
	}
	return d
}

// truth is whether a condition holds, as far as that is decided; why are the places
// that decide it.
func (b bounds) truth(x typed.Expr, k knowledge) (is, decided bool, why []diag.Span) {
	n, ok := x.(*typed.Binary)
	if !ok {
		return b.switched(x, k)
	}
	l, r := b.of(n.L, k), b.of(n.R, k)
	switch n.Op {
	case "<":
		return l.less(r, false)
	case "<=":
		return l.less(r, true)
	case ">":
		return r.less(l, false)
	case ">=":
		return r.less(l, true)
	case "==", "!=":
		is, decided, why = equalDomains(n, l, r)
		return is == (n.Op == "=="), decided, why
	}
	return false, false, nil
}

// switched is whether a switch that was asked before is on.
func (b bounds) switched(x typed.Expr, k knowledge) (is, decided bool, why []diag.Span) {
	d, ok := k[pathOf(x)]
	if !ok || x.Base().Type.Kind != types.Bool || len(d.members) != 1 {
		return false, false, nil
	}
	return d.members[0] == "on", true, []diag.Span{d.because}
}

func equalDomains(x *typed.Binary, l, r domain) (is, decided bool, why []diag.Span) {
	if l.members != nil && r.members != nil {
		both := l.and(r)
		switch {
		case len(both.members) == 0:
			return false, true, spansOf(l.because, r.because)
		case len(l.members) == 1 && len(r.members) == 1:
			return true, true, spansOf(l.because, r.because)
		}
		return false, false, nil
	}
	if is, decided, why := l.less(r, false); decided && is {
		return false, true, why
	}
	if is, decided, why := r.less(l, false); decided && is {
		return false, true, why
	}
	if neverWhole(x.L, x.R) || neverWhole(x.R, x.L) {
		return false, true, nil
	}
	return false, false, nil
}

// neverWhole reports whether a whole number is compared with one that is not.
func neverWhole(whole, x typed.Expr) bool {
	c, ok := whole.(*typed.Convert)
	if !ok || c.X.Base().Type.Kind != types.Int {
		return false
	}
	k, ok := constant(x)
	v, isNumber := 0.0, false
	if ok {
		v, isNumber = k.V.(float64)
	}
	return isNumber && v != float64(int64(v))
}

func spansOf(list ...diag.Span) []diag.Span {
	var spans []diag.Span
	for _, s := range list {
		if s.Range.Filename != "" {
			spans = append(spans, s)
		}
	}
	return spans
}
