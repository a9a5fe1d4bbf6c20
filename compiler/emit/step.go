package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/types"
)

// stepMethod prints
//
//	func (p *Program) Step() {
//		if p.dirty[0] != 0 {
//			if p.dirty[0]&runDry != 0 { … }
//		}
//	}
//
// A bit is cleared after its step ran: after a panic the first bit that is left
// names the step that was running.
func (g *generator) stepMethod(f *jen.File) {
	var code []jen.Code
	for word := 0; word < g.words(); word++ {
		var steps []jen.Code
		for _, e := range g.plan.Entries[word*64 : min(word*64+64, len(g.plan.Entries))] {
			steps = append(steps, g.entry(e))
		}
		code = append(code, jen.If(p("dirty").Index(jen.Lit(word)).Op("!=").Lit(0)).Block(steps...))
	}
	for _, r := range g.plan.Regions {
		if len(r.Segments) > 0 {
			code = append(code, p(partsField(r), "Rest").Call(p("Engine")))
		}
	}
	f.Comment("Step runs what is to run, once, in dependency order.")
	f.Add(method("Step")).Params().Block(code...)
	f.Line()
	for _, e := range g.plan.Entries {
		if e.Region != nil {
			g.segment(f, e)
		}
	}
}

// entry runs one bit of the program.
func (g *generator) entry(e *plan.Entry) jen.Code {
	dirty := p("dirty").Index(jen.Lit(e.Bit / 64))
	var code []jen.Code
	if e.Step != nil {
		code = g.enter(e.Step)
	} else {
		code = []jen.Code{
			jen.For(jen.List(jen.Id("_"), jen.Id("n")).Op(":=").Range().Add(p(partsField(e.Region), "Awake")).Call()).Block(
				p(segmentName(e)).Call(p(partsField(e.Region), "At").Call(jen.Id("n")))),
		}
	}
	return jen.If(dirty.Clone().Op("&").Id(entryBit(e)).Op("!=").Lit(0)).Block(
		append(code, g.clear(e, dirty)...)...)
}

// clear takes the bit away, unless the operator has more to tell.
func (g *generator) clear(e *plan.Entry, dirty *jen.Statement) []jen.Code {
	done := dirty.Clone().Op("&^=").Id(entryBit(e))
	if e.Step != nil && len(e.Step.Settle) > 0 {
		return []jen.Code{g.settled(e.Step, done)}
	}
	if e.Step != nil && asks(e.Step) {
		return []jen.Code{jen.If(jen.Op("!").Add(p("Asked")).Call()).Block(done)}
	}
	if e.Step == nil && anyAsks(e.Steps) {
		return []jen.Code{jen.If(jen.Op("!").Add(p("Asked")).Call()).Block(done)}
	}
	return []jen.Code{done}
}

// asks reports whether a step's operator may want a further pass.
func asks(s *plan.Step) bool {
	if s.Op == nil || !s.Op.Op.Tick {
		return false
	}
	return s.Sort == plan.Across || s.Op.Op.Passes
}

func anyAsks(steps []*plan.Step) bool {
	for _, s := range steps {
		if asks(s) || len(s.Back) > 0 || len(s.Settle) > 0 {
			return true
		}
	}
	return false
}

func segmentName(e *plan.Entry) string { return "step" + e.Go }

// segment prints the run of a region's steps for one part.
func (g *generator) segment(f *jen.File, e *plan.Entry) {
	var code []jen.Code
	for i := 0; i < len(e.Steps); {
		word := e.Steps[i].Bit / 64
		var steps []jen.Code
		for ; i < len(e.Steps) && e.Steps[i].Bit/64 == word; i++ {
			s := e.Steps[i]
			dirty := jen.Id("s").Dot("dirty").Index(jen.Lit(word))
			done := dirty.Clone().Op("&^=").Id(stepBit(s))
			clear := jen.Code(done)
			switch {
			case len(s.Settle) > 0:
				clear = g.settled(s, done)
			case asks(s):
				clear = jen.If(p("Asked").Call()).Block(p("Again").Call()).Else().Block(done)
			}
			steps = append(steps, jen.If(dirty.Clone().Op("&").Id(stepBit(s)).Op("!=").Lit(0)).Block(append(g.enter(s), clear)...))
		}
		code = append(code, jen.If(jen.Id("s").Dot("dirty").Index(jen.Lit(word)).Op("!=").Lit(0)).Block(steps...))
	}
	f.Comment(segmentName(e) + " runs what is to run for one " + e.Region.Go + ".")
	f.Add(method(segmentName(e))).Params(jen.Id("s").Op("*").Id(partType(e.Region))).Block(code...)
	f.Line()
}

