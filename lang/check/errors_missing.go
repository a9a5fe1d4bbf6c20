package check

import (
	"fmt"
	"strings"

	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// errMissing is optional data used as if it were always there. suffix is what is
// read of it.
func (c *checker) errMissing(x typed.Expr, suffix string) *diag.Diagnostic {
	return c.errMissingUsed(x, suffix, "used")
}

// errMissingHanded is optional data that goes out as if it were always there: to a
// sink, a setting, an actuator.
func (c *checker) errMissingHanded(x typed.Expr) *diag.Diagnostic {
	f := c.errMissingUsed(x, "", "handed on")
	f.Code = "E0402"
	return f
}

// errMissingUsed is errMissing with a word for what is done with the data.
func (c *checker) errMissingUsed(x typed.Expr, suffix, used string) *diag.Diagnostic {
	text := x.Base().Text
	label := "and " + used + " here as if it were always there"
	f := finding("E0401", "This may be missing", x.Base().Range, label)
	if o, said := c.whyMissing(x); o.Range.Filename != "" && !overlaps(o.Range, x.Base().Range) {
		also(f, o.Range, said)
	} else {
		f.Subject.Label = "this may be missing"
	}
	f.Hint = "say what to use when it is missing:"
	if suffix != "" {
		f.Code = "E0402"
		f.Hint = "ask first whether it is there:"
		if pathOf(x) == "" { // the answer is remembered for names only
			f.Hint = "give it a name, and ask first whether it is there:"
			f.Example, text = fmt.Sprintf("found = %s\n", text), "found"
		}
		f.Example += fmt.Sprintf("%s != null ? %s%s : …", text, text, suffix)
		return f
	}
	lines := fmt.Sprintf("default(%s, %s)", text, otherwise(x.Base().Type.Elem))
	if pathOf(x) != "" {
		lines += fmt.Sprintf("\n\nor handle only those that have it, earlier on:\n\nwhere(…, %s != null)", text)
	}
	f.Example = lines
	return f
}

// whyMissing is the place that makes x something that may be missing, and what is
// said there.
func (c *checker) whyMissing(x typed.Expr) (types.Origin, string) {
	if i, ok := x.(*typed.Index); ok {
		of := i.X.Base().Type
		if of.Kind == types.List {
			return of.Origin, "a list may be shorter than that"
		}
		return of.Origin, "a map need not have each entry"
	}
	o := x.Base().Type.Origin
	if call, ok := x.(*typed.Call); ok && !strings.HasPrefix(c.src(o.Range), "optional") {
		return o, fmt.Sprintf("declared here; `%s` need not find anything in it", call.Fn.Name)
	}
	return o, "declared optional here"
}

// otherwise is a value to use instead, as one may paste it.
func otherwise(t *types.Type) string {
	if t.Kind == types.Quantity && t.Unit.Name == "C" || t.Kind == types.Record || t.Kind == types.List {
		return "…"
	}
	return exampleOf(t)
}

// errMissingInText is optional data in a text.
func (c *checker) errMissingInText(x typed.Expr) *diag.Diagnostic {
	f := c.errMissing(x, "")
	f.Subject.Label = "and put into a text here as if it were always there"
	f.Hint = "say what to show when it is missing:"
	f.Example = fmt.Sprintf("${show(%s, \"no data\")}", x.Base().Text)
	return f
}

// errNeverNull compares with null what is always there.
func (c *checker) errNeverNull(r rangeT, x typed.Expr) *diag.Diagnostic {
	f := warning("W0403", "This is always there", r, fmt.Sprintf("`%s` is %s and never missing", x.Base().Text, x.Base().Type.Say()))
	origin(f, x)
	f.Hint = "leave the question out. If a sensor sends it only now and then, declare it `optional(…)`."
	return f
}

// errNeverFires is a `default` or `try` that cannot be needed.
func (c *checker) errNeverFires(k call, x typed.Expr, form string) *diag.Diagnostic {
	r := k.e.Range()
	f := warning("W0403", fmt.Sprintf("This `%s` is never needed", form), r, "")
	text := x.Base().Text
	if form == "default" || form == "show" {
		f.Subject.Label = fmt.Sprintf("`%s` is never missing", text)
		if x.Base().Shape != types.Constant {
			f.Hint = fmt.Sprintf("if you mean \"not ready\" (a sensor that fell silent), write `try(%s, …)`; otherwise leave it out.", text)
		} else {
			f.Hint = "leave it out."
		}
		origin(f, x)
	} else {
		f.Subject.Label = fmt.Sprintf("`%s` cannot fail and is always ready", text)
		f.Hint = "leave it out."
	}
	if form != "show" {
		replace(f, r, text)
	}
	return f
}

// errFallback is what stands in for missing data and is of another sort.
func (c *checker) errFallback(form string, x, d typed.Expr, t *types.Type) *diag.Diagnostic {
	if d.Base().Type.Kind == types.Optional {
		f := c.errMissing(d, "")
		f.Hint = "the last resort must always be there. To try several in turn:"
		f.Example = fmt.Sprintf("first_of(%s, %s)", x.Base().Text, d.Base().Text)
		return f
	}
	if unitsDiffer(d.Base().Type, t) {
		f := c.errUnitOf(d, t, "the replacement", rangeT{})
		f.Why = fmt.Sprintf("What `%s` falls back to must be of the same sort as `%s`.", form, x.Base().Text)
		origin(f, x)
		return f
	}
	f := finding("E0202", "This does not fit here", d.Base().Range, "this is "+d.Base().Type.Say())
	also(f, x.Base().Range, "it stands in for "+strings.TrimPrefix(t.Say(), "one of "))
	f.Why = fmt.Sprintf("What `%s` falls back to must be of the same sort as `%s`.", form, x.Base().Text)
	tellDifference(f, d.Base().Type, t)
	c.hintConversion(f, d, t)
	return f
}
