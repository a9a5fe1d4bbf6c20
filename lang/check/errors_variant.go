package check

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

func errNoCases(d *decl) *diag.Diagnostic {
	f := finding("E0201", "This variant has no cases", d.at, "nothing is declared in it")
	f.Hint = "add cases with what belongs to each: `dim = { level = pct }`, or `open = {}`."
	return f
}

func errCaseType(a *syntax.Attr, t *types.Type) *diag.Diagnostic {
	f := finding("E0201", "A case holds fields", a.Expr.Range(), "this is "+t.Say())
	f.Hint = fmt.Sprintf("give it a name: `%s = { value = %s }`.", a.Name, t.String())
	return f
}

func errNotVariant(r rangeT, t *types.Type) *diag.Diagnostic {
	f := finding("E0201", "This has no cases to tell apart", r, "this is "+t.Say())
	also(f, t.Origin.Range, "declared here")
	f.Why = "`tagged` names the field that says which case of a `variant` a message is."
	return f
}

func errTagTaken(r rangeT, name string, cs, field types.Field) *diag.Diagnostic {
	f := finding("E0103", "This name is taken", r, fmt.Sprintf("`%s` tells the cases apart", name))
	also(f, field.Range, fmt.Sprintf("and `%s` has a field of that name", cs.Name))
	f.Hint = "choose the field that says which case it is, and leave it out of the cases."
	return f
}

// errUntagged is a variant at a border without a word on how its cases are told
// apart there.
func errUntagged(r rangeT, t *types.Type) *diag.Diagnostic {
	f := finding("E0201", "How are the cases told apart?", r, fmt.Sprintf("a message is %s", sayOneOf(t.Cases())))
	also(f, t.Origin.Range, "declared here")
	f.Hint = "name the field of the message that says which case it is:"
	f.Example = fmt.Sprintf("tagged(\"type\", %s)", t.Name)
	return f
}

