package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/types"
)

// errArgument is a call whose arguments do not fit any function of the name.
func (c *checker) errArgument(k call, list []callee, e callee, given []argument, m match, options *hclsyntax.ObjectConsExpr) *diag.Diagnostic {
	p := m.problem
	if p.sort == problemCount {
		return errCount(k, list, len(given))
	}
	x := given[p.n].x
	label := "`" + k.name + "`"
	switch p.sort {
	case problemOptional:
		return c.errMissing(x, "")
	case problemUnbound:
		return errOpenType(x)
	case problemConst:
		return c.errNotConstant(x, fmt.Sprintf("`%s` of %s", p.arg.Name, label))
	case problemShape:
		return c.errShape(k, p, x.Base().Shape, given)
	case problemConstraint:
		return c.errConstraint(k, p, given)
	}
	if given[p.n].lambda {
		return errCount(k, list, len(given))
	}
	if p.by != nil && unitsDiffer(x.Base().Type, p.want) || p.by != nil && isPointAndStep(x.Base().Type, p.want) {
		return c.errOptionType(k, p.arg, x, p.want, p.by)
	}
	f := c.errWrongType(x, p.want, fmt.Sprintf("`%s` of %s", p.arg.Name, label), rangeT{})
	if p.want.Kind == types.Bad {
		f.Why = fmt.Sprintf("%s does not take this.", label)
	}
	if t := x.Base().Type; k.name == "round" && p.n == 0 && t.Kind == types.Quantity {
		f.Hint = fmt.Sprintf("say in which unit it is rounded: `round(%s, %s, 1)`.", x.Base().Text, unitNameOf(t))
		return f
	}
	if len(list) > 1 {
		f.Why = fmt.Sprintf("%s has several forms: %s. None of them takes this here.", label, signatures(k.name, list))
		tellDifference(f, x.Base().Type, p.want)
	}
	return f
}

