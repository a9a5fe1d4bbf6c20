package emit

import (
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/types"
)

// programFile prints program.go: the state, its beginning, and the steps.
func (g *generator) programFile(f *jen.File) {
	f.Comment("Program holds everything that the flow " + strconv.Quote(g.plan.Flow.Name) + " knows.")
	f.Type().Id("Program").Struct(g.programFields()...)
	f.Line()
	for _, r := range g.plan.Regions {
		g.regionTypes(f, r)
	}
	g.nodeConsts(f)
	g.bitConsts(f)
	g.timerConsts(f)
	g.newProgram(f)
	for _, r := range g.plan.Regions {
		g.regionCode(f, r)
	}
	g.engineMethods(f)
	g.react(f)
	g.fire(f)
	g.stepMethod(f)
	for _, s := range g.plan.Steps {
		g.evaluation(f, s)
	}
	g.apply(f)
	g.culprit(f)
	g.halt(f)
	g.faults(f)
	g.parsed(f, g.plan.Parsed)
	g.site(f)
}

func (g *generator) words() int { return (len(g.plan.Entries) + 63) / 64 }

func regionWords(r *plan.Region) int { return (len(r.Steps) + 63) / 64 }

func (g *generator) programFields() []jen.Code {
	fields := []jen.Code{jen.Op("*").Add(flowName("Engine"))}
	fields = append(fields, g.ifSettings(jen.Id("settings").Op("*").Id("settings"))...)
	if n := g.words(); n > 0 {
		fields = append(fields, jen.Comment("dirty has a bit for each step that is to run, in plan order."),
			jen.Id("dirty").Index(jen.Lit(n)).Uint64())
	}
	if len(g.plan.Timers) > 0 {
		fields = append(fields, jen.Id("timers").Index().Add(flowName("TimerID")))
	}
	fields = append(fields, jen.Line())
	for _, th := range g.plan.Things {
		fields = append(fields, docLines(th.Doc)...)
		fields = append(fields, jen.Id(th.Go).Add(g.kindType(th)).Comment(at(th.Pos)))
		if th.Kind.Decides {
			fields = append(fields, jen.Id(th.Go+"Moved").Bool())
		}
	}
	fields = append(fields, g.ruleFields()...)
	fields = append(fields, jen.Line())
	for _, s := range g.plan.Steps {
		if s.Region == nil {
			fields = append(fields, g.stepFields(s)...)
		}
	}
	fields = append(fields, g.faultFields()...)
	if g.plan.Chance {
		fields = append(fields, jen.Id("chance").Qual(chancePath, "Source"))
	}
	if g.plan.Outbox != "" {
		fields = append(fields, jen.Comment("outbox keeps what cannot be sent now."), jen.Id("outbox").Qual(outboxPath, "Box"))
	}
	for _, r := range g.plan.Regions {
		fields = append(fields, jen.Line(), jen.Comment("Everything that exists once for each "+strings.ReplaceAll(r.Key.Names, ",", " and ")+"."),
			jen.Id(partsField(r)).Add(of(flowName("Parts"), g.keyType(r), jen.Id(partType(r)))))
	}
	return fields
}

// stepFields are the wire that a step sets and the operator's state.
func (g *generator) stepFields(s *plan.Step) []jen.Code {
	var fields []jen.Code
	if s.Out != nil && s.Sort != plan.Decide {
		fields = append(fields, docLines(s.Doc)...)
		fields = append(fields, jen.Id(s.Out.Go).Add(g.wireType(s.Out)).Comment(at(s.Pos)))
	}
	if s.OpGo != "" {
		fields = append(fields, jen.Id(s.OpGo).Add(g.opType(s)))
	}
	if s.Sort == plan.First {
		fields = append(fields, jen.Id(s.Out.Go+"Seen").Bool())
	}
	return fields
}

// docLines carries the flow's comment over.
func docLines(doc string) []jen.Code {
	if doc == "" {
		return nil
	}
	var list []jen.Code
	for _, l := range strings.Split(doc, "\n") {
		list = append(list, jen.Comment("// "+strings.TrimRight(oneLine(l), " ")))
	}
	return list
}

