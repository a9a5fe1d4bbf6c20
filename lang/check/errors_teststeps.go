package check

import (
	"fmt"
	"strings"

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

// errStoredWhat is a step that says nothing of what was kept.
func errStoredWhat(b *syntax.Block, states []string) *diag.Diagnostic {
	f := finding("E1304", "What was kept?", b.KindRange, "no state is named here")
	f.Hint = "name states, with what an earlier version of the flow kept of them:"
	name := "NAME"
	if len(states) > 0 {
		name = states[0]
	}
	f.Example = fmt.Sprintf("stored { %s = … }", name)
	return f
}

// errStoredState is something else than a state of which a test says what was kept.
func (c *checker) errStoredState(a *syntax.Attr, d *decl) *diag.Diagnostic {
	f := finding("E1303", "`stored` does not go with this", a.NameRange, fmt.Sprintf("`%s` is %s", d.name, d.what()))
	also(f, d.at, "declared here")
	f.Why = "It is for states: what an earlier version of the flow kept of them."
	if names := c.names(c.isKept); len(names) > 0 {
		f.Hint = fmt.Sprintf("this flow keeps %s.", listed(names))
	}
	return f
}

// errStoredNowhere is a state that begins anew with each start.
func (c *checker) errStoredNowhere(a *syntax.Attr, d *decl) *diag.Diagnostic {
	f := finding("E1303", "Nothing is kept of this", a.NameRange, fmt.Sprintf("`%s` begins anew with each start", d.name))
	also(f, d.at, "declared here")
	if c.persist != nil {
		f.Hint = fmt.Sprintf("write `persist = true` in `%s`.", d.name)
		return f
	}
	f.Hint = "say where the program keeps what it remembers:"
	f.Example = "program {\n  edition = 1\n  persist = { file = \"state.db\" }\n}"
	return f
}

// errStoredParts is a state of keys that have several parts.
func (c *checker) errStoredParts(a *syntax.Attr, d *decl) *diag.Diagnostic {
	f := finding("E1303", "A test cannot say this yet", a.NameRange, fmt.Sprintf("there is one `%s` for every `%s`", d.name, strings.ReplaceAll(d.x.Base().Key.Names, ",", "` and `")))
	also(f, d.at, "declared here")
	f.Why = "What was kept can be said of states whose key has one part."
	return f
}

// errStoredKeys is one value for a state that is there once for each key.
func (c *checker) errStoredKeys(a *syntax.Attr, d *decl, t *types.Type) *diag.Diagnostic {
	x := d.x.Base()
	f := finding("E1304", "Of which one was this kept?", a.Expr.Range(), "nothing says of which")
	also(f, d.at, fmt.Sprintf("one state for every `%s`", x.Key.Names))
	key := "a"
	if of := c.captureType(d.x, x.Key.Names); of != nil {
		key = of.Values[0]
	}
	f.Hint = fmt.Sprintf("write `%s = { %s = %s }`.", d.name, key, otherwise(t))
	return f
}
