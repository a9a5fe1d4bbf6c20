package emit

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// testsFile prints tests.go: the tests of the flow, a function for each. It is part of
// builds with the tag sim only.
func (g *generator) testsFile(f *jen.File) {
	f.HeaderComment("//go:build sim")
	if g.cover != nil {
		g.cover.off = true
		defer func() { g.cover.off = false }()
	}
	var list []jen.Code
	var functions []string
	for _, t := range g.plan.Tests {
		name := g.types.unique(testName(t.Name))
		functions = append(functions, name)
		list = append(list, g.testInfo(t, name))
	}
	each := jen.Options{Open: "(", Close: ")", Separator: ",", Multi: true}
	register := []jen.Code{jen.Qual(simPath, "Tests").Custom(each, list...)}
	if rules := g.testRules(); len(rules) > 0 {
		register = append(register, jen.Qual(simPath, "Rules").Custom(each, rules...))
	}
	f.Func().Id("init").Params().Block(register...)
	f.Line()
	for i, t := range g.plan.Tests {
		f.Comment(functions[i] + " is the test " + strconv.Quote(t.Name) + ".  " + at(t.Pos))
		f.Func().Id(functions[i]).Params(jen.Id("t").Op("*").Qual(simPath, "T"), jen.Id("p").Op("*").Id("Program")).Block(g.testSteps(t.Steps)...)
		f.Line()
	}
	g.overs(f)
	g.pickers(f)
	g.parsed(f, g.plan.TestParsed)
}

