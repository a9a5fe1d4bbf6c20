package emit

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// evaluation prints the function that computes what a step sets:
//
//	// dry = hysteresis(…)  greenhouse.hcl:13
//	func (p *Program) evalDry(s *bedPart) flow.Val[bool] { … }
func (g *generator) evaluation(f *jen.File, s *plan.Step) {
	switch s.Sort {
	case plan.Decide:
		for i, in := range s.Inputs {
			name := "want"
			if i > 0 {
				name += upper(in.Field.Go)
			}
			at := *s
			at.Pos = in.Pos
			g.function(f, &at, name, of(flowName("Val"), g.types.goType(in.X.Base().Type)), func(b *body) { b.value(in.X) })
		}
		return
	case plan.Watch:
		g.watching(f, s)
		return
	case plan.Run:
		g.untilFunction(f, s)
		g.function(f, s, "eval", jen.Bool(), func(b *body) { b.runSequence(s) })
		return
	case plan.Shoot:
		g.function(f, s, "send", nil, func(b *body) { b.shoot() })
		return
	}
	t := g.types.goType(s.Out.Type)
	result := of(flowName("Hap"), t)
	if s.Out.Shape == types.Value && s.Sort != plan.Table || s.Out.Shape == types.Reading && (s.Sort == plan.Eval || s.Sort == plan.First) {
		result = of(flowName("Val"), t)
	} else if s.Out.Shape == types.Reading && mirrors(s) {
		result = of(flowName("Reading"), t)
	}
	g.function(f, s, "eval", result, func(b *body) { b.evaluate(s, result) })
}

// function prints a method around a body; the flow's lines are the place of what
// happens in it.
func (g *generator) function(f *jen.File, s *plan.Step, word string, result *jen.Statement, fill func(*body)) {
	b := g.newBody(s, s.Out != nil && s.Out.Shape == types.Event || s.Sort == plan.Filter || s.Sort == plan.Shoot || s.Sort == plan.Table, nil)
	b.leave = b.leaver(result)
	fill(b)
	name := word + s.Name
	for _, l := range commentOf(s, word) {
		f.Comment(l)
	}
	m := method(name)
	if s.Region != nil {
		m = m.Params(jen.Id("s").Op("*").Id(partType(s.Region)))
	} else {
		m = m.Params()
	}
	if result != nil {
		m = m.Add(result)
	}
	last := max(len(b.code)-1, 0)
	code := append(append(append([]jen.Code{}, b.code[:last]...), lineAt(s.Pos)), b.code[last:]...)
	f.Add(m.Block(code...))
	f.Comment(lineBack)
	f.Line()
}

// commentOf says what the flow says: the equation as written, and its place.
func commentOf(s *plan.Step, word string) []string {
	head := s.Node.Name
	if s.Sort == plan.Watch {
		head = "invariant " + strconv.Quote(s.Node.Name) + ": that = " + s.Text
		if word == "would" {
			head = "would" + s.Name + " is the same with the actuators as the flow wants them"
		}
	} else if s.Thing != nil {
		var parts []string
		for _, in := range s.Inputs {
			parts = append(parts, in.Field.Name+" = "+in.X.Base().Text)
		}
		if word == "send" && s.Thing.When != nil && !s.Thing.Later {
			parts = append(parts, "when = "+s.Thing.When.Base().Text)
		}
		head += ": " + strings.Join(parts, ", ")
	} else {
		if s.Out.Name != s.Node.Name {
			head = s.Out.Go
		}
		head += " = " + s.Text
	}
	head = strings.Join(strings.Fields(oneLine(head)), " ")
	return []string{"// " + shortened(head, 110) + "  " + at(s.Pos)}
}

// part is the part's number for faults.
func (b *body) part() *jen.Statement {
	if b.step.Region != nil {
		return jen.Id("s").Dot("n")
	}
	return flowName("NoPart")
}

// leaver gives the statements that leave the function: a value is not ready, an
// event is diverted with a fault, an operator that follows forgets.
func (b *body) leaver(result *jen.Statement) func(*plan.Wire) []jen.Code {
	ret := func() jen.Code {
		if result == nil {
			return jen.Return()
		}
		return jen.Return(result.Clone().Values())
	}
	node := jen.Id(b.step.Node.Go)
	return func(w *plan.Wire) []jen.Code {
		switch {
		case w == nil && b.lazy:
			return []jen.Code{p("Divert").Call(node, jen.Err()), ret()}
		case w == nil:
			return []jen.Code{p("Failing").Call(node, b.part(), jen.Err()), ret()}
		case b.lazy:
			return []jen.Code{p("NotReady").Call(node, b.part(), jen.Lit(w.Label)), ret()}
		}
		return append(b.forget(), ret())
	}
}

