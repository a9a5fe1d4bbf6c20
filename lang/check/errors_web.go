package check

import (
	"fmt"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// errPairs is something else where names with texts belong.
func errPairs(x typed.Expr, g *catalog.Field, a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0202", "This does not fit here", x.Base().Range, "this is "+x.Base().Type.Say())
	also(f, a.NameRange, fmt.Sprintf("`%s` takes names with their texts", g.Name))
	origin(f, x)
	f.Hint = fmt.Sprintf("write a record: `%s = { name = \"text\" }`.", g.Name)
	return f
}

// errPairText is a field that is no single word outside.
func errPairText(x typed.Expr, name string, g *catalog.Field, a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0202", "This does not fit here", x.Base().Range, fmt.Sprintf("`%s` is %s", name, x.Base().Type.Say()))
	also(f, a.NameRange, fmt.Sprintf("`%s` takes names with their texts", g.Name))
	origin(f, x)
	f.Why = "Each field is sent as one text; a record or a list has none."
	f.Hint = fmt.Sprintf("give its parts one by one, or as JSON: `%s = json(…)`.", name)
	return f
}

// errNoTrigger is a thing that acts, but is not told when.
func errNoTrigger(d *decl) *diag.Diagnostic {
	f := finding("E0108", "A setting is missing", d.at, fmt.Sprintf("%s needs `when`", article(d.kind.Name)))
	f.Why = "Nothing that it is given happens, so nothing says at which moments it acts."
	f.Hint = "add"
	f.Example = "when = every(1.min)"
	return f
}

// retryRecord tells of `retry = 5`, `retry = 5.s` and `retry = off`.
func retryRecord(f *diag.Diagnostic, x typed.Expr, want *types.Type) bool {
	if len(want.Fields) != 2 || want.Fields[0].Name != "times" || want.Fields[1].Name != "wait" {
		return false
	}
	right := "{ times = 3, wait = 1.s }"
	k, _ := constant(x)
	switch t := x.Base().Type; {
	case t.Kind == types.Int && k != nil && isLiteral(x):
		right = fmt.Sprintf("{ times = %s, wait = 1.s }", k.Text)
	case t.Kind == types.Duration && k != nil && isLiteral(x):
		right = fmt.Sprintf("{ times = 3, wait = %s }", k.Text)
	case t.Kind == types.Bool && k != nil && k.V == false:
		right = "{ times = 0 }"
	}
	f.Hint = "say how often it is tried again, and how long it waits before the first of these:"
	f.Example = "retry = " + right
	replace(f, x.Base().Range, right)
	return true
}

// errAnswerType is `json = { text = "…" }` at a call: what is sent has another name.
func errAnswerType(a *syntax.Attr, e hclsyntax.Expression) *diag.Diagnostic {
	f := finding("E0201", "A type is needed here", e.Range(), "this is not a type")
	also(f, a.NameRange, fmt.Sprintf("`%s` says what the answer looks like", a.Name))
	f.Why = "What is sent is the `body`: a record goes out as JSON."
	f.Hint = "did you mean `body`?"
	replace(f, a.NameRange, "body")
	return f
}

// errInstead is two settings of which only one can count.
func errInstead(a, other *syntax.Attr) *diag.Diagnostic {
	f := finding("E0207", "Only one of these can be", a.NameRange, fmt.Sprintf("and `%s` too?", a.Name))
	also(f, other.NameRange, fmt.Sprintf("`%s` is given", other.Name))
	f.Hint = "keep one of the two."
	return f
}

// errPeriods is a silence whose default follows from something that only the start
// of the program tells.
func errPeriods(d *decl, g *catalog.Field, of *syntax.Attr) *diag.Diagnostic {
	f := finding("E0108", "A setting is missing", d.at, fmt.Sprintf("`%s` needs `%s`", d.name, g.Name))
	also(f, of.Range, fmt.Sprintf("`%s` is only known when the program starts", of.Name))
	f.Why = fmt.Sprintf("Without `%s` it is three times `%s`, which must then be a constant.", g.Name, of.Name)
	f.Hint = "add"
	f.Example = g.Name + " = 1.h"
	return f
}
