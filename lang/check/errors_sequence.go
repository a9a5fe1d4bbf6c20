package check

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"

	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
)

func errNoStep(b *syntax.Block) *diag.Diagnostic {
	f := finding("E0101", "There is no such block", b.KindRange, fmt.Sprintf("a sequence has no block `%s`", b.Kind))
	f.Hint = "a sequence has steps: `step lawn { for = 20.min }`."
	return f
}

func errStepTwice(b, first *syntax.Block) *diag.Diagnostic {
	f := finding("E0103", "One name, two steps", b.Labels[0].Range, "and again here")
	also(f, first.Labels[0].Range, "a step is called so here")
	f.Hint = "give one of them another name."
	return f
}

// errStepName is a step with the name of an output of every sequence.
func errStepName(b *syntax.Block) *diag.Diagnostic {
	f := finding("E0103", "This name is taken", b.Labels[0].Range, fmt.Sprintf("every sequence has an output `%s`", b.Name()))
	f.Hint = "give the step another name."
	return f
}

func errNoSteps(d *decl) *diag.Diagnostic {
	f := finding("E0108", "A sequence without steps", d.at, "nothing would ever run")
	f.Hint = "add steps, in their order:"
	f.Example = "step first { for = 10.min }\nstep then { until = done.pressed }"
	return f
}

func errNoStart(d *decl) *diag.Diagnostic {
	f := finding("E0108", "A setting is missing", d.at, "a sequence needs `start`")
	f.Why = "It begins when that happens."
	f.Hint = "add"
	f.Example = "start = button.pressed"
	return f
}

func errAgain(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0104", "This is not one of the choices", a.Expr.Range(), "it is `ignore`, `restart` or `queue`")
	f.Why = "`again` says what a start does while the sequence runs: nothing, begin anew, or let it run once more afterwards."
	return f
}

// errEndless is a step that nothing ends.
func errEndless(b *syntax.Block) *diag.Diagnostic {
	f := finding("E0108", "When is this step over?", b.Labels[0].Range, "nothing ends it")
	f.Hint = "say how long it lasts, what ends it, or both:"
	f.Example = fmt.Sprintf("step %s {\n  for   = 10.min\n  until = tank.closed\n}", b.Name())
	return f
}

func errStepLength(x typed.Expr) *diag.Diagnostic {
	f := finding("E0213", "This is out of range", x.Base().Range, "more than 0.s is needed")
	f.Why = "The step would be over as soon as it begins."
	return f
}

// errEachMap is a for_each over something that is no constant map.
func (c *checker) errEachMap(x typed.Expr) *diag.Diagnostic {
	if _, ok := constant(x); !ok {
		return c.errNotConstant(x, "`for_each`")
	}
	f := finding("E0202", "This is not a map", x.Base().Range, "this is "+x.Base().Type.Say())
	f.Hint = "list the entries by name:"
	f.Example = "zones = {\n  lawn = { run = 20.min }\n  beds = { run = 10.min }\n}"
	return f
}

// errEnding is something in the place of what ends a step.
func (c *checker) errEnding(x typed.Expr, label string, r rangeT) *diag.Diagnostic {
	f := finding("E0205", "This is not a condition", x.Base().Range, "this is "+x.Base().Type.Say())
	also(f, r, label+" is something that happens, or a switch")
	origin(f, x)
	f.Hint = fmt.Sprintf("compare it: `%s > %s`.", x.Base().Text, exampleOf(x.Base().Type))
	return f
}

// errWhichPart is a sequence read as if it were a wire.
func errWhichPart(d *decl, q *sequence, r rangeT) *diag.Diagnostic {
	f := finding("E0107", "Which output of it?", r, fmt.Sprintf("`%s` is a sequence; a wire comes from one of its outputs", d.name))
	also(f, d.at, "declared here")
	f.Hint = "choose one:"
	f.Example = rows(partRows(d, q)...)
	return f
}

func partRows(d *decl, q *sequence) []string {
	list := []string{d.name + ".running", "is: it has begun and is not over"}
	if len(q.steps) > 0 { // none, where that is an error of its own
		step := q.steps[0]
		path := d.name + "." + step.name
		if step.each != nil {
			path += fmt.Sprintf("[%q]", step.key)
		}
		list = append(list, path+".active", "is: this step is at work")
	}
	return append(list,
		d.name+".finished", "happens when the last step is over",
		d.name+".cancelled", "happens when it was ended before")
}

// errNoPart is an output that a sequence does not have.
func (c *checker) errNoPart(d *decl, q *sequence, t hcl.Traverser) *diag.Diagnostic {
	a, ok := t.(hcl.TraverseAttr)
	if !ok {
		return errWhichPart(d, q, t.SourceRange())
	}
	f := finding("E0105", "There is no such output", stepRange(a), fmt.Sprintf("a sequence has no output `%s`, and no step is called so", a.Name))
	also(f, d.at, "declared here")
	names := append([]string(nil), sequenceOutputs...)
	for _, s := range q.steps {
		names = append(names, s.name)
	}
	if !didYouMean(f, a.Name, names, stepRange(a)) {
		f.Hint = "choose one:"
		f.Example = rows(partRows(d, q)...)
	}
	return f
}
