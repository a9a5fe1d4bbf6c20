package emit

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// operate steps an operator.
func (b *body) operate(s *plan.Step, result *jen.Statement) {
	op := s.Op.Op
	b.startOperate(s, result)
	for _, o := range b.g.options(s) {
		if o.X.Base().Shape != types.Constant {
			b.need(b.strict(o.X))
			v := b.option(o)
			b.add(b.op().Dot(o.Arg.Go).Op("=").Add(v))
		}
	}
	if b.lazy {
		b.flowed()
	}
	var args []jen.Code
	if op.Tick {
		args = append(args, nil) // named last, just before its use
	}
	switch {
	case op.Zone:
		if zone := b.g.plan.ZoneOf(s.Op); zone != nil {
			args = append(args, jen.Id(zone.Go))
		} else {
			args = append(args, jen.Qual(fnPath, "Zone").Values())
		}
	case op.Site:
		args = append(args, jen.Id(b.g.plan.Site))
	}
	var unsure []*jen.Statement
	for i, a := range s.Op.Args {
		if arg := argOf(op, i); arg.Input {
			args = append(args, b.arg(arg, a, &unsure))
		}
	}
	b.tellArgs(unsure)
	if op.Tick {
		args[0] = b.namedTick(s)
	}
	b.finishOperate(s, result, b.op().Dot("Step").Call(args...))
}

func argOf(op *catalog.Operator, i int) *catalog.Arg {
	return op.Args[min(i, len(op.Args)-1)]
}

// startOperate looks at what must be known before an operator may step: one that
// follows a reading forgets with it; one that waits for an event and samples a
// value looks at the value only then.
func (b *body) startOperate(s *plan.Step, result *jen.Statement) {
	op := s.Op.Op
	if s.Trigger != nil && s.Trigger.Shape == types.Reading && op.Ready == "follows" {
		b.need([]*plan.Wire{s.Trigger})
	}
	plain := false
	for i, a := range s.Op.Args {
		arg := argOf(op, i)
		plain = plain || arg.Input && !arg.Hap && !arg.Val && a.Base().Shape != types.Constant
	}
	if !plain {
		return
	}
	if b.lazy && s.Trigger != nil && !op.Tick {
		b.guard(s)
	}
	for i, a := range s.Op.Args {
		if arg := argOf(op, i); arg.Input && !arg.Hap && !arg.Val {
			b.need(b.strict(a))
		}
	}
}

// arg is an argument as Step takes it. A value that may have failed inside joins
// unsure.
func (b *body) arg(arg *catalog.Arg, a typed.Expr, unsure *[]*jen.Statement) *jen.Statement {
	switch {
	case arg.Hap:
		return b.happens(a.(*plan.Read).Wire)
	case !arg.Val:
		return b.given(a)
	}
	c := *b
	c.lazy, c.errs = false, new(bool) // a value, whatever the operator gives
	x := c.val(a)
	b.code = c.code
	if !*c.errs {
		return x
	}
	v := jen.Id(b.temp())
	if len(*unsure) == 0 {
		b.add(jen.Var().Id("failed").Error())
	}
	b.add(v.Clone().Op(":=").Add(x))
	*unsure = append(*unsure, v)
	return v
}

// tellArgs tells of values that are not ready because they failed.
func (b *body) tellArgs(unsure []*jen.Statement) {
	var lost *jen.Statement
	for _, v := range unsure {
		if no := jen.Op("!").Add(v.Clone()).Dot("OK"); lost == nil {
			lost = no
		} else {
			lost = lost.Op("||").Add(no)
		}
	}
	if len(unsure) > 1 {
		lost = jen.Parens(lost)
	}
	if lost != nil {
		b.add(jen.If(jen.Id("failed").Op("!=").Nil().Op("&&").Add(lost)).Block(
			p("Failing").Call(jen.Id(b.step.Node.Go), b.part(), jen.Id("failed"))).Else().Block(
			p("Flowed").Call(jen.Id(b.step.Node.Go), b.part())))
	}
}

