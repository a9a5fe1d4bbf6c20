package check

import (
	"fmt"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// lambdas holds what is asked of each element against what the function takes:
// `group_by` wants a text, `sort_by` something that has an order.
func (c *checker) lambdas() {
	c.everyExpression(func(n typed.Expr) {
		call, ok := n.(*typed.Call)
		if !ok {
			return
		}
		for i, a := range call.Args {
			l, ok := a.(*typed.Lambda)
			if !ok || i >= len(call.Fn.Args) || isBad(l.Body) || call.Fn.Args[i].Type.Elem == nil {
				continue
			}
			what := fmt.Sprintf("`%s` of `%s`", call.Fn.Args[i].Name, call.Fn.Name)
			if want, fits := lambdaFits(call.Fn, call.Fn.Args[i].Type.Elem, l.Body.Base().Type); !fits {
				c.report(c.errWrongType(l.Body, want, what, rangeT{}))
			}
		}
	})
}

// lambdaFits reports whether a lambda may give t, and else what it should.
func lambdaFits(f *catalog.Function, elem *catalog.Type, t *types.Type) (want *types.Type, fits bool) {
	switch elem.Name {
	case "string":
		return types.TString, t.Kind == types.String
	case "bool":
		return types.TBool, t.Kind == types.Bool
	case "param":
		for _, p := range f.TypeParams {
			if p.Name == elem.Ref && p.Constraint == "sortable" {
				return types.TNumber, sortable(t)
			}
			if p.Name == elem.Ref && p.Constraint == "comparable" {
				return types.TString, t.Comparable()
			}
		}
	}
	return nil, true
}

// sortable are the types of rt/fn's Sortable.
func sortable(t *types.Type) bool {
	switch t.Kind {
	case types.Int, types.Number, types.Quantity, types.Duration, types.String, types.Enum:
		return true
	}
	return false
}

// everyExpression visits every expression of the flow that was typed.
func (c *checker) everyExpression(f func(typed.Expr)) {
	for _, d := range c.order {
		if d.x != nil {
			typed.Visit(d.x, f)
		}
	}
	for _, d := range c.invariants {
		if d.x != nil {
			typed.Visit(d.x, f)
		}
	}
	for _, d := range c.things() {
		for _, in := range d.thing.Inputs {
			typed.Visit(in.X, f)
		}
		if d.thing.When != nil {
			typed.Visit(d.thing.When, f)
		}
	}
}
