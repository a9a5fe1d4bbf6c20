package emit

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// goTypes names the Go types of a program: one struct per record shape.
type goTypes struct {
	plan    *plan.Program
	records []*record
	used    map[string]bool
	// encoders and decoders that the things ask for, in order.
	codecs []*codec
	// sim says that what is asked for now is asked for by simulations only.
	sim   bool
	enums []*types.Type
	// kept says that enumerations are printed as types that know their members, which
	// are in keptEnums.
	kept      bool
	keptEnums []keptEnum
}

// record is a Go struct for all records of one shape.
type record struct {
	name string
	typ  *types.Type
	// own is set for a struct of the flow's own Go, which is not printed.
	own *catalog.Record
	// sim says that only tests have it.
	sim bool
}

func newTypes(p *plan.Program) *goTypes {
	t := &goTypes{plan: p, used: map[string]bool{"Program": true, "settings": true}}
	for _, r := range p.Flow.OwnRecords {
		t.records = append(t.records, &record{name: r.Name, typ: r.Type, own: r.Record})
	}
	for _, th := range p.Things {
		if th.Param != nil {
			t.learn(th.Param, th.Go+"Msg")
		}
		if th.Sent != nil {
			t.learn(th.Sent, th.Go+"Sent")
		}
	}
	for _, s := range p.Steps {
		if s.Out != nil && s.Out.Type != nil {
			t.learn(s.Out.Type, s.Out.Go+"Record")
		}
		t.learnStep(s)
	}
	t.learnFunctions()
	t.sim = true
	for _, test := range p.Tests {
		t.learnTest(test.Steps)
	}
	t.sim = false
	return t
}

// learnStep names the records that only appear inside a step's expression.
func (t *goTypes) learnStep(s *plan.Step) {
	visit := func(x typed.Expr) {
		if x != nil {
			typed.Visit(x, func(e typed.Expr) { t.learn(e.Base().Type, s.Go+"Record") })
		}
	}
	visit(s.X)
	if s.Op != nil {
		visit(s.Op)
	}
	for _, in := range s.Inputs {
		visit(in.X)
	}
}

// learnTest names the records that only appear in a test.
func (t *goTypes) learnTest(steps []*plan.TestStep) {
	for _, s := range steps {
		for _, x := range slices.Concat([]typed.Expr{s.X}, s.Wants, s.Extra()) {
			if x != nil {
				typed.Visit(x, func(e typed.Expr) { t.learn(e.Base().Type, "testedRecord") })
			}
		}
		t.learnTest(s.Steps)
	}
}

// learn gives a record, and those inside it, a name.
func (t *goTypes) learn(typ *types.Type, name string) {
	if typ == nil {
		return
	}
	switch typ.Kind {
	case types.List, types.Map, types.Optional:
		t.learn(typ.Elem, name)
	case types.Record, types.Variant:
		for _, a := range typ.GoArgs {
			t.learn(a, name)
		}
		if t.find(typ) != nil || typ.GoType != "" {
			return
		}
		if typ.Name != "" {
			name = lowerCamel(typ.Name)
			if plan.Reserved(name) {
				name += "_"
			}
		}
		r := &record{name: t.unique(name), typ: typ, sim: t.sim}
		t.records = append(t.records, r)
		for _, f := range cases(typ) {
			t.learn(f.Type, strings.TrimSuffix(r.name, "Msg")+exportedField(f.Name))
		}
	}
}

func (t *goTypes) unique(name string) string {
	free := name
	for i := 2; t.used[free]; i++ {
		free = name + strconv.Itoa(i)
	}
	t.used[free] = true
	return free
}

func (t *goTypes) find(typ *types.Type) *record {
	for _, r := range t.records {
		if types.Same(r.typ, typ) {
			return r
		}
	}
	return nil
}

// generic is a Go type of rt with its type arguments.
func (t *goTypes) generic(typ *types.Type) *jen.Statement {
	if len(typ.GoArgs) == 0 {
		return t.qualified(typ.GoType)
	}
	var args []jen.Code
	for _, a := range typ.GoArgs {
		args = append(args, t.goType(a))
	}
	return t.qualified(typ.GoType).Types(args...)
}

