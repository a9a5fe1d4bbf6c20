package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
)

// ruleFields are the fields of interlocks and invariants.
func (g *generator) ruleFields() []jen.Code {
	var fields []jen.Code
	for _, l := range g.plan.Interlocks {
		fields = append(fields, docLines(l.Doc)...)
		fields = append(fields, jen.Id(l.Go).Add(flowName("Interlock")).Comment(at(l.Pos)))
	}
	for _, s := range g.plan.Steps {
		if s.Sort == plan.Watch {
			fields = append(fields, docLines(s.Doc)...)
			fields = append(fields, jen.Id(s.Go).Add(flowName("Invariant")).Comment(at(s.Rule.Pos)))
		}
	}
	return fields
}

// newInterlocks prints the making of the interlocks.
func (g *generator) newInterlocks() []jen.Code {
	var code []jen.Code
	for _, l := range g.plan.Interlocks {
		gap := jen.Lit(0)
		if l.Gap != nil {
			gap = g.newBody(nil, false, nil).typedExpr(l.Gap)
		}
		code = append(code, p(l.Go).Op("=").Add(flowName("NewInterlock")).Call(jen.Lit(len(l.Members)), gap))
	}
	return code
}

// hold prints the question to the interlocks of an actuator:
//
//	p.up.On.Held = p.Holds(&p.shutter, 0, nodeWantUp, p.timers[timerShutter], p.up.On.Want.Or(p.up.Safe), p.down.On.V, p.down.On.Live)
func (g *generator) hold(th *plan.Thing) []jen.Code {
	var held *jen.Statement
	drive := driveField(th)
	for _, l := range th.Locks {
		var on, live *jen.Statement
		for n, m := range l.Members {
			if n != l.N {
				on, live = or(on, p(m.Go, driveField(m), "V")), or(live, p(m.Go, driveField(m), "Live"))
			}
		}
		held = or(held, p("Holds").Call(jen.Op("&").Add(p(l.Go)), jen.Lit(l.N), jen.Id(th.Decide.Node.Go), g.timer(l.Timer), g.intent(th, drive), on, live))
	}
	if held == nil {
		return nil
	}
	return []jen.Code{p(th.Go, drive, "Held").Op("=").Add(held)}
}

func or(a, b *jen.Statement) *jen.Statement {
	if a == nil {
		return b
	}
	return a.Op("||").Add(b)
}

// decided tells the interlocks of an actuator what it is commanded to be.
func (g *generator) decided(th *plan.Thing) []jen.Code {
	var code []jen.Code
	for _, l := range th.Locks {
		code = append(code, p("Decided").Call(jen.Op("&").Add(p(l.Go)), jen.Lit(l.N), g.timer(l.Timer), p(th.Go, driveField(th), "V")))
	}
	return code
}

// intent is what the flow wants an actuator to be: p.up.On.Want.Or(p.up.Safe).
func (g *generator) intent(th *plan.Thing, drive string) *jen.Statement {
	for _, f := range th.Kind.Fields {
		if f.Name == "safe" {
			return p(th.Go, drive, "Want").Dot("Or").Call(p(th.Go, f.Go))
		}
	}
	return p(th.Go, drive, "Want", "V")
}

// watching prints the two sides of an invariant: whether it holds, and whether it would
// with the actuators as the flow wants them.
func (g *generator) watching(f *jen.File, s *plan.Step) {
	result := of(flowName("Val"), jen.Bool())
	g.function(f, s, "holds", result, func(b *body) { b.value(s.X) })
	if len(s.Actuators) > 0 {
		g.function(f, s, "would", result, func(b *body) {
			b.quiet = true
			b.leave = func(*plan.Wire) []jen.Code { return []jen.Code{jen.Return(result.Clone().Values())} }
			b.finish(s.Would)
		})
	}
}

// lookAtRule prints what follows from an invariant:
//
//	if moved := p.Broken(&p.invariant1, nodeWatchInvariant1, p.holdsInvariant1(), p.wouldInvariant1(), "broken; …"); moved != 0 {
//		p.heater.On.Forced += moved
//		p.dirty[0] |= runHeater
//	}
func (g *generator) lookAtRule(s *plan.Step) []jen.Code {
	holds := g.call("holds", s)
	ask := func(would *jen.Statement) *jen.Statement {
		return p("Broken").Call(jen.Op("&").Add(p(s.Go)), jen.Id(s.Node.Go), holds, would, jen.Lit(brokenMessage(s)))
	}
	if len(s.Actuators) == 0 {
		return []jen.Code{ask(holds.Clone())}
	}
	var follow []jen.Code
	var steps []*plan.Step
	for _, th := range s.Actuators {
		follow = append(follow, p(th.Go, driveField(th), "Forced").Op("+=").Id("moved"))
		steps = append(steps, th.Decide)
	}
	follow = append(follow, g.setBits(entriesOf(steps...))...)
	return []jen.Code{jen.If(
		jen.Id("moved").Op(":=").Add(ask(g.call("would", s))), jen.Id("moved").Op("!=").Lit(0)).Block(follow...)}
}

// brokenMessage is the fault of a broken invariant.
func brokenMessage(s *plan.Step) string {
	var names []string
	for _, th := range s.Actuators {
		names = append(names, th.Name)
	}
	switch len(names) {
	case 0:
		return "broken"
	case 1:
		return "broken; " + names[0] + " is safe until what the flow wants of it keeps to the rule"
	}
	last := len(names) - 1
	return "broken; " + strings.Join(names[:last], ", ") + " and " + names[last] + " are safe until what the flow wants of them keeps to the rule"
}
