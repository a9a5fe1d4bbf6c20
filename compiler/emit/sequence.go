package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// sequenceLiteral is a sequence at its beginning.
//
//	flow.Sequence{Steps: []time.Duration{10 * time.Minute, 0}, Again: flow.Queue}
func (g *generator) sequenceLiteral(s *plan.Step) *jen.Statement {
	x := s.X.(*typed.Sequence)
	b := g.newBody(s, false, nil)
	var steps []jen.Code
	for _, step := range x.Steps {
		d := jen.Lit(0)
		if step.For != nil {
			d = b.typedExpr(step.For)
		}
		steps = append(steps, d)
	}
	values := []jen.Code{jen.Id("Steps").Op(":").Index().Qual("time", "Duration").Values(steps...)}
	if x.Again != "ignore" {
		values = append(values, jen.Id("Again").Op(":").Add(flowName(upper(x.Again))))
	}
	return flowName("Sequence").Values(values...)
}

// runSequence prints
//
//	tick := p.Tick(…)
//	moved, err := p.watering.Run(tick, start, cancel, p.untilWatering)
//	if err != nil { … }
//	return moved
func (b *body) runSequence(s *plan.Step) {
	x := s.X.(*typed.Sequence)
	cancel := jen.False()
	if x.Cancel != nil {
		cancel = b.g.ends(x.Cancel)
	}
	tick := b.namedTick(s)
	b.add(jen.List(jen.Id("moved"), jen.Err()).Op(":=").Add(b.g.wire(s.Out)).Dot("Run").Call(
		tick, b.g.happensNow(x.Start), cancel, untilOf(s)))
	b.add(jen.If(jen.Err().Op("!=").Nil()).Block(p("Divert").Call(jen.Id(s.Node.Go), jen.Err())))
	b.add(jen.Return(jen.Id("moved")))
}

// untilOf is what ends the steps of a sequence early, nil where nothing does; of that of
// the part at hand where it is keyed:
//
//	func(step int) (happens, is bool) { return p.untilWatering(s, step) }
func untilOf(s *plan.Step) *jen.Statement {
	switch {
	case !endsEarly(s):
		return jen.Nil()
	case s.Region == nil:
		return p("until" + s.Name)
	}
	return jen.Func().Params(jen.Id("step").Int()).Params(jen.List(jen.Id("happens"), jen.Id("is")).Bool()).Block(
		jen.Return(p("until"+s.Name).Call(jen.Id("s"), jen.Id("step"))))
}

// endsEarly reports whether something ends a step of a sequence before its time.
func endsEarly(s *plan.Step) bool {
	return slices.ContainsFunc(s.X.(*typed.Sequence).Steps, func(step typed.SequenceStep) bool { return step.Until != nil })
}

// untilFunction prints what ends a step early:
//
//	func (p *Program) untilWatering(step int) (happens, is bool) {
//		switch step {
//		case 2:
//			return p.stop.Pressed.Happened(p.Pass), false
//		}
//		return false, false
//	}
func (g *generator) untilFunction(f *jen.File, s *plan.Step) {
	if !endsEarly(s) {
		return
	}
	var cases []jen.Code
	for n, step := range s.X.(*typed.Sequence).Steps {
		switch {
		case step.Until == nil:
		case isSwitch(step.Until):
			cases = append(cases, jen.Case(jen.Lit(n+1)).Block(jen.Return(jen.False(), g.ends(step.Until))))
		default:
			cases = append(cases, jen.Case(jen.Lit(n+1)).Block(jen.Return(g.ends(step.Until), jen.False())))
		}
	}
	params := []jen.Code{jen.Id("step").Int()}
	if s.Region != nil {
		params = []jen.Code{jen.Id("s").Op("*").Id(partType(s.Region)), params[0]}
	}
	f.Comment("until" + s.Name + " tells what ends a step of " + s.Node.Name + " early: something that happens, or that is.")
	f.Add(method("until"+s.Name)).Params(params...).Params(jen.List(jen.Id("happens"), jen.Id("is")).Bool()).Block(
		jen.Switch(jen.Id("step")).Block(cases...),
		jen.Return(jen.False(), jen.False()))
	f.Line()
}

// isSwitch reports whether something is on or off; all else happens.
func isSwitch(x typed.Expr) bool {
	i := x.Base()
	return i.Shape != types.Event && i.Type.Kind == types.Bool
}

// ends is what ends a step as a Go condition.
func (g *generator) ends(x typed.Expr) *jen.Statement {
	if !isSwitch(x) {
		return g.happensNow(x)
	}
	w := x.(*plan.Read).Wire
	if w.Always {
		return g.wire(w).Dot("V")
	}
	return g.wire(w).Dot("OK").Op("&&").Add(g.wire(w)).Dot("V")
}

func (g *generator) happensNow(x typed.Expr) *jen.Statement {
	return g.wire(x.(*plan.Read).Wire).Dot("Happened").Call(p("Pass"))
}
