package check

import (
	"fmt"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
)

// errStateNeeds is a state without its start or its rows.
func errStateNeeds(d *decl, name, why, example string) *diag.Diagnostic {
	f := finding("E0108", "A setting is missing", d.at, fmt.Sprintf("a state needs `%s`", name))
	f.Why = upperFirst(why)
	f.Hint = "add"
	f.Example = example
	return f
}

// errStateType is a start of which nobody can tell what it is.
func errStateType(d *decl, x typed.Expr) *diag.Diagnostic {
	f := finding("E0202", "What is this state?", x.Base().Range, "this alone has no type")
	also(f, d.at, fmt.Sprintf("`%s` begins with it", d.name))
	f.Hint = "say it with `type`:"
	f.Example = "type  = optional(string)\nstart = null"
	return f
}

// errStateWhich is a start that several enumerations have.
func errStateWhich(a *syntax.Attr, enums []*decl) *diag.Diagnostic {
	f := finding("E0104", "Which of these is it?", a.Expr.Range(), "several enumerations have this")
	for _, d := range enums {
		also(f, d.at, fmt.Sprintf("`%s` does", d.name))
	}
	f.Hint = "say which with"
	f.Example = "type = " + enums[0].name
	return f
}

// errStateRows is a state whose `on` is no table.
func errStateRows(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0206", "Rows are missing", a.Expr.Range(), "a state takes rows in braces")
	f.Why = "Left of each row stands what happens, right of it what the state becomes."
	f.Hint = "write a row for each event:"
	f.Example = "on = {\n  door.pressed = !old\n}"
	return f
}

// errStateElse is a row for when nothing happens.
func errStateElse(at rangeT) *diag.Diagnostic {
	f := finding("E0206", "A state has no `else`", at, "no event is left over")
	f.Why = "A state changes only when the event of a row happens; when none does it stays as it is."
	f.Hint = "take the row out, or write `after(d)` for what it becomes when nothing has changed it for so long."
	return f
}

func errAfterArgs(call *hclsyntax.FunctionCallExpr) *diag.Diagnostic {
	f := finding("E0206", "Wrong number of arguments", call.Range(), fmt.Sprintf("`after` with %s", counted(len(call.Args), "value")))
	f.Hint = "write how long after the last change, as in `after(30.min)`."
	return f
}

// errAfterNothing is `after` with no time at all.
func errAfterNothing(x typed.Expr) *diag.Diagnostic {
	f := finding("E0213", "This is out of range", x.Base().Range, "more than 0.s is needed")
	f.Why = "The state would change again at the same moment, and for ever."
	return f
}

// errRowNeverFires is a row whose event never happens without that of a row above.
func errRowNeverFires(r, above *stateRow, on typed.Expr) *diag.Diagnostic {
	f := warning("W0605", "This row never counts", r.at, "whenever this happens …")
	also(f, above.at, "… this happens too, and stands above it")
	f.Why = "The first row whose event happens decides."
	f.Hint = "put the row for the special case first."
	return f
}

// errUnreachable is something that waits for what never happens.
func errUnreachable(x typed.Expr, does string, filter diag.Span) *diag.Diagnostic {
	f := warning("W0605", "This never happens", x.Base().Range, does)
	if overlaps(filter.Range, x.Base().Range) {
		f.Subject = diag.Span{Range: filter.Range, Label: filter.Label + "; " + does}
	} else {
		also(f, filter.Range, filter.Label)
	}
	f.Why = "A filter on the way lets nothing through."
	f.Hint = "mend the condition of the filter, or take out what waits behind it."
	return f
}

// errNeverEntered is a member that a state never has; asked is where the flow asks it for
// that, listed where the enumeration has it, where there are such places.
func errNeverEntered(d *decl, member string, asked, listed rangeT) *diag.Diagnostic {
	f := warning("W0605", "This state is never entered", d.at, fmt.Sprintf("nothing ever makes `%s` %s", d.name, member))
	f.Why = "It is not where the state starts, and no row leads there."
	f.Hint = fmt.Sprintf("add a row that makes it %s.", member)
	switch {
	case asked.Filename != "":
		also(f, asked, "it is asked for here")
	case listed.Filename != "":
		also(f, listed, "it could be this")
		f.Hint = fmt.Sprintf("add a row that makes it %s, or take the member out.", member)
	}
	return f
}