// call is the call of a step's evaluation.
func (g *generator) call(word string, s *plan.Step) *jen.Statement {
	c := p(word + s.Name)
	if s.Region != nil {
		return c.Call(jen.Id("s"))
	}
	return c.Call()
}

// enter prints a step's run after the word to the engine that it is at work: a
// panic is then blamed on it, and a step that panics again and again is left out.
func (g *generator) enter(s *plan.Step) []jen.Code {
	return append([]jen.Code{p("Enter").Call(jen.Id(s.Node.Go))}, g.run(s)...)
}

// run prints what a step does when its turn comes.
func (g *generator) run(s *plan.Step) []jen.Code {
	switch s.Sort {
	case plan.Shoot:
		return []jen.Code{g.call("send", s)}
	case plan.Decide:
		return g.decide(s)
	case plan.Watch:
		return g.lookAtRule(s)
	}
	w := s.Out
	switch s.Sort {
	case plan.Table:
		return g.changeState(s)
	case plan.Run:
		return []jen.Code{ifMoved(g.call("eval", s), g.follow(w))}
	}
	set := g.wire(w)
	var moved *jen.Statement
	switch {
	case w.Shape == types.Value:
		moved = set.Dot("Put").Call(p("Pass"), g.call("eval", s))
	case w.Shape == types.Event:
		moved = set.Dot("Put").Call(p("Pass"), g.call("eval", s))
	case mirrors(s):
		moved = set.Dot("Mirror").Call(p("Pass"), g.call("eval", s))
	case s.Sort == plan.Eval || s.Sort == plan.First:
		moved = set.Dot("Track").Call(p("Pass"), p("Time"), g.wire(s.Trigger).Dot("Happened").Call(p("Pass")), g.call("eval", s))
	case s.Sort == plan.Keep || s.Sort == plan.Operate && s.Op.Op.Fresh != "own" && s.Trigger != nil && s.Trigger.Shape == types.Reading:
		moved = set.Dot("CatchWhile").Call(g.wire(s.Trigger).Dot("OK"), p("Pass"), p("Time"), g.call("eval", s))
	default:
		moved = set.Dot("Catch").Call(p("Pass"), p("Time"), g.call("eval", s))
	}
	body := g.after(w)
	if w.StaleTimer != nil {
		body = append([]jen.Code{p("Arm").Call(g.timer(w.StaleTimer), duration(w.Stale))}, body...)
	}
	return append(g.before(w), ifMoved(moved, body))
}

// settled takes the bit of a step away, unless it looked ahead and has to look
// again.
func (g *generator) settled(s *plan.Step, done jen.Code) jen.Code {
	return jen.If(g.anyHappens(s.Settle)).Block(p("Again").Call()).Else().Block(done)
}

// anyHappens is p.n.Self.Happened(p.Pass) || …
func (g *generator) anyHappens(list []*plan.Wire) *jen.Statement {
	var any *jen.Statement
	for _, w := range list {
		if h := g.wire(w).Dot("Happened").Call(p("Pass")); any == nil {
			any = h
		} else {
			any = any.Op("||").Add(h)
		}
	}
	return any
}

// timer is the TimerID of a timer.
func (g *generator) timer(t *plan.Timer) *jen.Statement {
	if t.Region != nil {
		return jen.Id("s").Dot("timers").Index(jen.Id(timerName(t)))
	}
	return p("timers").Index(jen.Id(timerName(t)))
}

// timerName is the constant for a timer's place.
func timerName(t *plan.Timer) string { return "timer" + strings.TrimPrefix(t.Node.Go, "node") }

// decide commands an actuator: what is wanted, then what the driver allows.
func (g *generator) decide(s *plan.Step) []jen.Code {
	th := s.Thing
	var code []jen.Code
	for i, in := range s.Inputs {
		name := "want"
		if i > 0 {
			name += upper(in.Field.Go)
		}
		field := p(th.Go, in.Field.Go, "Want")
		if in.Field.Role == "level" {
			field = p(th.Go, in.Field.Go, "V")
		}
		code = append(code, field.Op("=").Add(p(name+s.Name)).Call())
	}
	code = append(code, g.hold(th)...)
	code = append(code, p(th.Go, "Decide").Call(g.host(th)))
	code = append(code, g.decided(th)...)
	if hasOutputs(th) {
		code = append(code, p(outputsName(th)).Call())
	}
	return code
}

func (g *generator) host(th *plan.Thing) *jen.Statement {
	return p("Hosts").Index(jen.Id(th.Node.Go))
}
