package emit

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// body collects the statements of one evaluation. What is not ready, and what
// fails, leaves it early.
type body struct {
	g    *generator
	step *plan.Step
	code []jen.Code
	// ready are the wires that were looked at already.
	ready map[*plan.Wire]bool
	// lazy says that && and || go left to right (event expressions).
	lazy bool
	// leave gives the statements that leave when wire w is not ready (w nil: when
	// `err` says why it failed).
	leave func(w *plan.Wire) []jen.Code
	// roomy says that a long literal may have a line for each part: not in the statement
	// that has the flow's own line as its place.
	roomy bool
	// quiet says that failures inside a function literal are caught.
	quiet bool
	// names counts the temporaries of the whole function.
	names *int
	// errs says that the function has a variable `failed` for failures inside.
	errs *bool
	// asked are the wires of which the function leaves if they are not ready.
	asked *[]*plan.Wire
}

func (g *generator) newBody(s *plan.Step, lazy bool, leave func(*plan.Wire) []jen.Code) *body {
	return &body{g: g, step: s, lazy: lazy, leave: leave, ready: map[*plan.Wire]bool{}, names: new(int), errs: new(bool), asked: new([]*plan.Wire)}
}

func (b *body) add(c ...jen.Code) { b.code = append(b.code, c...) }

func (b *body) temp() string {
	*b.names++
	if *b.names == 1 {
		return "v"
	}
	return "v" + strconv.Itoa(*b.names)
}

// inner is a block inside b: what is found ready there does not count outside.
func (b *body) inner() *body {
	c := *b
	c.code = nil
	c.ready = map[*plan.Wire]bool{}
	for w := range b.ready {
		c.ready[w] = true
	}
	return &c
}

// wire is the Go expression of a wire: p.door.Pressed, s.good.
func (g *generator) wire(w *plan.Wire) *jen.Statement {
	switch {
	case w.Over != nil:
		return p(w.Over.Go).Call(roundOf(w.Over)...)
	case w.Picked != nil:
		return g.pickedPart(w.Picked).Dot(w.Go)
	case w.Region != nil:
		return jen.Id("s").Dot(w.Go)
	case w.Thing != nil:
		return p(w.Thing.Go, w.Field)
	}
	return p(w.Go)
}

// surelyReady reports whether a read of w needs no look first.
func (b *body) surelyReady(w *plan.Wire) bool {
	return w.Always || w.Shape == types.Event || b.ready[w]
}

// need leaves unless every wire of the list is ready.
func (b *body) need(list []*plan.Wire) {
	for _, group := range b.groups(list) {
		var cond *jen.Statement
		for _, w := range group {
			c := jen.Op("!").Add(b.g.wire(w)).Dot("OK")
			if cond == nil {
				cond = c
			} else {
				cond = cond.Op("||").Add(c)
			}
			b.ready[w] = true
			*b.asked = append(*b.asked, w)
		}
		b.add(jen.If(cond).Block(b.leave(group[0])...))
	}
}

// groups are the wires that still need a look: in one condition where nobody
// asks which, one by one where the fault names it.
func (b *body) groups(list []*plan.Wire) [][]*plan.Wire {
	var all []*plan.Wire
	for _, w := range list {
		if !b.surelyReady(w) {
			b.ready[w] = true
			all = append(all, w)
		}
	}
	if len(all) == 0 {
		return nil
	}
	if !b.lazy {
		return [][]*plan.Wire{all}
	}
	var groups [][]*plan.Wire
	for _, w := range all {
		groups = append(groups, []*plan.Wire{w})
	}
	return groups
}

// strict lists the wires that x needs whatever happens, in order: those under a
// branch, or behind a lazy && or ||, are looked at where they are.
func (b *body) strict(x typed.Expr) []*plan.Wire {
	var list []*plan.Wire
	var visit func(typed.Expr)
	visit = func(x typed.Expr) {
		switch x := x.(type) {
		case *plan.Read:
			list = append(list, x.Wire)
		case *typed.Cond:
			visit(x.C)
		case *typed.Match:
			visit(x.X)
		case *typed.Try, *typed.IsReady:
		case *typed.Lambda:
			list = append(list, lambdaReads(x.Body)...)
		case *typed.Default:
			visit(x.X)
			if b.simple(x.D) {
				visit(x.D)
			}
		case *typed.Binary:
			switch {
			case x.Op != "&&" && x.Op != "||":
				visit(x.L)
				visit(x.R)
			case b.lazy:
				visit(x.L)
			} // else either side may decide alone
		default:
			for _, c := range typed.Operands(x) {
				visit(c)
			}
		}
	}
	visit(x)
	return list
}

// simple reports whether x is one Go expression that cannot fail and needs
// nothing that is not known to be ready.
func (b *body) simple(x typed.Expr) bool {
	return b.pure(x) && b.allReady(x)
}

func (b *body) allReady(x typed.Expr) bool {
	for _, r := range plan.Reads(x) {
		if !b.surelyReady(r.Wire) {
			return false
		}
	}
	return true
}

// pure reports whether x prints as one Go expression without failing.
func (b *body) pure(x typed.Expr) bool {
	pure := true
	typed.Visit(x, func(e typed.Expr) {
		switch e := e.(type) {
		case *typed.Cond, *typed.For, *typed.Try, *typed.Match, *typed.Let, *typed.Chance:
			pure = false
		case *typed.Binary:
			if fails(e) || namesOperands(e) {
				pure = false
			}
			if (e.Op == "&&" || e.Op == "||") && !b.allReady(e) {
				pure = false
			}
		case *typed.Default:
			if !b.allReady(e.D) {
				pure = false
			}
		default:
			if e.Base().Fallible {
				pure = false
			}
		}
	})
	return pure
}
