package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/types"
)

// An enumeration is a string in Go, which does not tell what its members are called. What is
// kept goes through a type that does: of the same form, with
//
//	// modeKept is a member of mode as it was kept; the enumeration may have changed since.
//	type modeKept string
//
// in the place of each mode.

// wireMembers is new(flow.Value[modeKept]); nil for a wire without an enumeration.
func (g *generator) wireMembers(w *plan.Wire) jen.Code {
	if w.Step != nil && w.Step.Sort == plan.Run {
		return nil
	}
	return g.types.members(func() *jen.Statement { return g.wireType(w) }, w.Type)
}

// outputMembers is that of an output which a thing keeps itself.
func (g *generator) outputMembers(w *plan.Wire) jen.Code {
	return g.types.members(func() *jen.Statement { return of(flowName("Reading"), g.types.goType(w.Type)) }, w.Type)
}

// opMembers is new(op.LatestInit[modeKept]).
func (g *generator) opMembers(s *plan.Step) jen.Code {
	if s.Op == nil {
		return nil
	}
	return g.types.members(func() *jen.Statement { return g.opType(s) }, s.Op.TypeArgs...)
}

// keyMembers is new(roomKept), or a struct for a key of several.
func (g *generator) keyMembers(r *plan.Region) jen.Code {
	var list []*types.Type
	for _, c := range r.Captures {
		list = append(list, c.Type)
	}
	return g.types.members(func() *jen.Statement {
		if len(r.Captures) == 1 {
			return g.keyType(r)
		}
		var fields []jen.Code
		for _, c := range r.Captures {
			fields = append(fields, jen.Id(g.captureField(r, c.Name)).Add(g.types.goType(c.Type)))
		}
		return jen.Struct(fields...)
	}, list...)
}

// members is new(T), where T is printed with the members of enumerations; nil without one.
func (t *goTypes) members(print func() *jen.Statement, of ...*types.Type) jen.Code {
	if !slices.ContainsFunc(of, t.hasMembers) {
		return nil
	}
	t.kept = true
	defer func() { t.kept = false }()
	return jen.New(print())
}

// hasMembers reports whether there is an enumeration of the flow in a type.
func (t *goTypes) hasMembers(typ *types.Type) bool {
	if typ == nil {
		return false
	}
	switch typ.Kind {
	case types.Enum:
		return typ.GoType == ""
	case types.List, types.Map, types.Optional:
		return t.hasMembers(typ.Elem)
	case types.Record, types.Variant:
		if typ.GoType != "" {
			return slices.ContainsFunc(typ.GoArgs, t.hasMembers)
		}
		if r := t.find(typ); r == nil || r.own != nil {
			return false // the flow's own Go has its own types
		}
		return slices.ContainsFunc(cases(typ), func(f types.Field) bool { return t.hasMembers(f.Type) })
	}
	return false
}

// keptEnum is the name of the type that knows the members of an enumeration.
func (t *goTypes) keptEnum(typ *types.Type) *jen.Statement {
	for _, k := range t.keptEnums {
		if k.typ.Name == typ.Name {
			return jen.Id(k.name)
		}
	}
	k := keptEnum{name: t.unique(lowerCamel(typ.Name) + "Kept"), typ: typ}
	t.keptEnums = append(t.keptEnums, k)
	return jen.Id(k.name)
}

// keptEnum is an enumeration with the name of that type.
type keptEnum struct {
	name string
	typ  *types.Type
}

// keptRecord is a record with such types in it, by its form alone.
func (t *goTypes) keptRecord(typ *types.Type) *jen.Statement {
	var fields []jen.Code
	if typ.Kind == types.Variant {
		fields = append(fields, jen.Id(caseField).String())
	}
	for _, f := range cases(typ) {
		fields = append(fields, jen.Id(exportedField(f.Name)).Add(t.goType(f.Type)))
	}
	return jen.Struct(fields...)
}

// printKept prints
//
//	// Now is what the member is called now.
//	func (m modeKept) Now() (string, bool) {
//		switch m {
//		case "off":
//			return "away", true
//		case "away", "eco":
//			return string(m), true
//		}
//		return "", false
//	}
func (t *goTypes) printKept(f *jen.File) {
	for _, k := range t.keptEnums {
		f.Comment(k.name + " is a member of " + k.typ.Name + " as it was kept; the enumeration may have changed since.")
		f.Type().Id(k.name).String()
		f.Line()
		var rows, same []jen.Code
		for _, old := range k.typ.Former {
			rows = append(rows, jen.Case(jen.Lit(old.Was)).Block(jen.Return(jen.Lit(old.Now), jen.True())))
		}
		for _, v := range k.typ.Values {
			same = append(same, jen.Lit(v))
		}
		rows = append(rows, jen.Case(same...).Block(jen.Return(jen.String().Parens(jen.Id("m")), jen.True())))
		f.Comment("Now is what the member is called now; false if there is none any more.")
		f.Func().Params(jen.Id("m").Id(k.name)).Id("Now").Params().Params(jen.String(), jen.Bool()).Block(
			jen.Switch(jen.Id("m")).Block(rows...),
			jen.Return(jen.Lit(""), jen.False()))
		f.Line()
	}
}
