package emit

import (
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/catalog"
	"flowc/lang/typed"
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
	fields := []jen.Code{jen.Op("*").Add(flowName("Engine")), jen.Id("settings").Op("*").Id("settings")}
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

func (g *generator) opType(s *plan.Step) *jen.Statement {
	if s.Sort == plan.Elapsed {
		of := s.X.(*typed.Since).Of
		t := jen.Qual(of.Package, of.Over)
		if len(of.TypeParams) == 0 {
			return t
		}
		return t.Types(g.types.goType(s.Trigger.Type))
	}
	t := jen.Qual(s.Op.Op.Package, s.Op.Op.Type)
	if len(s.Op.TypeArgs) == 0 {
		return t
	}
	var args []jen.Code
	for _, a := range s.Op.TypeArgs {
		args = append(args, g.types.goType(a))
	}
	return t.Types(args...)
}

// nodeConsts prints the numbers by which the runtime knows things and steps.
func (g *generator) nodeConsts(f *jen.File) {
	f.Comment("Nodes, as the runtime numbers them.")
	f.Const().DefsFunc(func(d *jen.Group) {
		for i, n := range g.plan.Nodes {
			s := d.Id(n.Go)
			if i == 0 {
				s.Int32().Op("=").Iota()
			}
		}
	})
	f.Line()
}

// bitConsts prints a bit for each entry, and for each step of a region.
func (g *generator) bitConsts(f *jen.File) {
	var names []string
	for _, e := range g.plan.Entries {
		names = append(names, entryBit(e))
	}
	printBits(f, "Bits of Program.dirty, in plan order.", names)
	for _, r := range g.plan.Regions {
		names = nil
		for _, s := range regionOrder(r) {
			names = append(names, stepBit(s))
		}
		printBits(f, "Bits of "+partType(r)+".dirty, in plan order.", names)
	}
}

// timerConsts prints the place of each timer.
func (g *generator) timerConsts(f *jen.File) {
	printTimers(f, "Places of the timers in Program.timers.", g.plan.Timers)
	for _, r := range g.plan.Regions {
		printTimers(f, "Places of the timers in "+partType(r)+".timers.", r.Timers)
	}
}

func printTimers(f *jen.File, comment string, timers []*plan.Timer) {
	if len(timers) == 0 {
		return
	}
	f.Comment(comment)
	f.Const().DefsFunc(func(d *jen.Group) {
		for i, t := range timers {
			s := d.Id(timerName(t))
			if i == 0 {
				s.Op("=").Iota()
			}
		}
	})
	f.Line()
}

func printBits(f *jen.File, comment string, names []string) {
	for from := 0; from < len(names); from += 64 {
		part := names[from:min(from+64, len(names))]
		f.Comment(comment)
		f.Const().DefsFunc(func(d *jen.Group) {
			for i, n := range part {
				s := d.Id(n)
				if i == 0 {
					s.Uint64().Op("=").Lit(1).Op("<<").Iota()
				}
			}
		})
		f.Line()
	}
}

// regionOrder are a region's steps in plan order.
func regionOrder(r *plan.Region) []*plan.Step {
	list := make([]*plan.Step, len(r.Steps))
	for _, s := range r.Steps {
		list[s.Bit] = s
	}
	return list
}

func entryBit(e *plan.Entry) string { return "run" + e.Go }

func stepBit(s *plan.Step) string { return "run" + s.Name }

// newProgram prints the making of the program: the things with their settings,
// the operators with their options, and the timers.
func (g *generator) newProgram(f *jen.File) {
	code := []jen.Code{jen.Id("p").Op(":=").Op("&").Id("Program").Values(
		jen.Id("Engine").Op(":").Id("e"), jen.Id("settings").Op(":").Id("s"))}
	if g.plan.Outbox != "" {
		code = append(code, p("outbox", "File").Op("=").Lit(g.plan.Outbox))
	}
	for _, th := range g.plan.Things {
		code = append(code, p(th.Go).Op("=").Add(g.thingLiteral(th)))
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
		code = append(code, p("timers").Op("=").Id("e").Dot("NewTimers").Call(timerNodes(jen.Qual(flowPath, "NoPart"), g.plan.Timers)...))
	}
	if g.plan.Chance {
		code = append(code, p("chance").Op("=").Qual(chancePath, "New").Call(jen.Id("e").Dot("Clock").Call()))
	}
	code = append(code, jen.Return(jen.Id("p")))
	f.Func().Id("newProgram").Params(jen.Id("e").Op("*").Add(flowName("Engine")), jen.Id("s").Op("*").Id("settings")).Op("*").Id("Program").Block(code...)
	f.Line()
}

func timerNodes(part jen.Code, timers []*plan.Timer) []jen.Code {
	list := []jen.Code{part}
	for _, t := range timers {
		list = append(list, jen.Id(t.Node.Go))
	}
	return list
}

// opLiteral is an operator with the options that never change; nil if it has
// none.
func (g *generator) opLiteral(s *plan.Step) *jen.Statement {
	if s.Sort == plan.Elapsed {
		d := s.X.(*typed.Since).D
		return g.opType(s).Values(jen.Id("After").Op(":").Add(duration(d)))
	}
	var values []jen.Code
	b := g.newBody(s, false, nil)
	for _, o := range g.options(s) {
		if o.X.Base().Shape == types.Constant {
			values = append(values, jen.Id(o.Arg.Go).Op(":").Add(b.option(o)))
		}
	}
	if len(values) == 0 {
		return nil
	}
	return g.opType(s).Values(values...)
}

// options are all fields of an operator's struct that the call fills: arguments
// that are options, and those of the options object.
func (g *generator) options(s *plan.Step) []typed.Option {
	var list []typed.Option
	if s.Op == nil {
		return nil
	}
	for i, a := range s.Op.Args {
		if i < len(s.Op.Op.Args) && !s.Op.Op.Args[i].Input {
			list = append(list, typed.Option{Arg: s.Op.Op.Args[i], X: a})
		}
	}
	return append(list, s.Op.Options...)
}

// option is an option's value; a field that may be left out is an Opt.
func (b *body) option(o typed.Option) *jen.Statement {
	if c := b.g.plan.ParsedOption(o); c != nil {
		return jen.Id(c.Go)
	}
	x := b.typedExpr(o.X)
	if o.Arg.Delta { // the operator measures steps in the type of what they are steps of
		if k, ok := o.X.(*typed.Const); ok {
			x = b.g.types.literal(k.V, o.X.Base().Type, true)
		} else {
			x = jen.Float64().Parens(x)
			x = b.g.types.goType(b.paramType(o.Arg)).Parens(x)
		}
	}
	if o.Arg.Type != nil && o.Arg.Type.Name == "optional" && o.X.Base().Type.Kind != types.Optional {
		return flowName("Some").Call(x)
	}
	return x
}

// paramType is the type of the operator's type parameter that an option has.
func (b *body) paramType(a *catalog.Arg) *types.Type {
	for i, p := range b.step.Op.Op.TypeParams {
		if p.Name == a.Type.Ref {
			return b.step.Op.TypeArgs[i]
		}
	}
	return types.TNumber
}

// thingLiteral is a thing with its settings, in the kind's order.
func (g *generator) thingLiteral(th *plan.Thing) *jen.Statement {
	var values []jen.Code
	for _, s := range th.Settings {
		if v := g.setting(s); v != nil {
			values = append(values, jen.Id(s.Field.Go).Op(":").Add(v))
		}
	}
	for _, f := range th.Kind.Fields {
		switch {
		case f.Role == catalog.RoleDecoder && th.Param != nil:
			values = append(values, jen.Id(f.Go).Op(":").Add(g.types.decoder(th.Thing)))
		case f.Role == catalog.RoleParser && th.Param != nil && th.Param.Kind == types.Record:
			values = append(values, jen.Id(f.Go).Op(":").Add(g.types.parser(th.Thing)))
		case f.Role == catalog.RoleEncoder:
			if t := sentBy(th, f); t != nil {
				values = append(values, jen.Id(f.Go).Op(":").Add(g.types.sender(t)))
			}
		case f.Role == catalog.RoleTables:
			values = append(values, jen.Id(f.Go).Op(":").Add(tables(th.Tables)))
		case f.Role == catalog.RoleBuffer && th.Buffer != nil:
			values = append(values, jen.Id(f.Go).Op(":").Add(buffer(th, f)))
		case f.Role == catalog.RoleSQL:
			values = append(values, jen.Id(f.Go).Op(":").Add(statementText(th.SQL)))
		case f.Role == catalog.RoleTableName && th.Table != nil:
			values = append(values, jen.Id(f.Go).Op(":").Lit(th.Table.Name))
		case f.Role == catalog.RoleFormat:
			if name := formatOf(th); name != "" {
				values = append(values, jen.Id(f.Go).Op(":").Add(flowName(name)))
			}
		}
	}
	if len(values) <= 2 {
		return g.kindType(th).Values(values...)
	}
	return g.kindType(th).Custom(multiline, values...)
}

// setting is the value of a setting; nil where the compiler alone uses it.
func (g *generator) setting(s *typed.Set) jen.Code {
	switch s.Field.Role {
	case catalog.RoleStale, catalog.RoleKeys, catalog.RoleMaxKeys, catalog.RoleForget, catalog.RoleTypeOf, catalog.RoleBorder, catalog.RoleForm:
		return nil
	case catalog.RoleBlock:
		return g.blocks(s)
	case catalog.RoleConst:
		return flowName("Const").Types(g.catalogGo(s.Field.Type)).Values(g.settingValue(s))
	}
	return g.settingValue(s)
}

func (g *generator) settingValue(s *typed.Set) jen.Code {
	b := g.newBody(nil, false, nil)
	if r, ok := s.X.(*typed.ThingRef); ok {
		return jen.Op("&").Add(p(g.thing(r.Thing).Go))
	}
	x := b.settingExpr(s)
	if s.Field.Type != nil && s.Field.Type.Name == "optional" && s.X.Base().Type.Kind != types.Optional {
		return flowName("Some").Call(x)
	}
	return x
}

// settingExpr fits the value to the Go type of the field: a secret is revealed
// where a kind takes text, a text becomes a secret or a name.
func (b *body) settingExpr(s *typed.Set) *jen.Statement {
	have := s.X.Base().Type
	want := s.Field.Type
	if want != nil && want.Name == "optional" {
		want = want.Elem
	}
	x := b.typedExpr(s.X)
	c, isConst := s.X.(*typed.Const)
	switch {
	case want == nil:
		return b.plainConst(s, x)
	case have.Kind == types.Secret && want.Name == "string":
		return x.Dot("Reveal").Call()
	case isConst && (want.Name == "int" || want.Name == "number" || want.Name == "quantity"):
		return b.g.types.literal(c.V, have, true)
	case isConst && want.Name == "enum":
		text, _ := c.V.(string)
		return b.g.enumValue(want.Ref, text)
	}
	return b.plainConst(s, x)
}

// plainConst leaves numbers and texts bare: the field's type says the rest.
func (b *body) plainConst(s *typed.Set, x *jen.Statement) *jen.Statement {
	if c, ok := s.X.(*typed.Const); ok {
		switch c.Type.Kind {
		case types.Int, types.Number, types.Quantity, types.String:
			return b.g.types.literal(c.V, c.Type, true)
		case types.Enum:
			text, _ := c.V.(string)
			return jen.Lit(text)
		}
	}
	return x
}

// enumValue names a constant of a kind's enumeration: gpio.PullUp.
func (g *generator) enumValue(ref, value string) *jen.Statement {
	for _, e := range g.plan.Flow.Catalog.Enums {
		if e.Name != ref {
			continue
		}
		for _, v := range e.Values {
			if v.Name == value {
				return jen.Qual(e.Package, v.Go)
			}
		}
	}
	return jen.Lit(value)
}

// blocks prints nested blocks: flow.Blocks[mqtt.Will]{{Topic: "…"}}.
func (g *generator) blocks(s *typed.Set) jen.Code {
	if len(s.Block) == 0 {
		return nil
	}
	var list []jen.Code
	for _, b := range s.Block {
		var values []jen.Code
		for _, in := range b {
			if v := g.setting(in); v != nil {
				values = append(values, jen.Id(in.Field.Go).Op(":").Add(v))
			}
		}
		list = append(list, jen.Values(values...))
	}
	return flowName("Blocks").Types(g.catalogGo(s.Field.Type)).Values(list...)
}

// catalogGo is the Go type of a catalogue type.
func (g *generator) catalogGo(t *catalog.Type) *jen.Statement {
	if dot := strings.LastIndexByte(t.Go, '.'); dot >= 0 {
		return jen.Qual(t.Go[:dot], t.Go[dot+1:])
	}
	switch t.Name {
	case "bool":
		return jen.Bool()
	case "int":
		return jen.Int64()
	case "number":
		return jen.Float64()
	case "string":
		return jen.String()
	case "bytes":
		return jen.Index().Byte()
	case "time":
		return jen.Qual("time", "Time")
	case "duration":
		return jen.Qual("time", "Duration")
	case "quantity":
		return jen.Qual(unitPath, t.Ref)
	case "enum", "record":
		return g.types.qualified(t.Ref)
	case "list":
		return jen.Index().Add(g.catalogGo(t.Elem))
	case "map":
		return jen.Map(jen.String()).Add(g.catalogGo(t.Elem))
	case "optional":
		return of(flowName("Opt"), g.catalogGo(t.Elem))
	case "secret":
		return flowName("Secret")
	}
	return jen.String()
}

func (g *generator) thing(t *typed.Thing) *plan.Thing {
	for _, th := range g.plan.Things {
		if th.Thing == t {
			return th
		}
	}
	return nil
}

func (g *generator) settingField(s *typed.Setting) string { return settingGo(s.Name) }

func settingGo(name string) string { return lowerCamel(name) + "Set" }

// metaField is the Go name of a field of a kind's meta record.
func (g *generator) metaField(x *typed.MetaOf) string {
	for _, f := range x.Thing.Kind.Fields {
		if f.Role == catalog.RoleMeta && f.Type != nil {
			return recordField(g.plan.Flow.Catalog, f.Type.Ref, x.Field)
		}
	}
	return exportedField(x.Field)
}

func recordField(c *catalog.Catalog, record, name string) string {
	if r := c.Record(record); r != nil {
		return fieldNamed(r, name)
	}
	return exportedField(name)
}
