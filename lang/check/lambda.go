package check

import (
	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// lambdaGives holds what is asked of each element against what the function takes:
// `group_by` wants a text, `sort_by` something that has an order.
func (c *checker) lambdaGives(e callee, p *catalog.Arg, x typed.Expr) bool {
	l, ok := x.(*typed.Lambda)
	if !ok || e.fn == nil || p.Type.Elem == nil {
		return true
	}
	want, fits := lambdaFits(e.fn, p.Type.Elem, l.Body.Base().Type)
	if !fits {
		c.report(c.errLambdaType(e.fn, p, l.Body, want))
	}
	return fits
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
