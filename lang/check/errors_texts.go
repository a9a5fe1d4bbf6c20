package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/typed"
)

func errNoGroups(pattern *typed.Const) *diag.Diagnostic {
	f := finding("E0213", "This captures nothing", pattern.Range, "no part of the pattern has a name")
	f.Why = "What the named groups of a pattern match become the fields of a record."
	f.Hint = "give the parts that you want names: `(?P<level>[0-9]+)`."
	return f
}

func errGroupName(pattern *typed.Const, name string) *diag.Diagnostic {
	f := finding("E0213", "This is no name for a field", pattern.Range, fmt.Sprintf("a group is called `%s`", name))
	f.Hint = "names are small letters, digits and underscores, and begin with a letter."
	return f
}

func errGroupTwice(pattern *typed.Const, name string) *diag.Diagnostic {
	f := finding("E0103", "One name, two things", pattern.Range, fmt.Sprintf("two groups are called `%s`", name))
	f.Why = "What the named groups of a pattern match become the fields of a record."
	f.Hint = fmt.Sprintf("call the other one `%s_2`.", name)
	return f
}

func errVerb(x typed.Expr, verb string) *diag.Diagnostic {
	f := finding("E0213", "This cannot be written", x.Base().Range, fmt.Sprintf("`%s` says nothing", verb))
	f.Hint = "these do:"
	f.Example = rows(
		"%s", "anything, as a text shows it",
		"%d", "a whole number",
		"%.1f", "a number with one digit after the point",
		"%x", "a whole number in hexadecimal",
		"%5d", "at least five characters wide; `%-5d` fills up on the right, `%05d` with zeros",
		"%%", "a percent sign",
	)
	return f
}

func errFormatCount(k call, layout typed.Expr, verbs int) *diag.Diagnostic {
	f := finding("E0206", "Wrong number of arguments", k.e.Range(), "the values to write: "+counted(len(k.args)-1, "argument"))
	also(f, layout.Base().Range, "the places for them: "+counted(verbs, "place"))
	f.Hint = "each `%…` takes one value. A percent sign is `%%`."
	return f
}
