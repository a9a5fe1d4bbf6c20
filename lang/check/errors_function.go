package check

import (
	"fmt"
	"strings"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

func errTwoFunctions(d, first *decl) *diag.Diagnostic {
	f := finding("E0103", "One name, two functions", d.at, "and again here")
	also(f, first.at, fmt.Sprintf("`%s` is declared here", first.name))
	f.Hint = "give one of them another name."
	return f
}

func errBuiltIn(d *decl) *diag.Diagnostic {
	f := finding("E0103", "This function exists already", d.at, fmt.Sprintf("`%s` is a function of the language", d.name))
	f.Hint = fmt.Sprintf("call yours something else, for example `my_%s`. `flowc doc %s` shows what is there.", d.name, d.name)
	return f
}

func errLocalTwice(a *syntax.Attr, f *function) *diag.Diagnostic {
	e := finding("E0103", "One name, two things", a.NameRange, "and used again here")
	for _, p := range f.params {
		if p.field.Name == a.Name {
			also(e, p.field.Range, fmt.Sprintf("`%s` is a parameter", a.Name))
		}
	}
	e.Hint = fmt.Sprintf("give the line another name, for example `my_%s`.", a.Name)
	return e
}

func errNoResult(d *decl) *diag.Diagnostic {
	f := finding("E0108", "What does this function give?", d.at, fmt.Sprintf("`%s` has no result", d.name))
	f.Hint = "add a line that says it:"
	f.Example = "result = …"
	for _, a := range d.block.Attrs {
		if otherWord(a.Name, functionSettings) == "result" {
			also(f, a.NameRange, "here it is called `result`")
			f.Hint, f.Example = "write `result = …`.", ""
			replace(f, a.NameRange, "result")
		}
	}
	return f
}

func errParams(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0202", "This does not say what the parameters are", a.Expr.Range(), "names and types are needed here")
	f.Hint = "write `params = { t = C, rh = pct }`."
	return f
}

func (c *checker) errReturns(x typed.Expr, want *types.Type, a *syntax.Attr) *diag.Diagnostic {
	if x.Base().Type.Kind == types.Optional {
		return c.errMissing(x, "")
	}
	return c.errWrongType(x, want, "the result", a.Range)
}

// errOutside is something of the flow that a function reads.
func (c *checker) errOutside(d *decl, at rangeT) *diag.Diagnostic {
	f := finding("E0104", "A function sees only its parameters", at, fmt.Sprintf("`%s` is outside", d.name))
	also(f, d.at, "it is declared here")
	f.Why = "What a function gives depends on its arguments and constants alone, so it can be called anywhere."
	if d.sort == sortSetting {
		f.Why = "What a function gives depends on its arguments and constants alone; a setting is known only when the flow starts."
	}
	f.Hint = "add a parameter, and give it in the call:"
	fn := c.scope.function.d
	f.Example = fmt.Sprintf("params = { …, %s = %s }\n…\n%s(…, %s)", d.name, c.typeWords(d), fn.name, d.name)
	return f
}

// typeWords is the type of a declaration as one may paste it.
func (c *checker) typeWords(d *decl) string {
	t := types.TBad
	switch d.sort {
	case sortEquation, sortState, sortSequence:
		t = c.likelyType(d)
	case sortSetting:
		if d.setting != nil {
			t = d.setting.Type
		}
	}
	if t.Kind == types.Bad {
		return "…"
	}
	return t.String()
}

// errRecursion is a function that calls itself, directly or through others.
func (c *checker) errRecursion(d *decl, at rangeT) *diag.Diagnostic {
	f := finding("E0601", "This goes round in a circle", at, fmt.Sprintf("`%s` calls itself", d.name))
	var names []string
	inside := false
	for _, e := range c.calling {
		if inside = inside || e == d; inside {
			names = append(names, e.name)
		}
	}
	if len(names) > 1 {
		f.Subject.Label = fmt.Sprintf("`%s` calls `%s` again", names[len(names)-1], d.name)
		also(f, d.at, fmt.Sprintf("`%s` is not done yet", d.name))
	}
	f.Why = strings.Join(append(names, d.name), " → ") + "\nA function that calls itself might never come to an end, so none may."
	f.Hint = "to go through a list there is `for`; for what builds up over time, a `state`."
	return f
}

func errLocalCircle(s *localEquation) *diag.Diagnostic {
	f := finding("E0601", "This goes round in a circle", s.attr.NameRange, fmt.Sprintf("`%s` follows from itself", s.attr.Name))
	f.Why = "The lines of a function may stand in any order, but each must be worked out before those that read it."
	return f
}

func errFunctionCount(k call, fn *function) *diag.Diagnostic {
	f := finding("E0206", "Wrong number of arguments", k.e.Range(), fmt.Sprintf("`%s` with %s", k.name, counted(k.count(), "argument")))
	if k.first != nil {
		f.Subject.Label += ", the first of them from the pipe"
	}
	also(f, fn.d.at, "declared here")
	var names []string
	for _, p := range fn.params {
		names = append(names, p.field.Name)
	}
	f.Hint = fmt.Sprintf("write `%s(%s)`.", k.name, strings.Join(names, ", "))
	return f
}

func errUnusedFunction(d *decl) *diag.Diagnostic {
	f := warning("W0602", "Nobody uses this", d.at, fmt.Sprintf("nothing calls `%s`", d.name))
	f.Hint = "call it, or take it out."
	return f
}

func errUnusedParam(d *decl, p param) *diag.Diagnostic {
	f := warning("W0602", "Nobody uses this", p.field.Range, fmt.Sprintf("nothing in `%s` mentions `%s`", d.name, p.field.Name))
	f.Why = "Whoever calls it would give it for nothing."
	f.Hint = "use it, or take it out, here and where it is called."
	return f
}

func errUnusedLocal(s *localEquation) *diag.Diagnostic {
	f := warning("W0602", "Nobody uses this", s.attr.NameRange, fmt.Sprintf("the result does not need `%s`", s.attr.Name))
	f.Hint = "use it, or take it out."
	return f
}

// errRemembersInFunction is an operator that remembers inside a function.
func errRemembersInFunction(e interface{ Range() rangeT }, fn *function) *diag.Diagnostic {
	f := finding("E0606", "Nothing can be remembered here", e.Range(), "this remembers")
	also(f, fn.d.at, "inside a function")
	f.Why = "A function gives the same result whenever it is given the same; what it should remember from one call to the next would belong to nobody."
	f.Hint = "make it an equation, and give what comes out to the function."
	return f
}

// errReadyInFunction asks in a function what only a wire can tell.
func errReadyInFunction(k call) *diag.Diagnostic {
	f := finding("E0606", "A function is only called with what is known", k.e.Range(), fmt.Sprintf("`%s` asks about a wire", k.name))
	f.Hint = fmt.Sprintf("write `%s` where the function is called.", k.name)
	return f
}

// errNotPure is a function that asks what is different at each call.
func errNotPure(k call, fn *function) *diag.Diagnostic {
	f := finding("E0606", "A function knows only its arguments", k.e.Range(), fmt.Sprintf("`%s()` is another at every call", k.name))
	also(f, fn.d.at, "inside a function")
	f.Why = "A function gives the same result whenever it is given the same."
	name, t := "at", "time"
	if k.name == "uuid" {
		name, t = "id", "string"
	}
	f.Hint = "make it a parameter, and give it in the call:"
	f.Example = fmt.Sprintf("params = { …, %s = %s }\n…\n%s(…, %s())", name, t, fn.d.name, k.name)
	return f
}

// errRemembersHere is an operator that remembers where nothing can.
func (c *checker) errRemembersHere(e interface{ Range() rangeT }) *diag.Diagnostic {
	if c.scope.function != nil {
		return errRemembersInFunction(e, c.scope.function)
	}
	return errRemembers(e)
}
