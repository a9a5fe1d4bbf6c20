package check

import (
	"fmt"

	"flowc/lang/diag"
	"flowc/lang/typed"
)

// errNoReadings is a value where an operator counts readings, nil where the operator
// does not.
func (c *checker) errNoReadings(k call, x typed.Expr) *diag.Diagnostic {
	text, rest := x.Base().Text, "…"
	if k.count() > 1 && k.node(1) != nil {
		rest = c.src(k.node(1).Range())
	}
	looks := fmt.Sprintf("%s(sample(%s, 10.s), %s)", k.name, text, rest)
	f := finding("E0504", "A state does not happen", x.Base().Range, "this is, at every moment")
	also(f, k.e.NameRange, fmt.Sprintf("`%s` looks at one reading after another", k.name))
	if !c.overTime(k.name) {
		return nil
	}
	f.Why = fmt.Sprintf("`%s` of a number of readings needs single moments; of a state it goes over a time.", k.name)
	f.Hint = "say over how long, or when to look:"
	f.Example = rows(fmt.Sprintf("%s(%s, 10.min)", k.name, text), "over ten minutes", looks, "of looks every ten seconds")
	return f
}

// overTime reports whether an operator takes a value and a time.
func (c *checker) overTime(name string) bool {
	for _, o := range c.catalog.Operator(name) {
		if len(o.Args) > 1 && o.Args[0].Shape == "value" && o.Args[1].Type.Name == "duration" {
			return true
		}
	}
	return false
}
