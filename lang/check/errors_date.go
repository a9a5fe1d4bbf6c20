package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/fn"
)

// errDateText is a text that is no date, or no time of day, where one is wanted.
func errDateText(k *typed.Const, want *types.Type) *diag.Diagnostic {
	f := finding("E0202", "There is no such date", k.Range, "this is no day of the calendar")
	f.Hint = "a date is written with its year first: `\"2026-12-24\"`."
	if want.Kind == types.TimeOfDay {
		f.Summary, f.Subject.Label = "There is no such time of day", "no clock shows this"
		f.Hint = "a time of day goes from `\"00:00\"` to `\"23:59:59\"`, with two digits each: `\"07:00\"`."
	}
	if text, _ := k.V.(string); want.Kind == types.TimeOfDay && len(text) > 1 && text[1] == ':' {
		if _, err := fn.ReadTimeOfDay("0" + text); err == nil {
			f.Hint = fmt.Sprintf("the hour has two digits: `\"0%s\"`.", text)
			replace(f, k.Range, `"0`+text+`"`)
		}
	}
	if want.Origin.Range.Filename != "" {
		also(f, want.Origin.Range, fmt.Sprintf("%s is wanted", want.Say()))
	}
	return f
}
