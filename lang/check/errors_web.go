package check

import (
	"fmt"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
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
