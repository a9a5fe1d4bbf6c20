package check

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/types"
)

// likelyType is the type of an equation, for a hint; where it could not be typed,
// what its outermost operation gives.
func (c *checker) likelyType(d *decl) *types.Type {
	if d.x != nil && !isBad(d.x) {
		return d.x.Base().Type
	}
	switch d.sort {
	case sortState:
		return c.stateGuess(d).Type
	case sortSequence:
		return types.TBool
	}
	switch e := unwrapped(d.attr.Expr).(type) {
	case *hclsyntax.UnaryOpExpr:
		if e.Op == hclsyntax.OpLogicalNot {
			return types.TBool
		}
	case *hclsyntax.BinaryOpExpr:
		switch e.Op {
		case hclsyntax.OpAdd, hclsyntax.OpSubtract, hclsyntax.OpMultiply, hclsyntax.OpDivide, hclsyntax.OpModulo:
		default:
			return types.TBool
		}
	}
	return types.TBad
}

func unwrapped(e hclsyntax.Expression) hclsyntax.Expression {
	for {
		p, ok := e.(*hclsyntax.ParenthesesExpr)
		if !ok {
			return e
		}
		e = p.Expression
	}
}
