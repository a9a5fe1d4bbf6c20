package plan

import (
	"math"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// settled lowers a value that an operator takes. One that can fail becomes a step
// of its own: its failure is told there, and the operator sees what is not ready.
func (b *builder) settled(x typed.Expr) typed.Expr {
	low := b.lower(x)
	if !mayFail(low) {
		return low
	}
	return b.read(b.computed(low), x.Base())
}

// computed is the wire of a step that evaluates an expression that was lowered.
func (b *builder) computed(low typed.Expr) *Wire {
	w := b.partWire("in", low.Base())
	b.evaluate(w, low)
	return w
}

func (b *builder) evaluate(w *Wire, low typed.Expr) {
	s := b.step(Eval, w, low.Base())
	s.X = low
	b.trigger(s, low)
	w.Always = w.Shape == types.Value && neverUnready(low)
}

// mayFail reports whether the computation of x can fail.
func mayFail(x typed.Expr) bool {
	may := false
	typed.Visit(x, func(e typed.Expr) {
		switch e := e.(type) {
		case *Read:
		case *typed.Binary:
			may = may || overflows(e)
		default:
			may = may || e.Base().Fallible
		}
	})
	return may
}

// overflows reports whether arithmetic can leave the range of its type, or divide
// by zero.
func overflows(x *typed.Binary) bool {
	switch x.Op {
	case "+", "-", "*", "/", "%":
	default:
		return false
	}
	switch x.Type.Kind {
	case types.String:
		return false
	case types.Number, types.Quantity:
	default:
		return true
	}
	l, r := size(x.L), size(x.R)
	switch x.Op {
	case "+", "-":
		return min(l, r) >= 1e291
	case "*":
		return min(l, r) > 1
	case "/":
		return r < 1 || math.IsInf(r, 1)
	}
	return true
}

// size is how far a constant is from zero, and infinite for what is none.
func size(x typed.Expr) float64 {
	if k, ok := x.(*typed.Const); ok {
		switch v := k.V.(type) {
		case float64:
			return math.Abs(v)
		case int64:
			return math.Abs(float64(v))
		}
	}
	return math.Inf(1)
}
