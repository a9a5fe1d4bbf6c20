package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// errDateText is a text that is no date, or no time of day, where one is wanted.
func errDateText(k *typed.Const, want *types.Type) *diag.Diagnostic {
	f := finding("E0202", "There is no such date", k.Range, "this is no day of the calendar")
	f.Hint = "a date is written with its year first: `\"2026-12-24\"`."
	if want.Kind == types.TimeOfDay {
		f.Summary, f.Subject.Label = "There is no such time of day", "no clock shows this"
		f.Hint = "a time of day goes from `\"00:00\"` to `\"23:59:59\"`, and has minutes: `\"07:00\"`."
	}
	if want.Origin.Range.Filename != "" {
		also(f, want.Origin.Range, fmt.Sprintf("%s is wanted", want.Say()))
	}
	return f
}
