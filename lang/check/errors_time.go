package check

import (
	"fmt"
	"strings"
	"time"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/typed"
)

// errNever is a time that can never come, or would come without a pause.
func errNever(k *typed.Const, a *catalog.Arg) *diag.Diagnostic {
	f := finding("E1104", "This would never happen", k.Range, fmt.Sprintf("`%s` must be longer than nothing", a.Name))
	f.Hint = "write how long, for example `5.min`."
	return f
}

// errItems is a list that must have so many elements.
func errItems(x typed.Expr, a *catalog.Arg, n string) *diag.Diagnostic {
	return finding("E0213", "This is out of range", x.Base().Range, fmt.Sprintf("`%s` has %s elements, the lower first", a.Name, n))
}

// errNoSuchDay is a schedule of a day that no year has.
func errNoSuchDay(k *typed.Const) *diag.Diagnostic {
	return finding("E1104", "This would never happen", k.Range, "no year has such a day")
}

// errNeverBetween is a time of no length.
func errNeverBetween(x *typed.OpCall) *diag.Diagnostic {
	f := finding("E1104", "This would never happen", x.Range, "it begins and ends at the same time")
	f.Hint = "for the whole day write `on`."
	return f
}

// warnClockChange is a time of day that some day does not have, and another has twice.
func (c *checker) warnClockChange(r rangeT, zone string, gap, twice time.Time, from, to string) *diag.Diagnostic {
	label := ""
	if !gap.IsZero() {
		label = "missing on " + gap.Format("2 January 2006")
	}
	if !twice.IsZero() {
		label = strings.TrimPrefix(label+", twice on "+twice.Format("2 January 2006"), ", ")
	}
	f := warning("W1102", "This time does not happen once every day", r, label)
	if c.site != nil {
		for _, a := range c.site.Attrs {
			if a.Name == "timezone" && c.zone == zone {
				also(f, a.Expr.Range(), "clocks change here")
			}
		}
	}
	f.Why = "flowc runs it once on both days: at the first moment after the gap, and at the first of the two."
	switch {
	case gap.IsZero():
		f.Why = "flowc runs it once on that day: at the first of the two."
	case twice.IsZero():
		f.Why = "flowc runs it on that day too: at the first moment after the gap."
	}
	f.Hint = fmt.Sprintf("if the exact moment matters, choose a time before %s or after %s, or use `every(24.h)`.", from, to)
	return f
}