// testNames are the files that hold tests.
func testNames(g *generator) string {
	var names []string
	for _, t := range g.plan.Tests {
		if name := oneLine(t.Pos.File); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// testName is a function's name made of the first words of a test's.
func testName(text string) string {
	name := "test"
	words := strings.FieldsFunc(text, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	})
	for _, w := range words[:min(len(words), 7)] {
		name += strings.ToUpper(w[:1]) + strings.ToLower(w[1:])
	}
	return name
}

// testInfo prints what the player must know before it begins.
func (g *generator) testInfo(t *plan.Test, name string) jen.Code {
	values := []jen.Code{
		jen.Id("Name").Op(":").Lit(t.Name),
		jen.Id("Pos").Op(":").Lit(at(t.Pos)),
		jen.Id("At").Op(":").Add(moment(t.At)),
	}
	if t.Replay != "" {
		values[len(values)-1] = jen.Id("Replay").Op(":").Lit(t.Replay)
	}
	if len(t.Settings) > 0 {
		values = append(values, jen.Id("Settings").Op(":").Map(jen.String()).String().CustomFunc(multiline, func(v *jen.Group) {
			for _, s := range t.Settings {
				v.Lit(s.Setting.Name).Op(":").Lit(settingText(s.V, s.Setting.Type))
			}
		}))
	}
	if sinks := sinksOf(t.Steps, nil); len(sinks) > 0 {
		values = append(values, jen.Id("Sinks").Op(":").Add(names(sinks)))
	}
	values = append(values, jen.Id("Play").Op(":").Qual(simPath, "Play").Call(jen.Id(name)))
	return jen.Qual(simPath, "Test").Custom(multiline, values...)
}

// testRules are the invariants, as faults name them.
func (g *generator) testRules() (list []jen.Code) {
	for _, r := range g.plan.TestRules {
		values := []jen.Code{jen.Id("Text").Op(":").Lit(r.Node.Name), jen.Id("Pos").Op(":").Lit(at(r.Node.Pos))}
		if len(r.Wires) > 0 {
			values = append(values, jen.Id("Wires").Op(":").Add(names(r.Wires)))
		}
		list = append(list, jen.Qual(simPath, "Rule").Values(values...))
	}
	return list
}

// names is a list of texts: []string{"dry", "pump.on"}.
func names(list []string) *jen.Statement {
	var values []jen.Code
	for _, n := range list {
		values = append(values, jen.Lit(n))
	}
	return jen.Index().String().Values(values...)
}

// sinksOf are the things of which a test asks what they sent.
func sinksOf(steps []*plan.TestStep, list []string) []string {
	for _, s := range steps {
		if s.Sort == typed.StepExpectSent || s.Sort == typed.StepExpectNothing {
			if !slices.Contains(list, s.Thing.Name) {
				list = append(list, s.Thing.Name)
			}
		}
		list = sinksOf(s.Steps, list)
	}
	return list
}

// moment is a time as Go writes it.
func moment(t time.Time) *jen.Statement {
	t = t.UTC()
	return jen.Qual("time", "Date").Call(jen.Lit(t.Year()), jen.Lit(int(t.Month())), jen.Lit(t.Day()),
		jen.Lit(t.Hour()), jen.Lit(t.Minute()), jen.Lit(t.Second()), jen.Lit(t.Nanosecond()), jen.Qual("time", "UTC"))
}

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
		if s.Sun != nil {
			return do("SetSun", b.sun(s.Sun))
		}
		if s.Thing != nil && s.Output == nil {
			return do("Answer", jen.Lit(s.Thing.Name), b.payload(s.Thing, s.X))
		}
		return b.setPin(s, do)
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
	case typed.StepRestart:
		away := jen.Lit(0)
		if s.X != nil {
			away = b.known(s.X)
		}
		return append(do("Restart", away), jen.Id("p").Op("=").Id("t").Dot("Program").Call().Assert(jen.Op("*").Id("Program")))
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

// sentTopic is the topic of a message: the pattern with its captures filled in.
func (b *testBody) sentTopic(s *plan.TestStep) *jen.Statement {
	if s.Topic != nil && len(s.Keys) == 0 {
		return b.known(s.Topic)
	}
	levels := strings.Split(patternOf(s.Thing), "/")
	if k, ok := s.Topic.(*typed.Const); ok { // it has the levels that have no name
		levels = b.fillIn(levels, strings.Split(k.V.(string), "/"))
	}
	var e *jen.Statement
	text, key := "", 0
	flush := func() {
		if text != "" {
			e = joined(e, jen.Lit(text))
			text = ""
		}
	}
	for i, l := range levels {
		if i > 0 {
			text += "/"
		}
		if !strings.HasPrefix(l, "{") {
			text += l
			continue
		}
		x := s.Keys[key]
		key++
		if c, ok := x.(*typed.Const); ok {
			text += textOfKey(c.V)
			continue
		}
		flush()
		e = joined(e, b.textOf(b.known(x), x.Base().Type))
	}
	flush()
	return e
}

// fillIn puts the levels of a topic where a pattern has wildcards.
func (b *testBody) fillIn(pattern, topic []string) []string {
	var out []string
	for i, l := range pattern {
		switch {
		case l == "#":
			return append(out, topic[min(i, len(topic)):]...)
		case l == "+" && i < len(topic):
			out = append(out, topic[i])
		default:
			out = append(out, l)
		}
	}
	return out
}

func joined(a, b *jen.Statement) *jen.Statement {
	if a == nil {
		return b
	}
	return a.Op("+").Add(b)
}

func textOfKey(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	return constText(v)
}

func patternOf(th *plan.Thing) string {
	for _, set := range th.Settings {
		if c, ok := set.X.(*typed.Const); ok && set.Field.Role == "pattern" {
			text, _ := c.V.(string)
			return text
		}
	}
	return ""
}

// payload is a message in the thing's own encoding.
func (b *testBody) payload(th *plan.Thing, x typed.Expr) *jen.Statement {
	v, t := b.known(x), x.Base().Type
	if th.Param != nil {
		t = th.Param // it knows how data is spelled at this border
	}
	switch {
	case th.Codec == typed.JSON || th.Param == nil:
		return b.g.types.appendScalar(jen.Nil(), v, t)
	case th.Codec == typed.CSV:
		return b.g.types.lineEncoder(t, &typed.Encode{Codec: typed.CSV, Lines: th.Lines}).Call(jen.Nil(), v)
	case t.Form != nil:
		return jen.Qual(simPath, "Bare").Call(b.g.types.appendScalar(jen.Nil(), v, t))
	case t.Kind == types.String, t.Kind == types.Enum:
		return jen.Index().Byte().Parens(v)
	}
	return b.g.types.sender(t).Call(jen.Nil(), v)
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

func (b *testBody) setPin(s *plan.TestStep, do func(string, ...jen.Code) []jen.Code) []jen.Code {
	if s.Thing == nil || s.Output == nil {
		return nil // a setting: it is known before the test begins
	}
	on := b.known(s.X)
	if s.Output.Tags["pin"] == "off" {
		if c, ok := s.X.(*typed.Const); ok {
			on = jen.Lit(c.V == false)
		} else {
			on = jen.Op("!").Parens(on)
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

// sent is what a sink is expected to have sent.
func (b *testBody) sent(s *plan.TestStep) *jen.Statement {
	var values, fields []jen.Code
	for i, w := range s.TestStep.Wants {
		x := s.Wants[i]
		switch w.Sort {
		case typed.WantTopic:
			values = append(values, jen.Id("Topic").Op(":").Add(flowName("Some").Call(b.known(x))))
		case typed.WantText:
			values = append(values, jen.Id("Text").Op(":").Add(flowName("Some").Call(b.known(x))))
		case typed.WantWhole:
			values = append(values, b.whole(s.Thing, x))
		case typed.WantField:
			name := w.Field.Wire
			if name == "" {
				name = w.Field.Name
			}
			fields = append(fields, jen.Values(jen.Id("Name").Op(":").Lit(name), jen.Id("JSON").Op(":").Add(b.fieldJSON(x, w.Field.Type))))
		}
	}
	if len(fields) > 0 {
		values = append(values, jen.Id("Fields").Op(":").Index().Qual(simPath, "Field").Custom(multiline, fields...))
	}
	values = append(values, jen.Id("Times").Op(":").Lit(s.Times))
	if len(s.Wires) > 0 {
		values = append(values, jen.Id("Wires").Op(":").Add(b.wires(s)))
	}
	return jen.Qual(simPath, "Sent").Custom(multiline, values...)
}

// whole is the whole payload: a text with `*`, or what the sink would send.
func (b *testBody) whole(th *plan.Thing, x typed.Expr) jen.Code {
	t := x.Base().Type
	if th.Kind.Decides { // in the words of the device
		t = th.Param
	}
	switch t.Kind {
	case types.String:
		return jen.Id("Text").Op(":").Add(flowName("Some").Call(b.known(x)))
	case types.Record, types.List, types.Map, types.Variant:
		return jen.Id("JSON").Op(":").Add(b.g.types.encoder(t).Call(jen.Nil(), b.known(x)))
	}
	return jen.Id("Text").Op(":").Add(flowName("Some").Call(jen.String().Parens(b.g.types.sender(t).Call(jen.Nil(), b.known(x)))))
}

// fieldJSON is a field as JSON; one that may be missing is null.
func (b *testBody) fieldJSON(x typed.Expr, t *types.Type) *jen.Statement {
	if t.Kind == types.Optional {
		return b.g.types.encoder(t).Call(jen.Nil(), b.known(x))
	}
	return b.g.types.appendScalar(jen.Nil(), b.known(x), t)
}

// pickedPart is what follows one key, as tests read it.
func (g *generator) pickedPart(k *plan.Picked) *jen.Statement {
	g.picked[k.Region] = true
	var keys []jen.Code
	for i, v := range k.Keys {
		keys = append(keys, g.types.literal(v, k.Region.Captures[i].Type, true))
	}
	return p("key" + upper(k.Region.Go)).Call(keys...)
}

// pickers print, for each region of which a test reads one key,
//
//	func (p *Program) keyBed(bed string) *bedPart
func (g *generator) pickers(f *jen.File) {
	for _, r := range g.plan.Regions {
		if !g.picked[r] {
			continue
		}
		var params []jen.Code
		for i, c := range r.Captures {
			params = append(params, jen.Id(keyParam(r, i)).Add(g.types.goType(c.Type)))
		}
		key := g.keyLiteral(r, func(i int) *jen.Statement { return jen.Id(keyParam(r, i)) })
		f.Comment("key" + upper(r.Go) + " is everything that follows one " + r.Go + "; nothing is ready for one that never appeared.")
		f.Add(method("key"+upper(r.Go))).Params(params...).Op("*").Id(partType(r)).Block(
			jen.If(jen.List(jen.Id("s"), jen.Id("_"), jen.Id("ok")).Op(":=").Add(p(partsField(r), "Find")).Call(key), jen.Id("ok")).Block(
				jen.Return(jen.Id("s"))),
			jen.Return(jen.Op("&").Id(partType(r)).Values()))
		f.Line()
	}
}

// keyParam is the name of a capture as a parameter.
func keyParam(r *plan.Region, i int) string {
	if len(r.Captures) == 1 {
		return "k"
	}
	return "k" + exportedField(r.Captures[i].Name)
}
