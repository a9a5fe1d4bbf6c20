package check

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

func errComponentIsKind(d *decl) *diag.Diagnostic {
	f := finding("E0103", "This kind exists already", d.at, fmt.Sprintf("`%s` is a kind of the language", d.name))
	f.Hint = fmt.Sprintf("call yours something else, for example `my_%s`.", d.name)
	return f
}

func errPortsForm(a *syntax.Attr) *diag.Diagnostic {
	f := finding("E0202", "This does not say what goes in or out", a.Expr.Range(), "names are needed here, in braces")
	if a.Name == "inputs" {
		f.Hint = "give each a type: `inputs = { moisture = reading(pct), pin = pin }`."
	} else {
		f.Hint = "give each an expression: `outputs = { open = tap.on }`."
	}
	return f
}

// errInsideItself is a component that would have to be made without end.
func errInsideItself(d, of *decl, open []*decl) *diag.Diagnostic {
	f := finding("E0601", "This component contains itself", d.at, fmt.Sprintf("`%s` again", of.name))
	also(f, of.at, fmt.Sprintf("inside `%s`", of.name))
	var way []string
	for _, o := range open {
		way = append(way, o.name)
	}
	f.Why = strings.Join(append(way, of.name), " → ") + "\nEach would bring another one, without end."
	return f
}

func errManyInstances(d *decl) *diag.Diagnostic {
	f := finding("E0001", "This flow has too many things", d.at, "here the ten thousandth instance is made")
	f.Why = "A flow may have 10,000 things and equations. Divide it into several flows."
	return f
}

func (c *checker) errForEach(x typed.Expr, each *syntax.Attr) *diag.Diagnostic {
	f := finding("E0210", "This must be known when the program is built", x.Base().Range, "a constant map is needed here")
	if x.Base().Shape == types.Constant {
		f.Summary, f.Code = "This does not fit here", "E0202"
		f.Subject.Label = fmt.Sprintf("this is %s", x.Base().Type.Say())
	}
	f.Why = "`for_each` makes one instance for each entry, and every pin and name among them is checked."
	f.Hint = "write down what there is:"
	f.Example = "beds = {\n  tomatoes = { pin = 5 }\n  beans    = { pin = 6 }\n}"
	return f
}

func errEachKey(name string, each *syntax.Attr) *diag.Diagnostic {
	f := finding("E0102", "This cannot be a name", each.Expr.Range(), fmt.Sprintf("its key %q is to be the name of an instance", name))
	f.Hint = "use small letters, digits and `_`."
	return f
}

func errEachEmpty(each *syntax.Attr) *diag.Diagnostic {
	return finding("E0202", "There is nothing to make instances for", each.Expr.Range(), "this map is empty")
}

// errNotInside is a block that belongs to the flow as a whole.
func errNotInside(b *syntax.Block, of *decl) *diag.Diagnostic {
	f := finding("E0101", "This cannot stand in a component", b.KindRange, fmt.Sprintf("`%s` belongs to the flow as a whole", b.Kind))
	also(f, of.at, fmt.Sprintf("`%s` is the component", of.name))
	f.Hint = "put it outside; types and functions are seen from inside."
	return f
}

func errInputMissing(d *decl, in *componentInput) *diag.Diagnostic {
	f := finding("E0108", "A setting is missing", d.at, fmt.Sprintf("%s needs `%s`", article(d.block.Kind), in.name))
	also(f, in.at, "the component asks for it here")
	f.Hint = "add"
	f.Example = in.name + " = …"
	return f
}

func errUnknownInput(a *syntax.Attr, of *component) *diag.Diagnostic {
	f := finding("E0101", "There is no such setting", a.NameRange, fmt.Sprintf("%s has no input `%s`", article(of.d.name), a.Name))
	also(f, of.d.at, "the component is declared here")
	var names []string
	for _, in := range of.inputs {
		names = append(names, in.name)
	}
	if !didYouMean(f, a.Name, append(names, "for_each"), a.NameRange) && len(names) > 0 {
		f.Hint = "its inputs are " + listed(names) + "."
	}
	return f
}

func errInputThing(a *syntax.Attr, in *componentInput) *diag.Diagnostic {
	f := finding("E0202", "This does not fit here", a.Expr.Range(), fmt.Sprintf("the name of %s is needed here", article(in.kind)))
	also(f, in.at, "the component asks for it here")
	return f
}

// inputShape says why x is not what a component asked for, or nothing.
func (c *checker) inputShape(x typed.Expr, in *componentInput) *diag.Diagnostic {
	label := "`" + in.name + "`"
	switch s := x.Base().Shape; {
	case in.shape == inputConstant && s != types.Constant:
		f := finding("E0210", "This must be known when the program is built", x.Base().Range, "this changes while the program runs")
		also(f, in.at, fmt.Sprintf("%s is a plain type here: a constant", label))
		f.Hint = fmt.Sprintf("if the component is to follow it, let it ask for `%s = value(%s)`.", in.name, in.typ.String())
		return f
	case in.shape == inputValue && s == types.Event:
		return c.errEventAsValue(x, label, in.at, in.typ)
	case in.shape == inputEvent && !s.Happens():
		return c.errValueAsEvent(x, label, in.at)
	case in.shape == inputReading && s != types.Reading:
		f := finding("E0504", "A reading is needed here", x.Base().Range, fmt.Sprintf("this is %s", whatItIs(s)))
		also(f, in.at, fmt.Sprintf("%s is to happen with each measurement, and then to be", label))
		f.Hint = fmt.Sprintf("if the component needs only what it is, let it ask for `%s = value(%s)`.", in.name, in.typ.String())
		return f
	}
	return nil
}

