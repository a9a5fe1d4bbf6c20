package check

import (
	"github.com/hashicorp/hcl/v2"

	"flowc/lang/typed"
)

// everyExpression visits every expression of the flow that was typed, each place
// once: what a function works out where it is read stands there several times.
func (c *checker) everyExpression(f func(typed.Expr)) {
	type visit struct {
		at   hcl.Range
		kind string
	}
	seen := map[visit]bool{}
	once := func(x typed.Expr) {
		v := visit{x.Base().Range, sortOf(x)}
		if v.kind == "" || !seen[v] {
			seen[v] = true
			f(x)
		}
	}
	for _, x := range c.wholes() {
		typed.Visit(x, once)
	}
}

// sortOf tells apart the calls that stand at one place; "" for all else.
func sortOf(x typed.Expr) string {
	if call, ok := x.(*typed.Call); ok {
		return call.Fn.Package + "." + call.Fn.Go
	}
	return ""
}

// wholes are the outermost expressions: of equations and the steps inside them, of
// things, and of functions.
func (c *checker) wholes() []typed.Expr {
	var list []typed.Expr
	add := func(x typed.Expr) {
		if x != nil {
			list = append(list, x)
		}
	}
	for _, d := range c.order {
		add(d.x)
		for _, eq := range d.steps {
			add(eq.X)
		}
		for _, p := range d.ports {
			add(p.eq.X)
		}
	}
	for _, d := range c.things() {
		for _, s := range d.thing.Settings {
			add(s.X)
		}
		for _, in := range d.thing.Inputs {
			add(in.X)
		}
		add(d.thing.When)
	}
	for _, d := range c.invariants {
		add(d.x)
	}
	for _, fn := range c.made {
		for _, s := range fn.Steps {
			add(s.X)
		}
		add(fn.Result)
	}
	return list
}
