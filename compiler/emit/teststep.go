package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
	"flowc/lang/types"
)

func (g *generator) testSteps(steps []*plan.TestStep) (code []jen.Code) {
	for _, s := range steps {
		code = append(code, jen.Id("t").Dot("At").Call(jen.Lit(at(s.Pos))))
		code = append(code, g.testStep(s)...)
	}
	return code
}

// testStep prints one step as a call of the player.
func (g *generator) testStep(s *plan.TestStep) []jen.Code {
	b := g.testBody()
	do := func(name string, args ...jen.Code) []jen.Code {
		return []jen.Code{jen.Id("t").Dot(name).Call(args...)}
	}
	switch s.Sort {
	case typed.StepSend:
		return do("Send", jen.Lit(viaOf(s.Thing)), b.sentTopic(s), b.payload(s.Thing, s.X))
	case typed.StepSendRaw:
		if s.Topic == nil {
			return do("Answer", jen.Lit(s.Thing.Name), jen.Index().Byte().Parens(b.known(s.Payload)))
		}
		return do("Send", jen.Lit(viaOf(s.Thing)), b.known(s.Topic), jen.Index().Byte().Parens(b.known(s.Payload)))
	case typed.StepPress:
		return do("Press", p(s.Thing.Go, "Pin"), b.lasts(s), jen.Lit(max(s.Times, 1)), debounce(s.Thing))
	case typed.StepSet:
		if s.Thing != nil && len(s.Thing.Tables) > 0 {
			return do("Answer", jen.Lit(s.Thing.Name), jen.Nil())
		}
		if s.Given != nil {
			return b.tells(s)
		}
		if s.Thing != nil && s.Thing.SQL != "" {
			return b.setRow(s, do)
		}
		if s.Sun != nil {
			return do("SetSun", b.sun(s.Sun))
		}
		if s.Thing != nil && s.Output == nil {
			return do("Answer", jen.Lit(s.Thing.Name), b.payload(s.Thing, s.X))
		}
		return b.setPin(s, do)
	case typed.StepRequest:
		return do("Request", b.request(s))
	case typed.StepAdvance:
		if s.X == nil {
			return do("AdvanceTo", moment(s.To))
		}
		return do("Advance", b.known(s.X))
	case typed.StepExpect:
		return do("Expect", b.val(s.X), b.claim(s))
	case typed.StepExpectSent:
		return do("ExpectSent", jen.Lit(s.Thing.Name), b.sent(s))
	case typed.StepExpectNothing:
		return do("ExpectNothingSent", jen.Lit(s.Thing.Name), b.wires(s))
	case typed.StepExpectFault:
		return do("ExpectFault", jen.Lit(faultOf(s)), jen.Lit(s.Message), jen.Lit(s.Times), b.wires(s))
	case typed.StepFail:
		if s.X != nil {
			return do("Refuse", jen.Lit(s.Thing.Name), b.known(s.X))
		}
		return do("Fail", jen.Lit(s.Thing.Name), jen.Lit(s.Message), jen.Lit(max(s.Times, 1)))
	case typed.StepConnect, typed.StepDisconnect:
		return do("Connect", jen.Lit(s.Thing.Name), jen.Lit(s.Sort == typed.StepConnect))
	case typed.StepStored:
		return append(do("Stored", b.stored(s)), b.anew())
	case typed.StepRestart:
		away := jen.Lit(0)
		if s.X != nil {
			away = b.known(s.X)
		}
		return append(do("Restart", away), b.anew())
	case typed.StepRepeat:
		return []jen.Code{g.testRepeat(b, s)}
	}
	return nil
}

func (g *generator) testRepeat(b *testBody, s *plan.TestStep) jen.Code {
	code := g.testSteps(s.Steps)
	if s.Every != nil {
		code = append(code, jen.Id("t").Dot("Advance").Call(b.known(s.Every)))
	}
	if s.Counts {
		return jen.For(jen.Id("it").Op(":=").Range().Int64().Parens(jen.Lit(s.Times))).Block(code...)
	}
	return jen.For(jen.Range().Lit(s.Times)).Block(code...)
}

// faultOf is the name of what a fault is expected of; "" is anything.
func faultOf(s *plan.TestStep) string {
	switch {
	case s.Thing != nil:
		return s.Thing.Name
	case s.Eq != nil:
		return s.Eq.Name
	}
	return ""
}

// viaOf is the connection that a thing's messages come by.
func viaOf(th *plan.Thing) string {
	for _, set := range th.Settings {
		if r, ok := set.X.(*typed.ThingRef); ok {
			return r.Thing.Name
		}
	}
	return ""
}

// testBody prints expressions of a test, each worked out at its step.
type testBody struct{ *body }

func (g *generator) testBody() *testBody {
	b := g.newBody(nil, false, nil)
	b.quiet = true
	return &testBody{b}
}