func sayOneOf(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// errOtherCase reads a case of a variant that is known to be another.
func (c *checker) errOtherCase(x typed.Expr, name, known string, r rangeT) *diag.Diagnostic {
	f := finding("E0203", "It is another case here", r, fmt.Sprintf("in this row `%s` is `%s`, never `%s`", x.Base().Text, known, name))
	fields := x.Base().Type.CaseType(known).Fields
	f.Hint = fmt.Sprintf("`%s` carries nothing more.", known)
	if len(fields) > 0 {
		f.Hint = fmt.Sprintf("read what belongs to `%s`: `it.%s`.", known, fields[0].Name)
	}
	return f
}

// errWhichCase reads a case of a variant that may be another.
func (c *checker) errWhichCase(x typed.Expr, name string, r rangeT) *diag.Diagnostic {
	t := x.Base().Type
	f := finding("E0203", "This may be another case", r, fmt.Sprintf("`%s` is %s", x.Base().Text, sayOneOf(t.Cases())))
	also(f, t.Origin.Range, sayMembers(t))
	f.Hint = "ask which it is:"
	f.Example = matchExample(x, name)
	return f
}

// errCaseFieldBare reads a field of a case without the case.
func (c *checker) errCaseFieldBare(x typed.Expr, field string, having []string, r rangeT) *diag.Diagnostic {
	t := x.Base().Type
	f := finding("E0203", "Only some cases have this", r, fmt.Sprintf("`%s` belongs to %s", field, quoted(append([]string(nil), having...), "and")))
	also(f, t.Origin.Range, sayMembers(t))
	if known := c.knownCase(x); known != "" {
		f.Subject.Label = fmt.Sprintf("in this row `%s` is `%s`, which has no `%s`", x.Base().Text, known, field)
		return f
	}
	if x.Base().Shape.Happens() {
		f.Hint = fmt.Sprintf("say which case you mean: `%s.%s.%s`. Or answer for each:", x.Base().Text, having[0], field)
	} else {
		f.Hint = "ask which it is:"
	}
	f.Example = matchExample(x, having[0])
	return f
}

// matchExample is a match over a variant as one may paste it.
func matchExample(x typed.Expr, name string) string {
	t := x.Base().Type
	answer := "…"
	if fields := t.CaseType(name).Fields; len(fields) > 0 {
		answer = "it." + fields[0].Name
	}
	return fmt.Sprintf("match(%s, {\n  %s = %s\n  %s = …\n})", x.Base().Text, padded(name, []string{"else"}), answer, padded("else", []string{name}))
}

// errCaseNowhere is a stream of which only some cases are followed.
func (c *checker) errCaseNowhere(d *decl, t *types.Type, left []string, first *typed.Wire) *diag.Diagnostic {
	var list []string
	for _, name := range left {
		list = append(list, d.name+"."+name)
	}
	f := warning("W0604", "This case goes nowhere", d.at, fmt.Sprintf("nothing follows %s", quoted(append([]string(nil), list...), "or")))
	if len(left) > 1 {
		f.Summary = "These cases go nowhere"
	}
	also(f, first.Range, fmt.Sprintf("here only `%s.%s` is followed", d.name, c.cases[first]))
	f.Hint = "follow it too, or say that it is meant:"
	if len(left) > 1 {
		f.Hint = "follow them too, or say that it is meant:"
	}
	f.Example = fmt.Sprintf("not_used = ignore(%s)", strings.Join(list, ", "))
	return f
}

// errNoCaseMade makes a case that a variant does not have.
func (c *checker) errNoCaseMade(k call, t *types.Type, name string) *diag.Diagnostic {
	r := k.e.NameRange
	f := finding("E0203", "There is no such case", r, fmt.Sprintf("no case of `%s` is called `%s`", t.Name, name))
	also(f, t.Origin.Range, sayMembers(t))
	var calls []string
	for _, n := range t.Cases() {
		calls = append(calls, t.Name+"::"+n)
	}
	if !didYouMean(f, k.name, calls, r) {
		f.Hint = fmt.Sprintf("it is one of %s.", quoted(t.Cases(), "or"))
	}
	return f
}

// errCaseArgs makes a case without its record, or with more.
func errCaseArgs(k call, t *types.Type, name string) *diag.Diagnostic {
	f := finding("E0206", "Wrong number of arguments", k.e.Range(), fmt.Sprintf("`%s` with %s", k.name, counted(k.count(), "argument")))
	if data := t.CaseType(name); data.Kind == types.Record {
		also(f, data.Origin.Range, "what it carries is declared here")
	}
	f.Hint = "a case is made of one record:"
	f.Example = caseExample(t, name)
	return f
}

// errCaseNothing gives data to a case that carries none.
func errCaseNothing(k call) *diag.Diagnostic {
	f := finding("E0206", "This case carries nothing", k.args[0].Range(), fmt.Sprintf("there is nothing in `%s` to fill in", k.name))
	bare := strings.Replace(k.name, "::", ".", 1)
	f.Hint = fmt.Sprintf("write `%s`.", bare)
	replace(f, k.e.Range(), bare)
	return f
}

// errCaseNeedsData is `command.dim` where dim carries something.
func errCaseNeedsData(d *decl, t *types.Type, name string, r rangeT) *diag.Diagnostic {
	f := finding("E0206", "This case carries something", r, fmt.Sprintf("what belongs to `%s` is missing", name))
	also(f, d.at, "declared here")
	f.Hint = "say it:"
	f.Example = caseExample(t, name)
	return f
}

// caseExample is a case as one makes it: `command::dim({ level = … })`.
func caseExample(t *types.Type, name string) string {
	var parts []string
	for _, f := range t.CaseType(name).Fields {
		parts = append(parts, f.Name+" = …")
	}
	if len(parts) == 0 {
		return t.Name + "." + name
	}
	return fmt.Sprintf("%s::%s({ %s })", t.Name, name, strings.Join(parts, ", "))
}

// errNoCase is a name that no case of a variant has, and no field of one.
func (c *checker) errNoCase(x typed.Expr, s hcl.TraverseAttr) *diag.Diagnostic {
	t := x.Base().Type
	r := stepRange(s)
	f := finding("E0203", "There is no such case", r, fmt.Sprintf("no case of `%s` is called `%s`", t.Name, s.Name))
	also(f, t.Origin.Range, sayMembers(t))
	if !didYouMean(f, s.Name, t.Cases(), r) {
		f.Hint = fmt.Sprintf("it is one of %s.", quoted(t.Cases(), "or"))
	}
	return f
}
