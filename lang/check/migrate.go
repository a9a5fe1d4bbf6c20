package check

import (
	"fmt"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// migration reads `migrate = from_watts`: the function of the flow that makes a state of
// what was kept under its name before, when it was something else.
func (c *checker) migration(d *decl, a *syntax.Attr, t *types.Type) *typed.Migration {
	name := ""
	if e, ok := a.Expr.(*hclsyntax.ScopeTraversalExpr); ok && len(e.Traversal) == 1 {
		name = e.Traversal.RootName()
	}
	of := c.functions[name]
	if of == nil {
		c.report(c.errMigrateForm(a, name))
		return nil
	}
	c.use(of, "", nil)
	f := c.functionOf(of, a.Expr.Range())
	switch {
	case f == nil:
		return nil
	case len(f.params) != 1:
		c.report(errMigrateParams(a, of))
		return nil
	case c.persist == nil && (c.about == nil || c.about.Attr("persist") == nil):
		c.report(errKeptNowhere(d, a))
		return nil
	}
	old := &typed.Local{Name: "old", Type: f.params[0].field.Type}
	call := &typed.FunctionCall{Info: c.info(a.Expr.Range(), f.typed.Type()), Fn: f.typed}
	call.Args = []typed.Expr{&typed.LocalRef{Info: c.info(a.Expr.Range(), old.Type), Local: old}}
	switch _, fits := convertible(call.Type, t); {
	case !fits:
		c.report(c.errWrongType(call, t, "this state", t.Origin.Range))
		return nil
	case sameKept(old.Type, t):
		c.report(errMigrateSame(a, of, t))
		return nil
	}
	return &typed.Migration{Old: old, X: c.convert(call, t), Pos: pos(a.Range)}
}

// sameKept reports whether what is kept of two types cannot be told apart: a text and an
// enumeration are both letters.
func sameKept(a, b *types.Type) bool {
	word := func(t *types.Type) bool { return t.Kind == types.Enum || t.Kind == types.String }
	if word(a) && word(b) {
		return true
	}
	if a.Kind != b.Kind {
		return false
	}
	switch a.Kind {
	case types.Record:
		if len(a.Fields) != len(b.Fields) {
			return false
		}
		for n, f := range a.Fields {
			if f.Name != b.Fields[n].Name || !sameKept(f.Type, b.Fields[n].Type) {
				return false
			}
		}
		return true
	case types.List, types.Map, types.Optional:
		return sameKept(a.Elem, b.Elem)
	}
	return types.Same(a, b)
}

func (c *checker) errMigrateForm(a *syntax.Attr, name string) *diag.Diagnostic {
	f := finding("E0104", "The name of a function is needed here", a.Expr.Range(), "no function of this flow is called so")
	if name == "" {
		f.Subject.Label = "this is not the name of a function"
	}
	f.Why = "It makes the state of what was kept under this name before."
	f.Hint = "write the function, and name it here:"
	f.Example = "function from_before {\n  params = { old = kWh }\n  result = { energy = old, days = 0 }\n}"
	var names []string
	for n := range c.functions {
		names = append(names, n)
	}
	if didYouMean(f, name, names, a.Expr.Range()) {
		f.Example = ""
	}
	return f
}

func errMigrateParams(a *syntax.Attr, of *decl) *diag.Diagnostic {
	f := finding("E0206", "Wrong number of arguments", a.Expr.Range(), "this function must take one thing: what was kept")
	also(f, of.at, "it is declared here")
	f.Hint = "let it have one parameter, of the type that the state had."
	return f
}

func errMigrateSame(a *syntax.Attr, of *decl, t *types.Type) *diag.Diagnostic {
	f := finding("E0202", "This is read as it is", a.Expr.Range(), "what it takes is kept just as "+t.Say()+" is")
	also(f, of.at, "it is declared here")
	f.Why = "The program could not tell one from the other."
	f.Hint = "take it out, or give the new state another form: a record with one more field."
	if t.Kind == types.Enum {
		f.Hint = fmt.Sprintf("where members got another name, the enumeration says so, with `renamed_from = { %s = \"old_name\" }`.", t.Values[0])
	}
	return f
}
