package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// regionTypes prints what exists once for each key.
func (g *generator) regionTypes(f *jen.File, r *plan.Region) {
	if len(r.Captures) > 1 {
		var fields []jen.Code
		for _, c := range r.Captures {
			fields = append(fields, jen.Id(g.captureField(r, c.Name)).Add(g.types.goType(c.Type)))
		}
		f.Comment(r.Go + "Key tells the parts apart.")
		f.Type().Id(r.Go + "Key").Struct(fields...)
		f.Line()
	}
	fields := []jen.Code{
		jen.Comment("n is the part's number, born the pass in which it appeared."),
		jen.Id("n").Int32(), jen.Id("born").Add(flowName("Pass")),
	}
	if n := regionWords(r); n > 0 {
		fields = append(fields, jen.Id("dirty").Index(jen.Lit(n)).Uint64())
	}
	if len(r.Timers) > 0 {
		fields = append(fields, jen.Id("timers").Index().Add(flowName("TimerID")))
	}
	fields = append(fields, jen.Line())
	for _, c := range r.Captures {
		fields = append(fields, jen.Id(g.captureField(r, c.Name)).Add(g.types.goType(c.Type)))
	}
	for _, th := range r.Sources {
		if th.Self != nil {
			fields = append(fields, jen.Id(th.Self.Go).Add(g.wireType(th.Self)).Comment(at(th.Pos)))
		}
	}
	for _, s := range regionOrder(r) {
		fields = append(fields, g.stepFields(s)...)
	}
	f.Comment(partType(r) + " is everything that follows one " + r.Go + ".")
	f.Type().Id(partType(r)).Struct(fields...)
	f.Line()
}

// captureField is the field of a part that holds a capture.
func (g *generator) captureField(r *plan.Region, name string) string {
	return "key" + exportedField(name)
}

// regionCode prints the finding, making, marking and forgetting of parts.
func (g *generator) regionCode(f *jen.File, r *plan.Region) {
	g.partFinder(f, r)
	g.partMaker(f, r)
	g.partMarker(f, r)
	if r.ForgetTimer != nil {
		g.partForgetter(f, r)
	}
}

// keyOf is the key of a part from its captures.
func (g *generator) keyLiteral(r *plan.Region, text func(i int) *jen.Statement) *jen.Statement {
	if len(r.Captures) == 1 {
		return text(0)
	}
	var values []jen.Code
	for i, c := range r.Captures {
		values = append(values, jen.Id(g.captureField(r, c.Name)).Op(":").Add(text(i)))
	}
	return jen.Id(r.Go + "Key").Values(values...)
}

// partFinder prints, for each source of the region,
//
//	func (p *Program) soilPart() *bedPart
//
// which gives the part of the occurrence at hand, nil if there are too many.
func (g *generator) partFinder(f *jen.File, r *plan.Region) {
	for _, th := range r.Sources {
		code := []jen.Code{}
		capt := func(i int) *jen.Statement {
			c := p(th.Go, fieldGo(th, "captured")).Index(jen.Lit(i))
			if r.Captures[i].Type.Kind != types.String {
				return jen.Id("k" + exportedField(r.Captures[i].Name))
			}
			return c
		}
		for i, c := range r.Captures {
			if c.Type.Kind != types.String {
				code = append(code, g.typedCapture(th, i, c)...)
			}
		}
		code = append(code,
			jen.Id("k").Op(":=").Add(g.keyLiteral(r, capt)),
			jen.If(jen.List(jen.Id("s"), jen.Id("ok")).Op(":=").Add(p(partsField(r), "Hear")).Call(jen.Id("k")), jen.Id("ok")).Block(
				jen.Return(jen.Id("s"))),
			jen.If(p(partsField(r), "Len").Call().Op(">=").Lit(max(th.MaxKeys, 1))).Block(
				p("TooManyKeys").Call(jen.Id(th.Node.Go), jen.Lit(max(th.MaxKeys, 1))),
				jen.Return(jen.Nil())),
			jen.Return(p("new"+upper(partType(r))).Call(jen.Id("k"))))
		f.Comment(th.Go + "Part finds the part that the message at hand belongs to; a new key makes one.")
		f.Add(method(th.Go + "Part")).Params().Op("*").Id(partType(r)).Block(code...)
		f.Line()
	}
}

// typedCapture reads a capture that has a type; a text that does not fit is a
// fault and makes no key.
func (g *generator) typedCapture(th *plan.Thing, i int, c typed.Capture) []jen.Code {
	text := p(th.Go, fieldGo(th, "captured")).Index(jen.Lit(i))
	read := jen.Qual(fnPath, "ToInt").Call(text)
	if c.Type.Kind == types.Enum {
		args := []jen.Code{text}
		for _, v := range c.Type.Values {
			args = append(args, jen.Lit(v))
		}
		read = flowName("Member").Call(args...)
	}
	return []jen.Code{
		jen.List(jen.Id("k"+exportedField(c.Name)), jen.Err()).Op(":=").Add(read),
		jen.If(jen.Err().Op("!=").Nil()).Block(p("Divert").Call(jen.Id(th.Node.Go), jen.Err()), jen.Return(jen.Nil())),
	}
}

func fieldGo(th *plan.Thing, role string) string {
	for _, f := range th.Kind.Fields {
		if string(f.Role) == role {
			return f.Go
		}
	}
	return upper(role)
}

