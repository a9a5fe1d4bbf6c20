package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/catalog"
	"flowc/lang/types"
)

// engineMethods prints Things, Order and Begin.
func (g *generator) engineMethods(f *jen.File) {
	f.Comment("Things are the things of the flow, by node number.")
	var things, order []jen.Code
	for _, th := range g.plan.Things {
		things = append(things, jen.Op("&").Add(p(th.Go)))
	}
	for _, th := range g.plan.Start {
		order = append(order, jen.Id(th.Node.Go))
	}
	f.Add(method("Things")).Params().Index().Add(flowName("Thing")).Block(
		jen.Return(listOf(jen.Index().Add(flowName("Thing")), things)))
	f.Line()
	f.Comment("Order is the order of start: outputs, connections, sinks, sources.")
	f.Add(method("Order")).Params().Index().Int32().Block(
		jen.Return(listOf(jen.Index().Int32(), order)))
	f.Line()
	var code []jen.Code
	n := len(g.plan.Entries)
	for word := 0; word < g.words(); word++ {
		all := jen.Op("^").Uint64().Parens(jen.Lit(0))
		if left := n - word*64; left < 64 {
			all = jen.Lit(1).Op("<<").Lit(left).Op("-").Lit(1)
		}
		code = append(code, p("dirty").Index(jen.Lit(word)).Op("=").Add(all))
	}
	for _, s := range g.plan.Steps {
		if s.Region == nil {
			code = append(code, g.firstArm(s)...)
		}
	}
	for _, r := range g.plan.Regions {
		for _, key := range r.Known {
			k := g.keyLiteral(r, func(i int) *jen.Statement { return jen.Lit(key[i]) })
			make := jen.Code(p("new" + upper(partType(r))).Call(k))
			if g.plan.Flow.Persist != nil { // it may have been put back
				make = jen.If(jen.List(jen.Id("_"), jen.Id("_"), jen.Id("ok")).Op(":=").Add(p(partsField(r), "Find")).Call(k.Clone()), jen.Op("!").Id("ok")).Block(make)
			}
			code = append(code, make)
		}
	}
	f.Comment("Begin lets every step run once: the first instant.")
	f.Add(method("Begin")).Params().Block(code...)
	f.Line()
}

// hasOutputs reports whether something is to be done after a thing reacted.
func hasOutputs(th *plan.Thing) bool { return len(th.Outputs) > 0 || th.Kind.Decides }

func outputsName(th *plan.Thing) string { return th.Go + "Outputs" }

// react prints the dispatch of occurrences to things, and for each thing what
// follows from its outputs.
func (g *generator) react(f *jen.File) {
	f.Comment("React lets a thing react, and what follows its outputs run.")
	var cases, code []jen.Code
	for _, th := range g.plan.Things {
		cases = append(cases, jen.Case(jen.Id(th.Node.Go)).Block(g.reacts(th)...))
	}
	node, wake := jen.Id("_"), jen.Id("_")
	if len(cases) > 0 {
		node, wake = jen.Id("node"), jen.Id("w")
		code = append(code, jen.Switch(jen.Id("node")).Block(cases...))
	}
	f.Add(method("React")).Params(node.Int32(), wake.Add(flowName("Wake"))).Block(code...)
	f.Line()
	for _, th := range g.plan.Things {
		if hasOutputs(th) {
			g.outputs(f, th)
		}
	}
}

// reacts is what one thing does with an occurrence.
func (g *generator) reacts(th *plan.Thing) []jen.Code {
	code := []jen.Code{p(th.Go, "React").Call(g.host(th), jen.Id("w"))}
	if th.Decide != nil {
		code = append(code, g.setBits(entriesOf(th.Decide))...)
	}
	if hasOutputs(th) {
		code = append(code, p(outputsName(th)).Call())
	}
	return code
}

// outputs prints what follows when a thing has set its outputs.
func (g *generator) outputs(f *jen.File, th *plan.Thing) {
	var code []jen.Code
	moved := p(th.Go + "Moved").Op("=").True()
	if th.Kind.Decides && !followsDrive(th) {
		code = append(code, jen.If(p(th.Go, driveField(th), "Changed").Call(p("Pass"))).Block(moved))
	}
	for _, w := range th.Outputs {
		if w.Region != nil {
			code = append(code, g.hear(th, w)...)
			continue
		}
		follow := g.follow(w)
		if w.StaleTimer != nil {
			follow = append([]jen.Code{p("Arm").Call(g.timer(w.StaleTimer), duration(w.Stale))}, follow...)
		}
		if th.Kind.Decides && w.Field == driveField(th) {
			follow = append([]jen.Code{moved}, follow...)
		}
		if len(follow) == 0 {
			continue
		}
		test := "Changed"
		if w.Shape == types.Event || w.StaleTimer != nil {
			test = "Happened"
		}
		if w.Shape == types.Event && w.Output == "" {
			test = "Happened"
		}
		code = append(code, jen.If(g.wire(w).Dot(test).Call(p("Pass"))).Block(follow...))
	}
	f.Comment(outputsName(th) + " lets run what follows " + th.Name + ".  " + at(th.Pos))
	f.Add(method(outputsName(th))).Params().Block(code...)
	f.Line()
}

