package plan

import (
	"strings"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// lower replaces every name by the read of a wire, and everything that
// remembers by the read of a step of its own.
func (b *builder) lower(x typed.Expr) typed.Expr {
	switch x := x.(type) {
	case *typed.Wire:
		return b.read(b.wire(x), x.Base())
	case *typed.OpCall, *typed.Where, *typed.Pick, *typed.KeysOf, *typed.Gather, *typed.Initially, *typed.Since:
		return b.hoist(x)
	case *typed.Chance:
		b.out.Chance = true
	case *typed.MetaOf:
		return b.read(b.metaWire(b.asWire(x.X), x), x.Base())
	}
	return b.lowerOperands(x)
}

func (b *builder) lowerOperands(x typed.Expr) typed.Expr {
	return typed.Rebuild(x, b.lower)
}

// wire finds the wire that a name reads.
func (b *builder) wire(x *typed.Wire) *Wire {
	if x.Output == typed.Faults {
		return b.faults(x)
	}
	if x.Eq != nil {
		return b.equation(x.Eq)
	}
	w := b.outputWire(b.thingOf[x.Thing], x.Output)
	if w.Source == nil {
		w.Source = x.Source
	}
	if w.Type == nil || x.Output != "" && w.Shape != types.Reading {
		w.Type = x.Type
	}
	return w
}

// read is a read of w, which cannot fail: what can is the step that sets it.
func (b *builder) read(w *Wire, i *typed.Info) typed.Expr {
	r := &Read{Info: *i, Wire: w}
	r.Fallible = false
	return r
}

// hoist makes a step of its own for something that remembers inside a larger
// expression: it runs whenever its input changes, whatever branch is taken.
func (b *builder) hoist(x typed.Expr) typed.Expr {
	i := x.Base()
	w := b.partWire(hoistWord(x), i)
	b.define(w, x)
	return b.read(w, i)
}

// partWire is the wire of a part of an expression.
func (b *builder) partWire(word string, i *typed.Info) *Wire {
	w := b.newWire(b.at.name+"_"+word, i)
	if text := strings.Join(strings.Fields(i.Text), " "); text != "" {
		w.Label = text
	}
	return w
}

// opWord is an operator's name among Go's: one of the flow's own Go goes by what
// follows `go::`.
func opWord(op *catalog.Operator) string { return strings.TrimPrefix(op.Name, catalog.OwnPrefix) }

func hoistWord(x typed.Expr) string {
	switch x := x.(type) {
	case *typed.OpCall:
		return opWord(x.Op)
	case *typed.Where:
		return "where"
	case *typed.Pick:
		return "one"
	case *typed.Initially:
		return "initially"
	case *typed.Since:
		return "since"
	}
	return "part"
}

// asWire gives the wire of an expression, making a step for one that is more
// than a name.
func (b *builder) asWire(x typed.Expr) *Wire {
	low := b.lower(x)
	if r, ok := low.(*Read); ok {
		return r.Wire
	}
	return b.computed(low)
}

// Reads lists the reads in a lowered expression.
func Reads(x typed.Expr) []*Read {
	var list []*Read
	typed.Visit(x, func(e typed.Expr) {
		if r, ok := e.(*Read); ok {
			list = append(list, r)
		}
	})
	return list
}

// neverUnready reports whether a lowered expression always has a value.
func neverUnready(x typed.Expr) bool {
	always := true
	typed.Visit(x, func(e typed.Expr) {
		if r, ok := e.(*Read); ok && !r.Wire.Always || e.Base().Fallible {
			always = false
		}
	})
	return always
}
