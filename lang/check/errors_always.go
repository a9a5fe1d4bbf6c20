package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// errDecided is a condition that is always on or always off.
func errDecided(x typed.Expr, is bool, why []diag.Span) *diag.Diagnostic {
	summary, label := "This is never so", "this never holds"
	if is {
		summary, label = "This is always so", "this always holds"
	}
	f := warning("W0212", summary, x.Base().Range, label)
	for _, s := range why {
		if !overlaps(s.Range, x.Base().Range) {
			also(f, s.Range, s.Label)
		} else if s.Range != x.Base().Range {
			f.Why = capital(s.Label) + "."
		}
	}
	if b, ok := x.(*typed.Binary); ok && f.Why == "" && (neverWhole(b.L, b.R) || neverWhole(b.R, b.L)) {
		f.Why = "A whole number is never equal to one that is not whole."
	}
	f.Hint = "mend the condition, or take it out: what it decides is decided."
	return f
}

func capital(s string) string {
	r := []rune(s)
	if len(r) > 0 && r[0] >= 'a' && r[0] <= 'z' {
		r[0] -= 'a' - 'A'
	}
	return string(r)
}

// knownMember is the place that makes it known which member a matched thing is.
func knownMember(x typed.Expr, arm typed.Arm) diag.Span {
	return diag.Span{Range: x.Base().Range, Label: fmt.Sprintf("in this row `%s` is `%s`", x.Base().Text, arm.Member)}
}

// errElseDead is an `else` of a match where every member has a row.
func errElseDead(x typed.Expr, r *row) *diag.Diagnostic {
	f := warning("W0212", "This is never so", r.at, "every case has a row of its own")
	also(f, x.Base().Type.Origin.Range, sayMembers(x.Base().Type))
	f.Hint = "take the row out. If a case is added later, flowc will ask for its answer."
	return f
}

// errAskedBefore asks again whether data is there.
func errAskedBefore(r rangeT, x typed.Expr, is bool) *diag.Diagnostic {
	summary, label := "This is never so", "this was asked before: it is there"
	if is {
		summary = "This is always so"
	}
	f := warning("W0212", summary, r, label)
	f.Why = fmt.Sprintf("Here `%s` is known to be there: something earlier on let only those through.", x.Base().Text)
	f.Hint = "leave the question out."
	return f
}

// errMeasuredEqual is `==` between measured numbers.
func errMeasuredEqual(op string, l, r typed.Expr, at rangeT) *diag.Diagnostic {
	f := warning("W0211", "Measured numbers are hardly ever equal", at, fmt.Sprintf("`%s` looks at the last digit", op))
	origin(f, l)
	f.Why = "What was measured, or worked out from it, has digits that nobody sees: 0.1 + 0.2 is not 0.3."
	near := fmt.Sprintf("near(%s, %s, %s)", l.Base().Text, r.Base().Text, tolerance(l.Base().Type))
	if op == "!=" {
		near = "!" + near
	}
	f.Hint = "say how close is close enough:"
	f.Example = near
	replace(f, at, near)
	return f
}

// tolerance is a small step of a type.
func tolerance(t *types.Type) string {
	if t.Kind == types.Quantity {
		if u := t.Unit.StepUnit(); u.Name != "" {
			return "0.1." + u.Name
		}
	}
	return "0.1"
}

func oneLine(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:57]) + "…"
	}
	return s
}