// followsDrive reports whether something follows what an actuator is told: then what is to be applied is noted there.
func followsDrive(th *plan.Thing) bool {
	return slices.ContainsFunc(th.Outputs, func(w *plan.Wire) bool { return w.Region == nil && w.Field == driveField(th) })
}

func driveField(th *plan.Thing) string {
	for _, f := range th.Kind.Fields {
		if f.Role == catalog.RoleDrive {
			return f.Go
		}
	}
	return "On"
}

// hear hands what a keyed source received to the part of its key.
func (g *generator) hear(th *plan.Thing, w *plan.Wire) []jen.Code {
	self := p(th.Go, w.Field)
	code := []jen.Code{
		jen.If(jen.Op("!").Add(self.Clone()).Dot("Happened").Call(p("Pass"))).Block(jen.Return()),
		jen.Id("s").Op(":=").Add(p(th.Go + "Part")).Call(),
		jen.If(jen.Id("s").Op("==").Nil()).Block(jen.Return()),
	}
	code = append(code, g.before(w)...)
	if w.Shape == types.Event {
		code = append(code, g.wire(w).Dot("Happen").Call(p("Pass"), self.Clone().Dot("V")))
	} else {
		code = append(code, g.wire(w).Dot("Happen").Call(p("Pass"), p("Time"), self.Clone().Dot("V")))
	}
	if w.StaleTimer != nil {
		code = append(code, p("Arm").Call(g.timer(w.StaleTimer), duration(w.Stale)))
	}
	if t := th.Region.ForgetTimer; t != nil {
		code = append(code, p("Arm").Call(g.timer(t), duration(th.Region.Forget)))
	}
	return append(code, g.after(w)...)
}

// fire prints what a timer of an equation does.
func (g *generator) fire(f *jen.File) {
	cases := map[*plan.Timer]bool{}
	var list []*plan.Timer
	add := func(ts []*plan.Timer) {
		for _, t := range ts {
			if !cases[t] {
				cases[t] = true
				list = append(list, t)
			}
		}
	}
	add(g.plan.Timers)
	for _, r := range g.plan.Regions {
		add(r.Timers)
	}
	part := jen.Id("_")
	for _, t := range list {
		if t.Region != nil {
			part = jen.Id("part")
		}
	}
	node := jen.Id("node")
	var code []jen.Code
	if len(list) == 0 {
		node = jen.Id("_")
	} else {
		code = []jen.Code{jen.Switch(jen.Id("node")).BlockFunc(func(s *jen.Group) {
			for _, t := range list {
				s.Case(jen.Id(t.Node.Go)).Block(g.rings(t)...)
			}
		})}
	}
	f.Comment("Fire lets run what waited for a timer.")
	f.Add(method("Fire")).Params(jen.List(node, part).Int32()).Block(code...)
	f.Line()
}

// rings is what a timer does when it is due.
func (g *generator) rings(t *plan.Timer) []jen.Code {
	var code []jen.Code
	if t.Region != nil && !t.Forget {
		code = append(code,
			jen.Id("s").Op(":=").Add(p(partsField(t.Region), "Wake")).Call(jen.Id("part")),
			jen.If(jen.Id("s").Op("==").Nil()).Block(jen.Return()))
	}
	switch {
	case t.Forget:
		return []jen.Code{p("forget" + upper(t.Region.Go)).Call(jen.Id("part"))}
	case t.Step != nil && t.Region != nil:
		return append(code, g.markPart(t.Region, jen.Id("s"), append([]*plan.Step{t.Step}, t.Also...))...)
	case t.Step != nil:
		return g.setBits(entriesOf(append([]*plan.Step{t.Step}, t.Also...)...))
	}
	code = append(code, g.before(t.Wire)...)
	moved := g.wire(t.Wire).Dot("Unset").Call(p("Pass"))
	return append(code, ifMoved(moved, g.after(t.Wire)))
}

