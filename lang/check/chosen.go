package check

import (
	"flowc/lang/typed"
	"flowc/lang/types"
)

// indifferent reports whether an event says on or off and nobody chose between
// them: then it would trigger with either. After `where(command, command)` it may
// trigger.
func indifferent(x typed.Expr) bool {
	return x.Base().Type.Kind == types.Bool && !chosen(x)
}

// chosen reports whether a switch that happens went through a `where`, itself or
// what it was thinned out from.
func chosen(x typed.Expr) bool {
	switch x := x.(type) {
	case *typed.Where:
		return true
	case *typed.Wire:
		return x.Eq != nil && x.Eq.X != nil && chosen(x.Eq.X)
	case *typed.OpCall:
		return allChosen(x)
	}
	return false
}

// allChosen reports whether all that an operator lets through was chosen.
func allChosen(x *typed.OpCall) bool {
	found := false
	for n, a := range x.Args {
		p := x.Op.Args[min(n, len(x.Op.Args)-1)]
		if !p.Hap || !uses(x.Op.Result, p.Type.Ref) {
			continue
		}
		if !chosen(a) {
			return false
		}
		found = true
	}
	return found
}
