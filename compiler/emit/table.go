package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
)

// table prints the rows of a state; where none applies it does not change.
//
//	old := p.lamp.V
//	switch {
//	case p.door.Pressed.Happened(p.Pass):
//		return flow.Now(!old)
//	case p.Rang(p.timers[timerAfterLamp]):
//		return flow.Now(false)
//	}
//	return flow.Hap[bool]{}
func (b *body) table(s *plan.Step) {
	x := s.X.(*typed.State)
	b.g.lets[x.Old] = "old"
	for _, r := range x.Rows {
		if reads(r.Next, x.Old) {
			b.add(jen.Id("old").Op(":=").Add(b.g.wire(s.Out)).Dot("V"))
			break
		}
	}
	var rows []jen.Code
	after := 0
	for _, r := range x.Rows {
		row := b.inner()
		row.asked = new([]*plan.Wire)
		var when *jen.Statement
		if r.On != nil {
			w := r.On.(*plan.Read).Wire
			when = b.g.wire(w).Dot("Happened").Call(p("Pass"))
			row.ready[w] = true
		} else {
			when = p("Rang").Call(b.g.timer(s.After[after].Timer))
			after++
		}
		row.hit(r.When(), PointRow, r.When().Base().Text)
		row.need(row.strict(r.Next))
		next := row.typedExpr(r.Next)
		row.flowed()
		row.add(jen.Return(flowName("Now").Call(next)))
		rows = append(rows, jen.Case(when).Block(row.code...))
	}
	b.add(jen.Switch().Block(rows...))
	b.add(jen.Return(of(flowName("Hap"), b.g.types.goType(s.Out.Type)).Values()))
}

// changeState prints what a state does when its turn comes:
//
//	if next := p.evalLamp(); next.OK && p.lamp.Set(p.Pass, next.V) {
//		p.Arm(p.timers[timerAfterLamp], 5*time.Minute)
//		p.dirty[0] |= runHall
//	}
func (g *generator) changeState(s *plan.Step) []jen.Code {
	follow := append(g.armAfter(s), g.after(s.Out)...)
	set := g.wire(s.Out).Dot("Set").Call(p("Pass"), jen.Id("next").Dot("V"))
	head := jen.If(jen.Id("next").Op(":=").Add(g.call("eval", s)), jen.Id("next").Dot("OK").Op("&&").Add(set))
	if len(follow) == 0 {
		head = jen.If(jen.Id("next").Op(":=").Add(g.call("eval", s)), jen.Id("next").Dot("OK"))
		follow = []jen.Code{set}
	}
	return append(g.before(s.Out), head.Block(follow...))
}

// armAfter sets the timers of a state's `after` rows: they count from its last
// change, or from its start.
func (g *generator) armAfter(s *plan.Step) []jen.Code {
	var code []jen.Code
	for _, a := range s.After {
		b := g.newBody(s, false, nil)
		code = append(code, p("Arm").Call(g.timer(a.Timer), b.typedExpr(a.For)))
	}
	return code
}

// startState prints the setting of a state to its start.
func (g *generator) startState(s *plan.Step, pass jen.Code) jen.Code {
	b := g.newBody(s, false, nil)
	return g.wire(s.Out).Dot("Set").Call(pass, b.given(s.X.(*typed.State).Start))
}

// firstArm sets them at the start, unless the state goes on from before it.
func (g *generator) firstArm(s *plan.Step) []jen.Code {
	code := g.armAfter(s)
	if len(code) == 0 || !s.Kept {
		return code
	}
	return []jen.Code{jen.If(p("Born").Call(jen.Id(s.Node.Go)).Op(">").Lit(0)).Block(code...)}
}