// goType is the Go type of a type.
func (t *goTypes) goType(typ *types.Type) *jen.Statement {
	switch typ.Kind {
	case types.Bool:
		return jen.Bool()
	case types.Int:
		return jen.Int64()
	case types.Number:
		return jen.Float64()
	case types.String, types.JSON:
		return jen.String()
	case types.Bytes:
		return jen.Index().Byte()
	case types.Time:
		return jen.Qual("time", "Time")
	case types.Date:
		return jen.Qual(fnPath, "Date")
	case types.TimeOfDay:
		return jen.Qual(fnPath, "TimeOfDay")
	case types.Duration:
		return jen.Qual("time", "Duration")
	case types.Quantity:
		if typ.Unit.GoType == "" {
			return jen.Float64()
		}
		return jen.Qual(unitPath, typ.Unit.GoType)
	case types.Enum:
		return t.goEnum(typ)
	case types.List:
		return jen.Index().Add(t.goType(typ.Elem))
	case types.Map:
		return jen.Map(jen.String()).Add(t.goType(typ.Elem))
	case types.Optional:
		return of(flowName("Opt"), t.goType(typ.Elem))
	case types.Secret:
		return flowName("Secret")
	case types.Record, types.Variant:
		if typ.GoType != "" {
			return t.generic(typ)
		}
		if t.kept && t.hasMembers(typ) {
			return t.keptRecord(typ)
		}
		if r := t.find(typ); r != nil && r.own != nil {
			return t.qualified(r.name)
		} else if r != nil {
			return jen.Id(r.name)
		}
	}
	return flowName("Unit")
}

func (t *goTypes) goEnum(typ *types.Type) *jen.Statement {
	if typ.GoType != "" {
		return t.qualified(typ.GoType)
	}
	if t.kept {
		return t.keptEnum(typ)
	}
	return jen.String()
}

// qualified turns "gpio.Pull" into a name of rt/gpio, and "own.Mode" into one of the
// flow's own Go.
func (t *goTypes) qualified(name string) *jen.Statement {
	pkg, id, ok := strings.Cut(name, ".")
	switch own := t.plan.Flow.Catalog.Own; {
	case !ok:
		return jen.Id(name)
	case pkg == catalog.OwnName && own != nil:
		return jen.Qual(own.Package, id)
	}
	return jen.Qual("flowc/rt/"+pkg, id)
}

// field is the Go name of a record's field; a record of a kind, or of the flow's own
// Go, has the names given there.
func (t *goTypes) field(typ *types.Type, name string) string {
	if typ.GoType != "" {
		return recordField(t.plan.Flow.Catalog, typ.GoType, name)
	}
	if r := t.find(typ); r != nil && r.own != nil {
		return fieldNamed(r.own, name)
	}
	return exportedField(name)
}

func fieldNamed(r *catalog.Record, name string) string {
	for _, f := range r.Fields {
		if f.Name == name {
			return f.Go
		}
	}
	return exportedField(name)
}

// file prints the records, then their codecs.
func (t *goTypes) file(f *jen.File) { t.print(f, false) }

// simulatedFile prints those that only simulations use, when all others are printed.
func (t *goTypes) simulatedFile(f *jen.File) { t.print(f, true) }

func (t *goTypes) print(f *jen.File, sim bool) {
	for _, r := range t.records {
		if r.own == nil && r.sim == sim {
			t.printRecord(f, r)
		}
	}
	t.sim = sim
	for again := true; again; { // printing one may ask for another
		again = false
		for i := 0; i < len(t.codecs); i++ {
			if c := t.codecs[i]; c.sim == sim && !c.printed {
				c.printed, again = true, true
				c.print(t, f)
			}
		}
	}
}

func (t *goTypes) none() bool {
	return !slices.ContainsFunc(t.records, func(r *record) bool { return r.own == nil && !r.sim }) &&
		!slices.ContainsFunc(t.codecs, func(c *codec) bool { return !c.sim })
}

// printRecord prints
//
//	// soilMsg is { moisture = %, battery = optional(V) }.
//	type soilMsg struct { … }
func (t *goTypes) printRecord(f *jen.File, r *record) {
	var fields []jen.Code
	what := shortened(oneLine(r.typ.String()), 80)
	if r.typ.Name != "" {
		what = "the flow's type " + oneLine(r.typ.Name)
	}
	if r.typ.Kind == types.Variant {
		what = "a variant: " + caseField + " says which of its cases it is"
		fields = append(fields, jen.Id(caseField).String())
	}
	for _, fl := range cases(r.typ) {
		s := jen.Id(exportedField(fl.Name)).Add(t.goType(fl.Type))
		if u := unitNote(fl.Type); u != "" {
			s.Comment(u)
		}
		fields = append(fields, s)
	}
	place := ""
	if r.typ.Origin.Range.Filename != "" {
		place = "  " + oneLine(r.typ.Origin.Range.Filename) + ":" + strconv.Itoa(r.typ.Origin.Range.Start.Line)
	}
	f.Comment(r.name + " is " + what + "." + place)
	f.Type().Id(r.name).Struct(fields...)
	f.Line()
}

// unitNote says in what unit a field's number is held.
func unitNote(t *types.Type) string {
	for t.Kind == types.Optional || t.Kind == types.List || t.Kind == types.Map {
		t = t.Elem
	}
	if t.Kind == types.Quantity {
		return "in " + t.Unit.Symbol
	}
	return ""
}

// exportedField is the Go field of a record's field: moisture → Moisture.
func exportedField(name string) string { return plan.Exported(name) }

func lowerCamel(name string) string { return plan.Camel(name) }

func upper(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}