// known is an expression that must be known when its step comes: the test fails if
// it is not.
func (b *testBody) known(x typed.Expr) *jen.Statement {
	if b.simple(x) {
		return b.typedExpr(x)
	}
	return jen.Qual(simPath, "Known").Call(jen.Id("t"), b.val(x), jen.Lit(x.Base().Text))
}

func (b *testBody) lasts(s *plan.TestStep) *jen.Statement {
	if s.X == nil {
		return jen.Qual(simPath, "PressTime")
	}
	return b.known(s.X)
}

// debounce is how long a level of the thing's pin must hold before it counts.
func debounce(th *plan.Thing) *jen.Statement {
	for _, f := range th.Kind.Fields {
		if f.Name == "debounce" {
			return p(th.Go, f.Go)
		}
	}
	return jen.Lit(0)
}

// setRow says what comes of a statement: a row, its cells in the order of its columns, or
// how many rows there are.
func (b *testBody) setRow(s *plan.TestStep, do func(string, ...jen.Code) []jen.Code) []jen.Code {
	r, isRow := s.X.(*typed.RecordOf)
	if !isRow {
		return do("AnswerRows", jen.Lit(s.Thing.Name), b.known(s.X), jen.Nil())
	}
	row := jen.Nil()
	for _, name := range s.Thing.Lines.Captures {
		row = b.cellBehind(row, r, name)
	}
	return do("AnswerRows", jen.Lit(s.Thing.Name), jen.Lit(1), row)
}

// cellBehind appends the cell of a column; nothing asks for one that is not in the row.
func (b *testBody) cellBehind(row *jen.Statement, r *typed.RecordOf, name string) *jen.Statement {
	for n, f := range r.Type.Fields {
		if f.Name != name {
			continue
		}
		x := r.Elems[n]
		if k, ok := x.(*typed.Const); ok && k.V == nil {
			break
		}
		if x.Base().Type.Kind != types.Optional {
			return appendCellTo(row, b.known(x), elemOr(f.Type))
		}
		v := jen.Id("v")
		return jen.Qual(simPath, "MaybeCell").Call(row, b.known(x), jen.Func().Params(jen.Id("dst").Index().Byte(), v.Clone().Add(b.g.types.goType(f.Type.Elem))).Index().Byte().Block(
			jen.Return(appendCellTo(jen.Id("dst"), v.Clone(), f.Type.Elem))))
	}
	return jen.Qual(sqlPath, "AppendNull").Call(row)
}

// elemOr is what an optional holds.
func elemOr(t *types.Type) *types.Type {
	if t.Kind == types.Optional {
		return t.Elem
	}
	return t
}

func (b *testBody) setPin(s *plan.TestStep, do func(string, ...jen.Code) []jen.Code) []jen.Code {
	if s.Thing == nil || s.Output == nil {
		return nil // a setting: it is known before the test begins
	}
	on := b.known(s.X)
	if s.Output.Tags["pin"] == "off" {
		if c, ok := s.X.(*typed.Const); ok {
			on = jen.Lit(c.V == false)
		} else {
			on = not(on)
		}
	}
	return do("SetPin", p(s.Thing.Go, "Pin"), on, debounce(s.Thing))
}

// claim says what is expected, and what to show if it is not so.
func (b *testBody) claim(s *plan.TestStep) *jen.Statement {
	var parts []jen.Code
	for _, x := range s.Parts {
		parts = append(parts, jen.Values(jen.Id("Text").Op(":").Lit(x.Base().Text), jen.Id("Value").Op(":").Add(b.partText(x))))
	}
	values := []jen.Code{jen.Id("Text").Op(":").Lit(s.X.Base().Text)}
	if s.Message != "" {
		values = append(values, jen.Id("Message").Op(":").Lit(s.Message))
	}
	if len(s.Wires) > 0 {
		values = append(values, jen.Id("Wires").Op(":").Add(b.wires(s)))
	}
	if len(parts) > 0 {
		values = append(values, jen.Id("Parts").Op(":").Func().Params().Index().Qual(simPath, "Part").Block(
			jen.Return(jen.Index().Qual(simPath, "Part").Custom(multiline, parts...))))
	}
	return jen.Qual(simPath, "Claim").Custom(multiline, values...)
}

// partText is what a part of an expression is now.
func (b *testBody) partText(x typed.Expr) *jen.Statement {
	t := x.Base().Type
	if b.simple(x) {
		return b.watchText(b.typedExpr(x), t)
	}
	v := jen.Id("v")
	format := jen.Func().Params(v.Clone().Add(b.g.types.goType(t))).String().Block(jen.Return(b.watchText(v, t)))
	return flowName("WatchLevel").Call(b.val(x), format)
}

func (b *testBody) wires(s *plan.TestStep) *jen.Statement {
	if len(s.Wires) == 0 {
		return jen.Nil()
	}
	return names(s.Wires)
}