func partType(r *plan.Region) string { return r.Go + "Part" }

func partsField(r *plan.Region) string { return "by" + upper(r.Go) }

// keyType is the Go type of a region's key: string for one capture.
func (g *generator) keyType(r *plan.Region) *jen.Statement {
	if len(r.Captures) == 1 {
		return g.types.goType(r.Captures[0].Type)
	}
	return jen.Id(r.Go + "Key")
}

// kindType is the Go type of a thing: gpio.Button, mqtt.In[soilMsg].
func (g *generator) kindType(th *plan.Thing) *jen.Statement {
	t := jen.Qual(th.Kind.Package, th.Kind.Type)
	var args []jen.Code
	for _, p := range th.Kind.TypeParams {
		if a := th.Arg(p); a != nil {
			args = append(args, g.types.goType(a))
		}
	}
	if len(args) > 0 {
		return t.Types(args...)
	}
	return t
}

// wireType is the Go type of a wire that a step or a keyed source sets.
func (g *generator) wireType(w *plan.Wire) *jen.Statement {
	if w.Step != nil && w.Step.Sort == plan.Run {
		return flowName("Sequence")
	}
	t := g.types.goType(w.Type)
	switch {
	case w.Shape == types.Event:
		return of(flowName("Event"), t)
	case w.Shape == types.Reading:
		return of(flowName("Reading"), t)
	case !w.Type.Comparable():
		return of(flowName("Bulk"), t)
	}
	return of(flowName("Value"), t)
}

// newProgram prints the making of the program: the things with their settings,
// the operators with their options, and the timers.
func (g *generator) newProgram(f *jen.File) {
	values := append([]jen.Code{jen.Id("Engine").Op(":").Id("e")}, g.ifSettings(jen.Id("settings").Op(":").Id("s"))...)
	code := []jen.Code{jen.Id("p").Op(":=").Op("&").Id("Program").Values(values...)}
	if g.plan.Outbox != "" {
		code = append(code, p("outbox", "File").Op("=").Lit(g.plan.Outbox))
	}
	for _, th := range g.plan.Things {
		code = append(code, p(th.Go).Op("=").Add(g.thingLiteral(th)))
		if th.Later {
			code = append(code, p(th.Go, "Later").Call())
		}
		for _, w := range th.Outputs {
			if w.Shape == types.Event && (w.Output == "failed" || happens(th, w)) {
				code = append(code, p(th.Go, w.Field, "Wired").Op("=").True())
			}
		}
	}
	for _, s := range g.plan.Steps {
		if s.Region == nil && s.OpGo != "" {
			if lit := g.opLiteral(s); lit != nil {
				code = append(code, p(s.OpGo).Op("=").Add(lit))
			}
		}
	}
	for _, s := range g.plan.Steps {
		switch {
		case s.Region != nil:
		case s.Sort == plan.Table:
			code = append(code, g.startState(s, jen.Lit(1)))
		case s.Sort == plan.Run:
			code = append(code, g.wire(s.Out).Op("=").Add(g.sequenceLiteral(s)))
		}
	}
	code = append(code, g.newInterlocks()...)
	if len(g.plan.Timers) > 0 {
		code = append(code, p("timers").Op("=").Add(callOf(jen.Id("e").Dot("NewTimers"), timerNodes(flowName("NoPart"), g.plan.Timers))))
	}
	if g.plan.Chance {
		code = append(code, p("chance").Op("=").Qual(chancePath, "New").Call(jen.Id("e").Dot("Clock").Call()))
	}
	code = append(code, jen.Return(jen.Id("p")))
	params := append([]jen.Code{jen.Id("e").Op("*").Add(flowName("Engine"))}, g.ifSettings(jen.Id("s").Op("*").Id("settings"))...)
	f.Func().Id("newProgram").Params(params...).Op("*").Id("Program").Block(code...)
	f.Line()
}
