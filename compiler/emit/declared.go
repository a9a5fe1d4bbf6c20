package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/lang/typed"
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
	lines := []jen.Code{jen.Lit(place.Filename), jen.Lit(place.Start.Line)}
	object := []jen.Code{jen.Op("&").Id("o")}
	if c.typ.Kind == types.Record {
		lines = append(lines, c.fieldLines()...)
	} else {
		object[0] = jen.Nil()
	}
	from := "s"
	if c.form != typed.NoCodec {
		from, object = "r", nil
	}
	return []jen.Code{jen.If(jen.Id(from).Dot("Failed").Call()).Block(jen.Id(from).Dot("Declared").Call(append(object, lines...)...))}
}

// fieldLines are the lines of a record's fields, none if all stand on its own.
func (c *codec) fieldLines() []jen.Code {
	var list []jen.Code
	own := c.typ.Origin.Range.Start.Line
	several := false
	for _, f := range c.typ.Fields {
		list = append(list, jen.Lit(f.Range.Start.Line))
		several = several || f.Range.Start.Line != own
	}
	switch {
	case !several:
		return nil
	case c.tag != "":
		list = append(list, jen.Lit(own))
	}
	return list
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