// forget resets an operator that follows its input.
func (b *body) forget() []jen.Code {
	s := b.step
	if s.Sort != plan.Operate || s.Op.Op.Ready != "follows" || !s.Op.Op.Resets {
		return nil
	}
	code := []jen.Code{b.op().Dot("Reset").Call()}
	if s.Timer != nil {
		code = append(code, p("Disarm").Call(b.g.timer(s.Timer)))
	}
	return code
}

// op is the operator's field.
func (b *body) op() *jen.Statement { return b.g.opField(b.step) }

func (g *generator) opField(s *plan.Step) *jen.Statement {
	if s.Region != nil {
		return jen.Id("s").Dot(s.OpGo)
	}
	return p(s.OpGo)
}

func (b *body) evaluate(s *plan.Step, result *jen.Statement) {
	switch s.Sort {
	case plan.Eval:
		if s.Out.Shape == types.Event {
			b.happening(s)
			return
		}
		b.value(s.X)
	case plan.Filter:
		b.filter(s, result)
	case plan.Operate:
		b.operate(s, result)
	case plan.Across:
		b.across(s)
	case plan.PickKey:
		b.pick(s, result)
	case plan.ListKeys:
		b.listKeys(s)
	case plan.Gather:
		b.gatherKeys(s, result)
	case plan.First:
		b.first(s, result)
	case plan.Elapsed:
		b.elapsed(s)
	case plan.Table:
		b.table(s)
	case plan.Ended:
		x := s.X.(*typed.SequencePart)
		b.add(jen.Return(b.g.wire(x.X.(*plan.Read).Wire).Dot(upper(x.Part)).Call(p("Pass"))))
	case plan.Keep:
		b.guard(s)
		b.add(jen.Return(flowName("Now").Call(b.expr(s.X))))
	}
}

// value computes an expression as a level.
func (b *body) value(x typed.Expr) {
	before := len(b.code)
	b.finish(x)
	if *b.errs {
		b.tellFailed(before)
		return
	}
	if canFail(x) {
		last := b.code[len(b.code)-1]
		b.code = append(b.code[:len(b.code)-1], p("Flowed").Call(jen.Id(b.step.Node.Go), b.part()), last)
	}
}

// tellFailed wraps a body whose inner blocks may fail without failing the whole:
// the failure is told only if nothing is known in the end.
func (b *body) tellFailed(from int) {
	code := append([]jen.Code{}, b.code[from:]...)
	inner := jen.Func().Params().Add(of(flowName("Val"), b.g.types.goType(b.resultType()))).Block(code...).Call()
	b.code = append(b.code[:from],
		jen.Var().Id("failed").Error(),
		jen.Id("result").Op(":=").Add(inner),
		jen.If(jen.Id("failed").Op("!=").Nil().Op("&&").Op("!").Id("result").Dot("OK")).Block(
			p("Failing").Call(jen.Id(b.step.Node.Go), b.part(), jen.Id("failed"))).Else().Block(
			p("Flowed").Call(jen.Id(b.step.Node.Go), b.part())),
		jen.Return(jen.Id("result")))
}

func (b *body) resultType() *types.Type {
	if b.step.Out != nil {
		return b.step.Out.Type
	}
	if b.step.Sort == plan.Watch {
		return types.TBool
	}
	return b.step.Inputs[0].X.Base().Type
}

func canFail(x typed.Expr) bool {
	can := false
	typed.Visit(x, func(e typed.Expr) {
		if bin, ok := e.(*typed.Binary); ok {
			can = can || fails(bin)
		} else if e.Base().Fallible {
			can = true
		}
	})
	return can
}

// happening computes an event expression when its trigger happens.
func (b *body) happening(s *plan.Step) {
	b.guard(s)
	b.need(b.strict(s.X))
	e := b.typedExpr(s.X)
	b.flowed()
	b.add(jen.Return(flowName("Now").Call(e)))
}

// guard leaves quietly unless the trigger happens in this pass.
func (b *body) guard(s *plan.Step) {
	if s.Trigger == nil {
		return
	}
	b.ready[s.Trigger] = true
	var none []jen.Code
	if s.Sort == plan.Shoot {
		none = []jen.Code{jen.Return()}
	} else {
		none = []jen.Code{jen.Return(of(flowName("Hap"), b.g.types.goType(s.Out.Type)).Values())}
	}
	b.add(jen.If(jen.Op("!").Add(b.g.wire(s.Trigger)).Dot("Happened").Call(p("Pass"))).Block(none...))
}

