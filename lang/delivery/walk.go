package delivery

import (
	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// walk follows what happens back to where it begins.
type walk struct {
	table *Table
	found []way
	// open are the equations on the way from the sink to here: a circle ends at them.
	open map[*typed.Equation]bool
	// kept says that the memory of the equation at hand outlives the program.
	kept bool
}

// way is an origin with the operators between it and the sink, from the sink on.
type way struct {
	Origin
	ops []passed
}

// passed is an operator on a way.
type passed struct {
	*typed.OpCall
	// kept says that what it remembers outlives the program.
	kept bool
}

// happens follows an expression. What does not happen is looked at and carries nothing:
// a value whose changes make the sink act is an origin.
func (w *walk) happens(x typed.Expr, ops []passed) {
	if !x.Base().Shape.Happens() {
		if x.Base().Shape == types.Value {
			w.add(way{Origin{X: x, Value: true}, ops})
		}
		return
	}
	switch x := x.(type) {
	case *typed.Wire:
		w.wire(x, ops)
		return
	case *typed.OpCall:
		w.operator(x, ops)
		return
	case *typed.SequencePart, *typed.Sequence, *typed.State:
		w.add(way{Origin{X: x, Value: true}, ops})
		return
	case *typed.Where:
		w.happens(x.X, ops)
		return
	}
	for _, o := range typed.Operands(x) {
		if o.Base().Shape.Happens() {
			w.happens(o, ops)
		}
	}
}

func (w *walk) wire(x *typed.Wire, ops []passed) {
	if x.Eq == nil {
		w.add(way{Origin{X: x, Thing: x.Thing}, ops})
		return
	}
	if w.open[x.Eq] || x.Eq.X == nil {
		return
	}
	w.open[x.Eq] = true
	kept := w.kept
	w.kept = x.Eq.Persist
	w.happens(x.Eq.X, ops)
	w.kept = kept
	delete(w.open, x.Eq)
}

func (w *walk) operator(x *typed.OpCall, ops []passed) {
	keep := w.table.persist
	given := inputs(x)
	if len(given) == 0 || x.Op.Token != "" {
		w.add(way{Origin{X: x, Value: len(x.Args) > 0 && len(given) == 0 && looks(x)}, ops})
	}
	if x.Op.Token == "begins" {
		return
	}
	on := append(append([]passed(nil), ops...), passed{x, keep != nil && (!keep.Marked || w.kept)})
	if x.Op.Token == "both" {
		on = ops
	}
	for _, a := range given {
		w.happens(a, on)
	}
}

// inputs are the arguments of an operator whose happening can let it happen.
func inputs(x *typed.OpCall) []typed.Expr {
	var list []typed.Expr
	for i, a := range x.Args {
		if i > 0 && x.Op.Rate == "first" { // the others only steer
			break
		}
		if arg := argOf(x.Op, i); arg != nil && arg.Input && !arg.With && arg.Shape != "value" && a.Base().Shape.Happens() {
			list = append(list, a)
		}
	}
	return list
}

// looks reports whether an operator looks at values.
func looks(x *typed.OpCall) bool {
	for _, a := range x.Args {
		if a.Base().Shape != types.Constant {
			return true
		}
	}
	return false
}

// argOf is the declaration of an argument; the last may be there many times.
func argOf(op *catalog.Operator, i int) *catalog.Arg {
	if len(op.Args) == 0 {
		return nil
	}
	return op.Args[min(i, len(op.Args)-1)]
}

// add notes a way, once.
func (w *walk) add(n way) {
	for _, o := range w.found {
		if o.same(n) {
			return
		}
	}
	w.found = append(w.found, n)
}

func (n way) same(o way) bool {
	if n.X != o.X && (n.Thing == nil || n.Thing != o.Thing || n.Name() != o.Name()) || len(n.ops) != len(o.ops) {
		return false
	}
	for i := range n.ops {
		if n.ops[i].OpCall != o.ops[i].OpCall {
			return false
		}
	}
	return true
}