func signatures(name string, list []callee) string {
	var out []string
	for _, e := range list {
		s := "`" + e.signature(name) + "`"
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return strings.Join(out, ", ")
}

// errCount is a wrong number of arguments.
func errCount(k call, list []callee, n int) *diag.Diagnostic {
	f := finding("E0206", "Wrong number of arguments", k.e.Range(), fmt.Sprintf("`%s` with %s", k.name, counted(n, "argument")))
	if k.first != nil {
		f.Subject.Label += ", the first of them from the pipe"
	}
	f.Hint = fmt.Sprintf("write %s.", signatures(k.name, list))
	return f
}

func errFormCount(k call, n int, signature string) *diag.Diagnostic {
	f := finding("E0206", "Wrong number of arguments", k.e.Range(), fmt.Sprintf("`%s` with %s", k.name, counted(k.count(), "argument")))
	f.Hint = fmt.Sprintf("write `%s`.", signature)
	return f
}

func counted(n int, what string) string {
	switch n {
	case 0:
		return "no " + what + "s"
	case 1:
		return "one " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// errShape is an argument that is where something must happen, or the other way
// round.
func (c *checker) errShape(k call, p *problem, s types.Shape, given []argument) *diag.Diagnostic {
	x := given[p.n].x
	label := "`" + k.name + "`"
	switch {
	case s == types.Event && p.arg.Shape == "reading":
		return c.errEventAsValue(x, label, rangeT{}, x.Base().Type)
	case s == types.Event:
		want := p.want
		if want == nil {
			want = x.Base().Type
		}
		f := c.errEventAsValue(x, label, k.e.NameRange, want)
		if len(f.Related) > 0 {
			f.Related[0].Label = label + " takes something that is"
		}
		return f
	case p.arg.Shape == "reading":
		f := c.errValueAsEvent(x, label, rangeT{})
		f.Why = label + " takes a reading: something that happens and then is."
		f.Example = ""
		return f
	}
	if s == types.Value && p.n == 0 {
		if f := c.errNoReadings(k, x); f != nil {
			return f
		}
	}
	return c.errValueAsEvent(x, label, k.e.NameRange)
}

// errConstraint is an argument of a sort that a function cannot work with.
func (c *checker) errConstraint(k call, p *problem, given []argument) *diag.Diagnostic {
	x := given[p.n].x
	t := x.Base().Type
	point := t.Kind == types.Quantity && t.Unit.Point
	if point && (p.constraint == "linear" || p.constraint == "number") {
		f := finding("E0303", "Temperatures are points on a scale", x.Base().Range, "this is "+t.Say())
		f.Why = fmt.Sprintf("`%s` adds up or measures from zero, which has no meaning for points. It works for differences (K).", k.name)
		if k.name == "sum" {
			f.Hint = "for temperatures use `average` or `mean`."
		}
		origin(f, x)
		return f
	}
	f := finding("E0202", "This does not fit here", x.Base().Range, "this is "+t.Say())
	origin(f, x)
	f.Why = fmt.Sprintf("`%s` takes %s.", k.name, constraintWords[p.constraint])
	switch {
	case t.Kind == types.Record:
		f.Hint = fmt.Sprintf("give one of its fields: `%s.%s`.", x.Base().Text, firstField(t, func(t *types.Type) bool {
			_, ok := meets(p.constraint, t)
			return ok
		}))
	case t.Kind == types.Bool && p.constraint != "comparable":
		f.Hint = fmt.Sprintf("to count with a switch: `%s ? 1 : 0`.", x.Base().Text)
	}
	return f
}

var constraintWords = map[string]string{
	"number":     "a number or a quantity",
	"quantity":   "a number or a quantity",
	"linear":     "a number or a quantity that can be added up",
	"ordered":    "something that has an order: a number, a quantity, a duration",
	"comparable": "something that can be compared",
}

func errExpand(e *hclsyntax.FunctionCallExpr) *diag.Diagnostic {
	r := e.Range()
	if n := len(e.Args); n > 0 {
		r = e.Args[n-1].Range()
	}
	f := finding("E0206", "A list cannot be spread here", r, "how many arguments this gives is not known beforehand")
	f.Why = "`…` after an argument is for constant lists, and for functions that take any number of arguments."
	return f
}

func (c *checker) errPipeStep(e hclsyntax.Expression) *diag.Diagnostic {
	f := finding("E0206", "This is no step of a pipe", e.Range(), "a call is needed here")
	f.Why = "`pipe(x, f(a), g(b))` is `g(f(x, a), b)`: each step is a call, and what flows becomes its first argument."
	return f
}

// errUnknownOption is an option that an operator does not have.
func (c *checker) errUnknownOption(k call, e callee, r rangeT) *diag.Diagnostic {
	name := strings.Trim(c.text(r), `"`)
	f := finding("E0207", "There is no such option", r, fmt.Sprintf("`%s` has no option `%s`", k.name, name))
	var names []string
	for _, a := range e.options() {
		names = append(names, a.Name)
	}
	if c.saidAtSource(k.name, name) {
		f.Hint = fmt.Sprintf("`%s` is a setting of the source, beside `event_time`.", name)
		return f
	}
	if k.name == "hysteresis" && (name == "low" || name == "high" || name == "min" || name == "max" || name == "on" || name == "off") {
		f.Why = "Two limits alone do not say at which of them it goes on."
		f.Hint = "say it with their names:"
		f.Example = rows("{ on_below = …, off_above = … }", "for what heats, waters or fills", "{ on_above = …, off_below = … }", "for what cools, dries or empties")
		return f
	}
	if !didYouMean(f, name, names, r) {
		f.Hint = fmt.Sprintf("it has %s.", listed(names))
	}
	return f
}

func errOptionsMissing(k call, e callee) *diag.Diagnostic {
	f := finding("E0207", "Options are missing", k.e.Range(), fmt.Sprintf("`%s` must be told more", k.name))
	f.Hint = "add one of these:"
	f.Example = optionSets(e)
	return f
}

func optionSets(e callee) string {
	var lines []string
	if len(e.op.OptionSets) == 0 {
		var parts []string
		for _, a := range e.options() {
			if needed(a) {
				parts = append(parts, a.Name+" = …")
			}
		}
		return "{ " + strings.Join(parts, ", ") + " }"
	}
	for _, set := range e.op.OptionSets {
		var parts []string
		for _, name := range set {
			if a := argNamed(e.options(), name); a == nil || !a.Optional {
				parts = append(parts, name+" = …")
			}
		}
		lines = append(lines, "{ "+strings.Join(parts, ", ")+" }")
	}
	return strings.Join(lines, "\n")
}

// errOptionSet is options that do not belong together, nil if they do.
func errOptionSet(k call, e callee, given map[string]rangeT, r rangeT) *diag.Diagnostic {
	if len(e.op.OptionSets) == 0 {
		return errOptionRequired(k, e, given, r)
	}
	for _, set := range e.op.OptionSets {
		if sameSet(set, e.options(), given) {
			return nil
		}
	}
	f := finding("E0207", "These options do not go together", r, fmt.Sprintf("`%s` cannot work with these", k.name))
	f.Hint = "give one of these sets:"
	f.Example = optionSets(e)
	return f
}

// sameSet reports whether exactly the options of a set were given, those with a
// default or none aside.
func sameSet(set []string, all []*catalog.Arg, given map[string]rangeT) bool {
	for name := range given {
		if !slices.Contains(set, name) {
			return false
		}
	}
	for _, name := range set {
		_, there := given[name]
		a := argNamed(all, name)
		if !there && (a == nil || a.Default == "" && !a.Optional) {
			return false
		}
	}
	return true
}

func errOptionRequired(k call, e callee, given map[string]rangeT, r rangeT) *diag.Diagnostic {
	for _, a := range e.options() {
		if _, there := given[a.Name]; !there && a.Default == "" && !a.Optional {
			f := finding("E0207", "An option is missing", r, fmt.Sprintf("`%s` needs `%s`", k.name, a.Name))
			f.Hint = fmt.Sprintf("add `%s = …`.", a.Name)
			return f
		}
	}
	return nil
}