// flowed says that an event expression had all it needed, if it could have missed
// something. What stands in a branch may not have been asked for.
func (b *body) flowed() {
	var cond *jen.Statement
	for _, w := range *b.asked {
		switch ok := b.g.wire(w).Dot("OK"); {
		case b.ready[w]:
		case cond == nil:
			cond = ok
		default:
			cond = cond.Op("&&").Add(ok)
		}
	}
	call := p("Flowed").Call(jen.Id(b.step.Node.Go), b.part())
	switch {
	case len(*b.asked) == 0:
	case cond == nil:
		b.add(call)
	default:
		b.add(jen.If(cond).Block(call))
	}
}

func (b *body) filter(s *plan.Step, result *jen.Statement) {
	x := s.X.(*typed.Where)
	b.guard(s)
	b.need(b.strict(x.If))
	cond := b.passing(b.expr(x.If), x)
	b.flowed()
	b.add(jen.Return(result.Clone().Values(
		jen.Id("V").Op(":").Add(b.g.wire(s.Trigger)).Dot("V"), jen.Id("OK").Op(":").Add(cond))))
}

func (b *body) pick(s *plan.Step, result *jen.Statement) {
	x := s.X.(*typed.Pick)
	r := s.Trigger.Region
	key := b.g.keyLiteral(r, func(i int) *jen.Statement {
		return b.g.types.literal(x.Keys[i], r.Captures[i].Type, true)
	})
	read := b.g.wire(s.Trigger)
	switch s.Out.Shape {
	case types.Event:
		read = read.Dot("Hap").Call(p("Pass"))
	case types.Value:
		read = read.Dot("Val").Call()
	}
	b.add(
		jen.List(jen.Id("s"), jen.Id("_"), jen.Id("ok")).Op(":=").Add(p(partsField(r), "Find")).Call(key),
		jen.If(jen.Op("!").Id("ok")).Block(jen.Return(result.Clone().Values())),
		jen.Return(read))
}

func (b *body) first(s *plan.Step, result *jen.Statement) {
	x := s.X.(*typed.Initially)
	seen := p(s.Out.Go + "Seen")
	if s.Region != nil {
		seen = jen.Id("s").Dot(s.Out.Go + "Seen")
	}
	b.add(jen.Id("known").Op(":=").Add(b.val(x.X)))
	b.add(jen.If(jen.Id("known").Dot("OK").Op("||").Add(seen.Clone())).Block(
		seen.Clone().Op("=").True(), jen.Return(jen.Id("known"))))
	b.add(jen.Return(b.val(x.D)))
	if *b.errs {
		b.tellFailed(0)
	}
}

// shoot fills in a shot and starts its effect.
func (b *body) shoot() {
	s := b.step
	th := s.Thing
	if s.OnChange {
		w := b.g.wire(s.Trigger)
		b.add(jen.If(jen.Op("!").Add(w.Clone()).Dot("OK").Op("||").Op("!").Add(w).Dot("Changed").Call(p("Pass"))).Block(jen.Return()))
		b.ready[s.Trigger] = true
	} else {
		b.guard(s)
	}
	if s.Request != "" {
		b.recall(s)
	}
	b.roomy = true
	for _, in := range s.Inputs {
		b.need(b.strict(in.X))
		var e *jen.Statement
		switch t := in.X.Base().Type; {
		case t.Kind == types.Secret:
			e = b.typedExpr(in.X).Dot("Reveal").Call()
		case in.Field.Role != catalog.RoleShow:
			e = b.given(in.X)
		case t.Kind == types.Nothing:
			e = jen.Lit("happens")
		default:
			e = b.textOf(b.typedExpr(in.X), t)
		}
		b.add(p(th.Go, in.Field.Go, "V").Op("=").Add(e))
	}
	b.flowed()
	if th.Loose {
		b.add(flowName("ShootFreely").Call(jen.Op("&").Add(p(th.Go)), b.g.host(th)))
		return
	}
	b.add(p(th.Go, "Shoot").Call(b.g.host(th)))
}

// recall leaves quietly unless somebody waits for a reply that comes now.
func (b *body) recall(s *plan.Step) {
	name := jen.Id(s.Request)
	if !slices.ContainsFunc(s.Inputs, func(in *plan.Input) bool { return readsRequest(s, in.X) }) {
		name = jen.Id("_")
	}
	b.add(jen.List(name, jen.Id("ok")).Op(":=").Add(p(s.Thing.Go, "Recall")).Call(b.g.host(s.Thing)))
	b.add(jen.If(jen.Op("!").Id("ok")).Block(jen.Return()))
}

func readsRequest(s *plan.Step, x typed.Expr) bool {
	return slices.ContainsFunc(plan.Reads(x), func(r *plan.Read) bool { return isRequest(s, r.Wire) })
}

// isRequest reports whether a wire is the request of a thing whose reply comes later.
func isRequest(s *plan.Step, w *plan.Wire) bool {
	return s != nil && s.Request != "" && w.Thing == s.Thing && w.Output == ""
}
