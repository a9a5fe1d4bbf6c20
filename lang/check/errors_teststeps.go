package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/types"
)

// errNoCaseSent is a message of several cases that names none.
func errNoCaseSent(b *syntax.Block, t *types.Type) *diag.Diagnostic {
	f := finding("E1304", "What is sent?", b.KindRange, fmt.Sprintf("which of %s?", listed(t.Cases())))
	also(f, t.Origin.Range, fmt.Sprintf("%s is one of several", article(t.Name)))
	name := t.Cases()[0]
	f.Hint = fmt.Sprintf("name the case: `%s = %s`.", name, caseData(t, name))
	return f
}

func caseData(t *types.Type, name string) string {
	if data := t.CaseType(name); data.Kind == types.Record && len(data.Fields) > 0 {
		return fmt.Sprintf("{ %s = %s }", data.Fields[0].Name, exampleOf(data.Fields[0].Type))
	}
	return "{}"
}

func errTwoCases(a, first *syntax.Attr) *diag.Diagnostic {
	f := finding("E1304", "It is one case or the other", a.NameRange, "and this is another")
	also(f, first.NameRange, "this is one case")
	f.Hint = "send them one after the other."
	return f
}

func errCaseHoldsNothing(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E1304", "This case carries nothing", a.Expr.Range(), "there is nothing to say about it")
	f.Hint = fmt.Sprintf("write `%s = {}`.", a.Name)
	return f
}

// errOnlyHappens is an event without data that a test sets to something else than on.
func errOnlyHappens(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E1304", "This only happens", a.Expr.Range(), "it cannot be off")
	f.Hint = fmt.Sprintf("`%s = on` lets it happen, once.", a.Name)
	return f
}

func errTwoMethods(a, first *syntax.Attr) *diag.Diagnostic {
	f := finding("E1304", "A request has one path", a.NameRange, "and this is another")
	also(f, first.NameRange, "this is one")
	f.Hint = "ask twice, in two steps."
	return f
}
