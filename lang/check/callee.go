package check

import (
	"fmt"
	"strings"

	"flowc/lang/catalog"
)

// callee is a function or an operator of the catalogue.
type callee struct {
	fn     *catalog.Function
	op     *catalog.Operator
	args   []*catalog.Arg
	params []catalog.TypeParam
}

func (c *checker) callees(name string) []callee {
	var list []callee
	for _, o := range c.catalog.Operator(name) {
		if o.EventTime {
			continue // it stands for another, where the source says so
		}
		list = append(list, callee{op: o, args: o.Args, params: o.TypeParams})
	}
	for _, f := range c.catalog.Function(name) {
		list = append(list, callee{fn: f, args: f.Args, params: f.TypeParams})
	}
	return list
}

func (e callee) options() []*catalog.Arg {
	if e.op == nil {
		return nil
	}
	return e.op.Options
}

// dim is of what a type parameter is made, "" where an argument decides it.
func (e callee) dim(param string) string {
	for _, p := range e.params {
		if p.Name == param && param != "" {
			return p.Dim
		}
	}
	return ""
}

func (e callee) variadic() bool {
	return len(e.args) > 0 && e.args[len(e.args)-1].Variadic
}

// arg is the parameter that the n-th argument belongs to, or nil.
func (e callee) arg(n int) *catalog.Arg {
	if n < len(e.args) {
		return e.args[n]
	}
	if e.variadic() {
		return e.args[len(e.args)-1]
	}
	return nil
}

// least is how many arguments there must be.
func (e callee) least() int {
	n := 0
	for _, a := range e.args {
		if !a.Optional && a.Default == "" && (!a.Variadic || len(e.args) == 1) {
			n++
		}
	}
	return n
}

func (e callee) takes(n int) bool {
	return n >= e.least() && (n <= len(e.args) || e.variadic())
}

// signature writes a call as a flow does: `pulse(e, d)`.
func (e callee) signature(name string) string {
	var parts []string
	for _, a := range e.args {
		p := a.Name
		if a.Variadic {
			p += "…"
		}
		parts = append(parts, p)
	}
	if o := e.options(); len(o) > 1 && o[0].Default == "" && !o[0].Optional {
		parts = append(parts, fmt.Sprintf("{ %s = …, %s = … }", o[0].Name, o[1].Name))
	} else if len(o) > 0 {
		parts = append(parts, "{ … }")
	}
	return name + "(" + strings.Join(parts, ", ") + ")"
}
