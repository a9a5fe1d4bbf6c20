package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/lang/types"
)

// caseField is the field of a variant's struct that says which case it is. No
// case has it: their fields begin with a capital letter.
const caseField = "is"

// cases are the fields of a type's struct: a case that carries nothing has none.
func cases(t *types.Type) []types.Field {
	if t.Kind != types.Variant {
		return t.Fields
	}
	var list []types.Field
	for _, f := range t.Fields {
		if len(f.Type.Fields) > 0 {
			list = append(list, f)
		}
	}
	return list
}

// readVariant prints
//
//	*v = command{}
//	switch s.Tag("type", "open", "dim") {
//	case "open":
//		v.is = "open"
//		s.Skip()
//	case "dim":
//		v.is = "dim"
//		readCommandDim(s, &v.Dim)
//	}
//
// After a tag that is none of these the scanner is at its end.
func (c *codec) readVariant(t *goTypes) []jen.Code {
	args := []jen.Code{jen.Lit(c.typ.Tag)}
	var arms []jen.Code
	for _, f := range c.typ.Fields {
		args = append(args, jen.Lit(wireName(f)))
		arm := []jen.Code{jen.Id("v").Dot(caseField).Op("=").Lit(f.Name)}
		place := jen.Id("v").Dot(exportedField(f.Name))
		switch rejects := f.Type.Extra == types.ExtraRejected; {
		case rejects && len(f.Type.Fields) == 0:
			arm = append(arm, jen.Id("s").Dot("OnlyTag").Call(jen.Lit(c.typ.Tag)))
		case len(f.Type.Fields) == 0:
			arm = append(arm, jen.Id("s").Dot("Skip").Call())
		case rejects:
			inner := t.codecFor(codec{name: "read" + t.stem(f.Type), typ: f.Type, decode: true, inner: true, tag: c.typ.Tag})
			arm = append(arm, jen.Id(inner.name).Call(jen.Id("s"), jen.Op("&").Add(place)))
		default:
			arm = append(arm, t.readInto(place, jen.Op("&").Add(place), jen.Id("s"), f.Type)...)
		}
		arms = append(arms, jen.Case(jen.Lit(wireName(f))).Block(arm...))
	}
	return append([]jen.Code{
		jen.Op("*").Id("v").Op("=").Add(t.goType(c.typ)).Values(),
		jen.Switch(jen.Id("s").Dot("Tag").Call(args...)).Block(arms...),
	}, c.declared()...)
}

// writeVariant writes the case that it is, its tag first.
func (c *codec) writeVariant(t *goTypes) []jen.Code {
	tag := c.typ.Tag
	if tag == "" {
		tag = "type"
	}
	var arms []jen.Code
	for _, f := range c.typ.Fields {
		head := "{" + jsonName(tag) + ":" + jsonName(wireName(f))
		arms = append(arms, jen.Case(jen.Lit(f.Name)).Block(
			t.writeFields(f.Type, jen.Id("v").Dot(exportedField(f.Name)), head)...))
	}
	return []jen.Code{
		jen.Switch(jen.Id("v").Dot(caseField)).Block(arms...),
		jen.Return(jen.Qual(jsonPath, "AppendNull").Call(jen.Id("dst"))),
	}
}
