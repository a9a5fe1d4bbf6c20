package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/lang/types"
)

// declared notes where the fields of a record are declared, for faults:
//
//	if s.Failed() {
//		s.Declared(&o, "soil.hcl", 7, 8, 9)
//	}
//
// The first line is the record's own; one line stands for all.
func (c *codec) declared() []jen.Code {
	place := c.typ.Origin.Range
	if place.Filename == "" {
		return nil
	}
	if c.typ.Kind != types.Record {
		return declaredAt(jen.Nil(), jen.Lit(place.Filename), jen.Lit(place.Start.Line))
	}
	args := []jen.Code{jen.Op("&").Id("o"), jen.Lit(place.Filename), jen.Lit(place.Start.Line)}
	several := false
	for _, f := range c.typ.Fields {
		args = append(args, jen.Lit(f.Range.Start.Line))
		several = several || f.Range.Start.Line != place.Start.Line
	}
	if !several {
		args = args[:3]
	} else if c.tag != "" {
		args = append(args, jen.Lit(place.Start.Line))
	}
	return declaredAt(args...)
}

func declaredAt(args ...jen.Code) []jen.Code {
	return []jen.Code{jen.If(jen.Id("s").Dot("Failed").Call()).Block(jen.Id("s").Dot("Declared").Call(args...))}
}

// samePlaces reports whether the records of two types are declared at the same
// places.
func samePlaces(a, b *types.Type) bool {
	switch a.Kind {
	case types.List, types.Map, types.Optional:
		return samePlaces(a.Elem, b.Elem)
	case types.Record, types.Variant:
	default:
		return true
	}
	if a.Origin.Range != b.Origin.Range {
		return false
	}
	for i, f := range a.Fields {
		if f.Range != b.Fields[i].Range || !samePlaces(f.Type, b.Fields[i].Type) {
			return false
		}
	}
	return true
}