// partMaker prints the making of a part: its operators, timers, first run.
func (g *generator) partMaker(f *jen.File, r *plan.Region) {
	code := []jen.Code{
		jen.List(jen.Id("s"), jen.Id("n")).Op(":=").Add(p(partsField(r), "Add")).Call(jen.Id("k")),
		jen.List(jen.Id("s").Dot("n"), jen.Id("s").Dot("born")).Op("=").List(jen.Id("n"), p("Pass")),
	}
	for _, c := range r.Captures {
		value := jen.Id("k")
		if len(r.Captures) > 1 {
			value = jen.Id("k").Dot(g.captureField(r, c.Name))
		}
		code = append(code, jen.Id("s").Dot(g.captureField(r, c.Name)).Op("=").Add(value))
	}
	for _, s := range regionOrder(r) {
		if s.OpGo != "" {
			if lit := g.opLiteral(s); lit != nil {
				code = append(code, jen.Id("s").Dot(s.OpGo).Op("=").Add(lit))
			}
		}
	}
	for _, s := range regionOrder(r) {
		if s.Sort == plan.Run {
			code = append(code, g.wire(s.Out).Op("=").Add(g.sequenceLiteral(s)))
		}
	}
	if len(r.Timers) > 0 {
		code = append(code, jen.Id("s").Dot("timers").Op("=").Add(callOf(p("NewTimers"), timerNodes(jen.Id("n"), r.Timers))))
	}
	for _, s := range regionOrder(r) {
		if s.Sort == plan.Table {
			code = append(code, g.startState(s, p("Pass")))
			code = append(code, g.armAfter(s)...)
		}
	}
	for _, s := range r.Across {
		if hasUpdateVal(s) {
			val := of(flowName("Val"), g.types.goType(s.Trigger.Type)).Values()
			code = append(code, p(s.OpGo, "Update").Call(jen.Id("n"), val, val.Clone()))
			if of := s.Trigger.Step; of != nil && of.Sort == plan.Table { // it is known from the start
				code = append(code, p(s.OpGo, "Update").Call(jen.Id("n"), val.Clone(), g.wire(s.Trigger).Dot("Val").Call()))
			}
			code = append(code, g.setBits(entriesOf(s))...)
		}
	}
	if len(r.Lists) > 0 {
		code = append(code, g.setBits(entriesOf(r.Lists...))...)
	}
	code = append(code, g.markPart(r, jen.Id("s"), regionOrder(r))...)
	code = append(code, jen.Return(jen.Id("s")))
	f.Comment("new" + upper(partType(r)) + " makes the part of a key that was never seen before.")
	f.Add(method("new" + upper(partType(r)))).Params(jen.Id("k").Add(g.keyType(r))).Op("*").Id(partType(r)).Block(code...)
	f.Line()
}

func hasUpdateVal(s *plan.Step) bool { return !eventAcross(s) }

// eventAcross reports whether an operator across keys takes what happens.
func eventAcross(s *plan.Step) bool { return s.Op.Op.Args[0].Hap }

// partMarker prints the marking of every part, for wires outside that a keyed
// step reads.
func (g *generator) partMarker(f *jen.File, r *plan.Region) {
	if !g.marksFromOutside(r) {
		return
	}
	f.Comment("mark" + upper(r.Go) + " lets steps of every part run.")
	f.Add(method("mark"+upper(r.Go))).Params(jen.Id("word").Int(), jen.Id("bits").Uint64()).Block(
		jen.For(jen.List(jen.Id("_"), jen.Id("n")).Op(":=").Range().Add(p(partsField(r), "WakeAll")).Call()).Block(
			p(partsField(r), "At").Call(jen.Id("n")).Dot("dirty").Index(jen.Id("word")).Op("|=").Id("bits")))
	f.Line()
}

func (g *generator) marksFromOutside(r *plan.Region) bool {
	for _, s := range r.Steps {
		for _, w := range s.Reads {
			if w.Region == nil {
				return true
			}
		}
	}
	return false
}

// partForgetter prints the freeing of a part that was silent for too long.
func (g *generator) partForgetter(f *jen.File, r *plan.Region) {
	code := []jen.Code{
		jen.Id("s").Op(":=").Add(p(partsField(r), "At")).Call(jen.Id("n")),
		jen.If(jen.Id("s").Op("==").Nil()).Block(jen.Return()),
	}
	for _, s := range r.Across {
		if hasUpdateVal(s) {
			code = append(code, p(s.OpGo, "Forget").Call(jen.Id("n"), g.wire(s.Trigger).Dot("Val").Call()))
			code = append(code, g.setBits(entriesOf(s))...)
		}
	}
	if len(r.Lists) > 0 {
		code = append(code, g.setBits(entriesOf(r.Lists...))...)
	}
	code = append(code, g.setBits(entriesOf(g.picks(r)...))...)
	if len(r.Timers) > 0 {
		code = append(code, p("FreeTimers").Call(jen.Id("s").Dot("timers")))
	}
	code = append(code, p(partsField(r), "Remove").Call(jen.Id("n")))
	f.Comment("forget" + upper(r.Go) + " frees a key that was silent for too long.")
	f.Add(method("forget" + upper(r.Go))).Params(jen.Id("n").Int32()).Block(code...)
	f.Line()
}

func (g *generator) picks(r *plan.Region) []*plan.Step {
	var list []*plan.Step
	for _, s := range g.plan.Steps {
		if s.Sort == plan.PickKey && s.Trigger.Region == r {
			list = append(list, s)
		}
	}
	return list
}
