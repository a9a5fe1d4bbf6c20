package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// errNoTimeField is an `event_time` that names no field of the payload.
func errNoTimeField(a *syntax.Attr, at rangeT, why string, moments []string) *diag.Diagnostic {
	f := finding("E0203", "Which field says when?", at, why)
	also(f, a.NameRange, "it names the field of the payload that says when it was measured")
	f.Hint = "declare the moment in the type, and name it here:"
	f.Example = "json       = { power = W, at = epoch(s) }\nevent_time = at"
	if len(moments) > 0 {
		f.Hint, f.Example = fmt.Sprintf("did you mean `%s`?", moments[0]), ""
	}
	if len(moments) == 1 {
		replace(f, a.Expr.Range(), moments[0])
	}
	return f
}

// errNotTime is an `event_time` that is no moment.
func errNotTime(a *syntax.Attr, g types.Field) *diag.Diagnostic {
	f := finding("E0202", "This is not a moment", a.Expr.Range(), fmt.Sprintf("`%s` is %s", g.Name, g.Type.Say()))
	also(f, g.Range, "declared here")
	f.Hint = "say in the type how the moment is written: `epoch(s)` and `epoch(ms)` are numbers since 1970, `iso8601` is a text."
	return f
}

// errTimeMissing is an `event_time` that not every message has.
func errTimeMissing(a *syntax.Attr, g types.Field) *diag.Diagnostic {
	f := finding("E0401", "This may be missing", a.Expr.Range(), "without it nobody knows in which window the message belongs")
	also(f, g.Range, "declared optional here")
	f.Hint = "declare it without `optional`: a message that does not say when is then a fault."
	return f
}

func errNegativeLateness(k *typed.Const) *diag.Diagnostic {
	f := finding("E0213", "This is out of range", k.Range, "`lateness` is at least 0.s")
	f.Why = "It says how far behind the newest message one may be."
	return f
}

func errNoIdle(k *typed.Const) *diag.Diagnostic {
	f := finding("E0213", "This is out of range", k.Range, "`idle` is more than 0.s")
	f.Why = "It says how long nothing has to come for the time of windows to go on with the clock. Without it they wait."
	return f
}

// errTimeUnused is an `event_time` that no window goes by.
func errTimeUnused(d *decl) *diag.Diagnostic {
	f := warning("W0602", "Nobody uses this", d.eventTime.attr.NameRange, fmt.Sprintf("no window goes by the time of `%s`", d.name))
	f.Why = "Windows go by it when they look at the source itself, or at what a `where` or an expression makes of it; what a `delay` or a `merge` gives happens when it does. All else goes by when a message came."
	f.Hint = fmt.Sprintf("gather `%s` with `window(%s, { every = 5.min })`, or take it out.", d.name, d.name)
	return f
}
