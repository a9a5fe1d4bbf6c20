package rate

import (
	"math"
	"time"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// operator is what an operator makes of the rates of its arguments.
func (t *Table) operator(x *typed.OpCall) Rate {
	declared, ok := catalog.ParseRate(x.Op.Rate)
	if !ok {
		return Any(nil)
	}
	in, first := t.given(x)
	n := 0.0
	if len(declared.Times) > 0 {
		n = perSecond(declared, func(name string) (time.Duration, bool) { return optionTime(x, name) })
	}
	switch declared.Word {
	case "each":
		return in
	case "first":
		return first.upTo()
	case "any":
		return Any(in.From)
	case "once":
		return Rate{Once: true}
	case "exact":
		if math.IsInf(n, 1) {
			return Any(nil)
		}
		return Rate{Min: n, Max: n}
	case "most":
		if !hasInputs(x.Op) {
			return Rate{Max: n}
		}
		return in.times(declared.Count, false).upTo().atMost(n)
	case "beat":
		if !math.IsInf(n, 1) {
			return Rate{Max: n}
		}
	case "plus":
		return in.plus(Rate{Max: n}).upTo()
	}
	if len(x.Args) == 0 {
		return Any(nil)
	}
	return in.upTo()
}

// given is how often the arguments of an operator happen or change, all together and
// the first alone. Where something happens, values are only looked at. Across keys,
// all keys count.
func (t *Table) given(x *typed.OpCall) (sum, first Rate) {
	events := false
	for i, a := range x.Args {
		events = events || isInput(x.Op, i) && shapeOf(x.Op, i) != "value" && a.Base().Shape.Happens()
	}
	for i, a := range x.Args {
		if !isInput(x.Op, i) || events && shapeOf(x.Op, i) == "value" {
			continue
		}
		r := t.Of(a)
		if x.Op.Across && a.Base().Key.Keyed() {
			r = r.ofKeys(t.Keys(a.Base().Key))
		}
		if i == 0 {
			first = r
		}
		sum = sum.plus(r)
	}
	return sum, first
}

// argOf is the declaration of an argument; the last may be there many times.
func argOf(op *catalog.Operator, i int) *catalog.Arg {
	if len(op.Args) == 0 {
		return nil
	}
	return op.Args[min(i, len(op.Args)-1)]
}

func hasInputs(op *catalog.Operator) bool {
	for _, a := range op.Args {
		if a.Input {
			return true
		}
	}
	return false
}

func isInput(op *catalog.Operator, i int) bool {
	a := argOf(op, i)
	return a != nil && a.Input
}

func shapeOf(op *catalog.Operator, i int) string {
	if a := argOf(op, i); a != nil {
		return a.Shape
	}
	return ""
}

// optionTime is an argument or option that is known and a time.
func optionTime(x *typed.OpCall, name string) (time.Duration, bool) {
	at := func(e typed.Expr) (time.Duration, bool) {
		k, ok := e.(*typed.Const)
		if !ok {
			return 0, false
		}
		d, ok := k.V.(time.Duration)
		return d, ok
	}
	for i, a := range x.Args {
		if arg := argOf(x.Op, i); arg != nil && arg.Name == name {
			return at(a)
		}
	}
	for _, o := range x.Options {
		if o.Arg.Name == name {
			return at(o.X)
		}
	}
	return 0, false
}

// state changes at most whenever one of its rows happens.
func (t *Table) state(x *typed.State) Rate {
	var sum Rate
	for _, row := range x.Rows {
		switch {
		case row.On != nil:
			sum = sum.plus(t.Of(row.On))
		default:
			sum = sum.plus(after(row.After))
		}
	}
	return sum.upTo()
}

// after is how often a row `after(d)` can happen.
func after(x typed.Expr) Rate {
	if k, ok := x.(*typed.Const); ok {
		if d, ok := k.V.(time.Duration); ok && d > 0 {
			return Rate{Max: 1 / d.Seconds()}
		}
	}
	return Any(nil)
}

// sequence moves on when it begins, is cancelled, and at most once for each step in
// a run of all of them.
func (t *Table) sequence(x *typed.Sequence) Rate {
	start := t.Of(x.Start)
	sum := start.times(float64(len(x.Steps)+1), false)
	if x.Cancel != nil && x.Cancel.Base().Shape != types.Constant {
		sum = sum.plus(t.Of(x.Cancel))
	}
	return sum.upTo()
}
