package check

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/diag"
)

func (c *checker) signatureOf(name string) string {
	if list := c.callees(name); len(list) > 0 {
		return list[0].signature(name)
	}
	return name + "(…)"
}

// errUnknownFunction is a call of something that is no function.
func (c *checker) errUnknownFunction(e *hclsyntax.FunctionCallExpr) *diag.Diagnostic {
	f := finding("E0106", "There is no such function", e.NameRange, fmt.Sprintf("no function is called `%s`", e.Name))
	if strings.Contains(e.Name, "-") {
		return nil
	}
	if strings.HasPrefix(e.Name, catalog.OwnPrefix) {
		return c.errUnknownGo(e, f)
	}
	if strings.Contains(e.Name, "::") {
		f.Subject.Label = "functions of your own Go are called `go::name`"
		return f
	}
	if d := c.decls[e.Name]; d != nil {
		f.Subject.Label = fmt.Sprintf("`%s` is no function", e.Name)
		also(f, d.at, "it is declared here")
		return f
	}
	if other := foreign[e.Name]; other != "" {
		f.Hint = other
		return f
	}
	if !didYouMean(f, e.Name, c.functionNames(), e.NameRange) {
		f.Hint = "`flowc doc` lists all functions."
	}
	return f
}

// foreign are names from other languages and tools, with what to write here.
var foreign = map[string]string{
	"map":            "an expression on a wire is one already: `soil.moisture * 2` happens with each `soil`; of what a list has, `[for x in list : x * 2]`.",
	"filter":         "write `where(e, condition)`; of a list, `[for x in list : x if condition]`.",
	"combineLatest":  "an expression over several wires is one already.",
	"withLatestFrom": "write `at(e, v)`.",
	"coalesce":       "write `first_of(a, b)`, or `default(a, b)` with a last resort.",
	"len":            "write `length(x)`.",
	"str":            "write `to_string(x)`, or a text with the value in it: `\"${x}\"`.",
	"tostring":       "write `to_string(x)`, or a text with the value in it: `\"${x}\"`.",
	"tonumber":       "write `to_number(x)`.",
	"int":            "write `to_int(x)`.",
	"float":          "write `to_number(x)`.",
	"avg":            "write `average(v, 10.min)` over time, `mean(list)` over a list, or `mean_of(x)` over keys.",
	"timeout":        "write `off_delay(x, 5.min)`, or `pulse(e, 5.min)`.",
	"env":            "declare it, and use its name: `setting broker_url { … }` with `type = string` and `env = \"BROKER_URL\"`; what is secret is a `secret`.",
	"getenv":         "declare it, and use its name: `setting broker_url { … }` with `type = string` and `env = \"BROKER_URL\"`; what is secret is a `secret`.",
	"states":         "write the name of the wire: `soil.moisture`.",
	"is_state":       "compare the wire: `x == on`.",
	"file":           "write `include_text(\"name.txt\")`.",
	"jsondecode":     "say what the messages look like, `json = { … }`, or write `decode(x, type)`.",
	"jsonencode":     "send the record as it is, or write `json(x)`.",
	"tolower":        "write `lower(x)`.",
	"toupper":        "write `upper(x)`.",
	"printf":         "write a `log` thing: `log line { … }` with `show = …`.",
	"print":          "write a `log` thing: `log line { … }` with `show = …`.",
	"sleep":          "nothing waits in a flow: `delay(e, 5.s)` lets an event come later, a `sequence` has steps in time.",
	"setInterval":    "write `every(5.s)`, which is an event.",
	"setTimeout":     "write `delay(e, 5.s)`, or `off_delay(x, 5.s)`.",
	"if":             "write `condition ? a : b`.",
}

func (c *checker) functionNames() []string {
	names := append(keysOf(forms), keysOf(c.functions)...)
	for _, o := range c.catalog.Operators {
		names = append(names, o.Name)
	}
	for _, f := range c.catalog.Functions {
		names = append(names, f.Name)
	}
	return names
}