func whatItIs(s types.Shape) string {
	switch s {
	case types.Event:
		return "an event: it only happens"
	case types.Value:
		return "a value: it only is"
	}
	return "a constant"
}

// errComponentAsValue is the name of a component where one of its instances is meant.
func (c *checker) errComponentAsValue(d *decl, r rangeT) *diag.Diagnostic {
	f := finding("E0104", "This is a component, and not one of its instances", r, fmt.Sprintf("`%s` says what each is made of", d.name))
	also(f, d.at, "declared here")
	for _, in := range c.order {
		if in.sort == sortInstance && in.path == "" && in.block.Kind == d.name {
			f.Hint = fmt.Sprintf("did you mean `%s`, which is made of it?", in.name)
			return f
		}
	}
	f.Hint = "make one, and read its outputs:"
	f.Example = fmt.Sprintf("%s my_%s {\n  …\n}", d.name, d.name)
	return f
}

func errOneInstance(d *decl, r hcl.Range) *diag.Diagnostic {
	f := finding("E0503", "There is only one", r, fmt.Sprintf("`%s` has no keys", d.name))
	also(f, d.at, "it is made once, without `for_each`")
	f.Hint = "leave the brackets out."
	return f
}

// errNoInstance is a key that the map of `for_each` does not have.
func errNoInstance(d *decl, key string, r hcl.Range) *diag.Diagnostic {
	f := finding("E0104", "There is no such instance", r, fmt.Sprintf("`%s` has no `%s`", d.name, key))
	also(f, d.forEach.Origin.Range, "made for each of these")
	near := catalog.Nearest(key, d.forEach.Values)
	if len(near) == 0 {
		f.Hint = "there are " + listed(d.forEach.Values) + "."
		return f
	}
	f.Hint = "did you mean " + quoted(near[:1], "or") + "?"
	return f
}

func componentOutputs(of *component) []string {
	var names []string
	for _, a := range of.outputs {
		names = append(names, a.Name)
	}
	return names
}

func errWhichInstanceOutput(d *decl, of *component, r hcl.Range) *diag.Diagnostic {
	f := finding("E0107", "Which output is meant?", r, fmt.Sprintf("`%s` is %s", d.name, article(of.d.name)))
	if names := componentOutputs(of); len(names) > 0 {
		f.Hint = fmt.Sprintf("it gives %s; for example `%s.%s`.", listed(names), d.name, names[0])
	} else {
		f.Hint = fmt.Sprintf("`%s` has no outputs.", of.d.name)
	}
	return f
}

func errNoInstanceOutput(d *decl, of *component, a hcl.TraverseAttr) *diag.Diagnostic {
	f := finding("E0105", "There is no such output", stepRange(a), fmt.Sprintf("%s has no output `%s`", article(of.d.name), a.Name))
	also(f, of.d.at, "the component is declared here")
	if names := componentOutputs(of); !didYouMean(f, a.Name, names, stepRange(a)) && len(names) > 0 {
		f.Hint = "its outputs are " + listed(names) + "."
	}
	return f
}

// errKeyedOutput is an output that is many values in each of many instances.
func (c *checker) errKeyedOutput(d *decl, k types.Key) *diag.Diagnostic {
	f := finding("E0503", "This is many values, not one", d.at, fmt.Sprintf("one for every `%s`, in every instance", k.Names))
	also(f, d.gather.of.at, "made with `for_each`")
	f.Hint = "give each instance its own: `soil[each_key]`; or combine them inside the component, with `any_of` or `mean_of`."
	return f
}

func (c *checker) errUnlikeOutputs(d *decl, a, b typed.Expr) *diag.Diagnostic {
	f := finding("E0204", "The instances differ", d.at, fmt.Sprintf("here %s, there %s", a.Base().Type.Say(), b.Base().Type.Say()))
	also(f, d.gather.of.at, "made with `for_each`")
	f.Hint = "ask for the input in one unit: `value(C)`."
	return f
}

// errOutsideComponent is something of the flow that a component reads.
func (c *checker) errOutsideComponent(d *decl, in *instance, at rangeT) *diag.Diagnostic {
	f := finding("E0104", "A component sees only its inputs", at, fmt.Sprintf("`%s` is outside", d.name))
	also(f, d.at, "it is declared here")
	f.Hint = fmt.Sprintf("make it an input of `%s`, and hand it in where the component is used.", in.of.d.name)
	return f
}