// apply prints the driving of the actuators whose command changed.
func (g *generator) apply(f *jen.File) {
	var code []jen.Code
	for _, th := range g.plan.Things {
		if th.Kind.Decides {
			code = append(code, jen.If(p(th.Go+"Moved")).Block(
				p(th.Go+"Moved").Op("=").False(),
				p("Enter").Call(jen.Id(th.Node.Go)),
				p(th.Go, "Apply").Call(g.host(th))))
		}
	}
	f.Comment("Apply drives the actuators whose command changed.")
	f.Add(method("Apply")).Params().Block(code...)
	f.Line()
}

// halt prints the taking back of what a thing says that was quarantined: nobody
// knows any more whether the button is down.
func (g *generator) halt(f *jen.File) {
	var cases []jen.Code
	for _, th := range g.plan.Things {
		var code []jen.Code
		for _, w := range th.Outputs {
			if w.Region == nil && w.Shape != types.Event && !w.Always {
				code = append(code, ifMoved(g.wire(w).Dot("Unset").Call(p("Pass")), g.follow(w)))
			}
		}
		if len(code) > 0 {
			cases = append(cases, jen.Case(jen.Id(th.Node.Go)).Block(code...))
		}
	}
	if len(cases) == 0 {
		return
	}
	f.Comment("Halt makes not ready what a thing said that is no longer trusted.")
	f.Add(method("Halt")).Params(jen.Id("node").Int32()).Block(jen.Switch(jen.Id("node")).Block(cases...))
	f.Line()
}

// culprit prints the finding of the step that a panic stopped: the first bit
// that is left. It is reset, and what it sets is not ready.
func (g *generator) culprit(f *jen.File) {
	var cases []jen.Code
	for _, e := range g.plan.Entries {
		body := []jen.Code{}
		if e.Step != nil {
			body = append(body, g.resetStep(e.Step)...)
			body = append(body, jen.Return(jen.Id(e.Step.Node.Go)))
		} else {
			body = append(body, g.culpritPart(e)...)
		}
		cases = append(cases, jen.Case(jen.Lit(e.Bit)).Block(body...))
	}
	code := []jen.Code{jen.Return(jen.Lit(0))}
	if len(cases) > 0 {
		code = []jen.Code{
			jen.Switch(flowName("TakeLowest").Call(p("dirty").Index(jen.Empty(), jen.Empty()))).Block(cases...),
			jen.Return(jen.Lit(0)),
		}
	}
	f.Comment("Culprit finds the step that was running when a panic stopped it, and resets it.")
	f.Add(method("Culprit")).Params().Int32().Block(code...)
	f.Line()
}

// resetStep makes a step as it was at the beginning.
func (g *generator) resetStep(s *plan.Step) []jen.Code {
	var code []jen.Code
	if s.OpGo != "" && s.Sort != plan.Across {
		b := g.newBody(s, false, nil)
		lit := g.opLiteral(s)
		if lit == nil {
			lit = g.opType(s).Values()
		}
		code = append(code, b.op().Op("=").Add(lit))
	}
	if s.Sort == plan.Run {
		return append([]jen.Code{g.wire(s.Out).Op("=").Add(g.sequenceLiteral(s))}, g.follow(s.Out)...)
	}
	if s.Out == nil || s.Out.Shape == types.Event || s.Sort == plan.Table { // a state stays as it is
		return code
	}
	code = append(code, g.before(s.Out)...)
	return append(code, ifMoved(g.wire(s.Out).Dot("Unset").Call(p("Pass")), g.after(s.Out)))
}

func (g *generator) culpritPart(e *plan.Entry) []jen.Code {
	var cases []jen.Code
	for _, s := range e.Steps {
		cases = append(cases, jen.Case(jen.Lit(s.Bit)).Block(append(g.resetStep(s), jen.Return(jen.Id(s.Node.Go)))...))
	}
	return append(g.setBits([]bitRef{{e.Bit / 64, entryBit(e)}}),
		jen.For(jen.List(jen.Id("_"), jen.Id("n")).Op(":=").Range().Add(p(partsField(e.Region), "Order")).Call()).Block(
			jen.Id("s").Op(":=").Add(p(partsField(e.Region), "At")).Call(jen.Id("n")),
			jen.If(jen.Op("!").Add(flowName("AnyIn")).Call(jen.Id("s").Dot("dirty").Index(jen.Empty(), jen.Empty()), jen.Lit(e.Steps[0].Bit), jen.Lit(len(e.Steps)))).Block(jen.Continue()),
			jen.Switch(flowName("TakeLowestIn").Call(jen.Id("s").Dot("dirty").Index(jen.Empty(), jen.Empty()), jen.Lit(e.Steps[0].Bit), jen.Lit(len(e.Steps)))).Block(cases...),
		),
		p("dirty").Index(jen.Lit(e.Bit/64)).Op("&^=").Id(entryBit(e)))
}
