package plan

import (
	"slices"

	"flowc/lang/typed"
)

// Over is an operator across keys that a test works out at one moment. It remembers
// nothing: it is told of every key anew.
type Over struct {
	// Go is the name of its method.
	Go string
	Op *typed.OpCall
	// Region holds the keys and X is what it is told of each; without a region, Xs are
	// that for each of the keys of a component.
	Region *Region
	X      typed.Expr
	Xs     []typed.Expr
	// Counts says that it reads the number of the round.
	Counts bool
}

// over makes the wire that a test reads where it combines keys.
func (b *builder) over(x *typed.OpCall) typed.Expr {
	for _, same := range b.out.TestOver {
		if same.Op.Text == x.Text {
			return b.overWire(same, x)
		}
	}
	o := &Over{Go: b.names.made("", "across"+exported(x.Op.Name)), Op: x}
	arg := x.Args[0]
	if of := gatherIn(arg); of != nil {
		for i, key := range of.Keys.Values {
			o.Xs = append(o.Xs, b.oneInstance(arg, i, &typed.Pick{Keys: []any{key}}))
		}
	} else {
		o.X = b.lowerTest(arg, nil)
		for _, r := range Reads(o.X) {
			if r.Wire.Region != nil {
				o.Region = r.Wire.Region
			}
		}
	}
	o.Counts = slices.ContainsFunc(b.rounds, func(it *typed.Local) bool { return readsLocal(arg, it) })
	b.out.TestOver = append(b.out.TestOver, o)
	return b.overWire(o, x)
}

func (b *builder) overWire(o *Over, x *typed.OpCall) typed.Expr {
	w := &Wire{Name: x.Text, Label: x.Text, Shape: x.Shape, Type: x.Type, Over: o, Pos: x.Pos}
	return b.read(w, x.Base())
}

// gatherIn is an output of all instances of a component inside an expression.
func gatherIn(x typed.Expr) (of *typed.Gather) {
	typed.Walk(x, func(e typed.Expr) bool {
		if g, ok := e.(*typed.Gather); ok && of == nil {
			of = g
		}
		return of == nil
	})
	return of
}

// oneInstance lowers an expression over all instances for one of them.
func (b *builder) oneInstance(x typed.Expr, i int, key *typed.Pick) typed.Expr {
	switch x := x.(type) {
	case *typed.Gather:
		return b.oneInstance(x.Xs[i], i, key)
	case *typed.Wire, *typed.Pick, *typed.OpCall:
		return b.lowerTest(x, key)
	}
	return typed.Rebuild(x, func(y typed.Expr) typed.Expr { return b.oneInstance(y, i, key) })
}

// told are the wires that an operator across keys is told of.
func (o *Over) told() (list []*Wire) {
	for _, x := range append([]typed.Expr{o.X}, o.Xs...) {
		if x == nil {
			continue
		}
		for _, r := range Reads(x) {
			list = append(list, r.Wire)
		}
	}
	return list
}