// happens is what a wire says in this pass. In a circle the wire comes later in the
// plan: what it said in the pass before is heard in this one.
func (b *body) happens(w *plan.Wire) *jen.Statement {
	if slices.Contains(b.step.Back, w) {
		return b.g.wire(w).Dot("Before").Call(p("Pass"))
	}
	return b.g.wire(w).Dot("Hap").Call(p("Pass"))
}

// namedTick gives the tick of a step a name.
//
//	tick := p.Tick(nodeCold, p.timers[timerCold], 1)
func (b *body) namedTick(s *plan.Step) *jen.Statement {
	b.add(jen.Id("tick").Op(":=").Add(b.tick(s)))
	return jen.Id("tick")
}

func (b *body) tick(s *plan.Step) *jen.Statement {
	timer := jen.Code(flowName("NoTimer"))
	if s.Timer != nil {
		timer = b.g.timer(s.Timer)
	}
	born := jen.Lit(1)
	switch keeps := b.g.plan.Flow.Persist != nil; {
	case s.Region != nil && keeps:
		born = p("BornIn").Call(jen.Id(s.Node.Go), jen.Id("s").Dot("born"))
	case s.Region != nil:
		born = jen.Id("s").Dot("born")
	case keeps:
		born = p("Born").Call(jen.Id(s.Node.Go))
	}
	return p("Tick").Call(jen.Id(s.Node.Go), timer, born)
}

// finishOperate fits what Step gives to what the wire takes.
func (b *body) finishOperate(s *plan.Step, result *jen.Statement, call *jen.Statement) {
	op := s.Op.Op
	wrapped := op.ResultHap || op.ResultVal
	if op.Checked {
		call = finiteStep(op, call)
	}
	if op.Fallible {
		b.add(jen.List(jen.Id("now"), jen.Err()).Op(":=").Add(call))
		fault := p("Fault").Call(jen.Id(s.Node.Go), jen.Err().Dot("Error").Call())
		if wrapped {
			b.add(jen.If(jen.Err().Op("!=").Nil()).Block(fault), jen.Return(jen.Id("now")))
			return
		}
		b.add(jen.If(jen.Err().Op("!=").Nil()).Block(
			p("Failing").Call(jen.Id(s.Node.Go), b.part(), jen.Err()), jen.Return(result.Clone().Values())),
			p("Flowed").Call(jen.Id(s.Node.Go), b.part()),
			jen.Return(flowName("Ready").Call(jen.Id("now"))))
		return
	}
	switch {
	case wrapped:
		b.add(jen.Return(call))
	case s.Out.Shape == types.Value:
		b.add(jen.Return(flowName("Ready").Call(call)))
	default:
		b.add(jen.Return(flowName("Now").Call(call)))
	}
}

// finiteStep looks at the number that an operator of the flow's own Go gives.
func finiteStep(op *catalog.Operator, call *jen.Statement) *jen.Statement {
	name := "Finite"
	switch {
	case op.Errs:
		name = "FiniteToo"
	case op.ResultVal:
		name = "FiniteVal"
	case op.ResultHap:
		name = "FiniteHap"
	}
	return jen.Qual(fnPath, name).Call(call)
}

func (b *body) across(s *plan.Step) {
	if eventAcross(s) {
		tick := b.namedTick(s)
		b.add(jen.Return(b.op().Dot("Step").Call(tick)))
		return
	}
	b.add(jen.Return(b.op().Dot("Result").Call()))
}

func (b *body) elapsed(s *plan.Step) {
	x := s.X.(*typed.Since)
	var unsure []*jen.Statement
	event := b.arg(x.Of.Args[0], x.Event, &unsure)
	call := b.op().Dot("Step").Call(b.namedTick(s), event)
	if x.Of.Args[0].Val {
		if strings.HasPrefix(x.Op, "<") {
			call = jen.Op("!").Add(call)
		}
		b.add(jen.Return(flowName("Ready").Call(call)))
		return
	}
	if strings.HasPrefix(x.Op, ">") {
		b.add(jen.Return(call))
		return
	}
	b.add(jen.Id("over").Op(":=").Add(call),
		jen.Return(flowName("When").Call(jen.Id("over").Dot("OK"), jen.Op("!").Id("over").Dot("V"))))
}
