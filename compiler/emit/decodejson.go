package emit

import (
	"time"

	"github.com/dave/jennifer/jen"

	"flowc/lang/types"
	"flowc/rt/unit"
)

// printDecoder prints
//
//	func decodeSoilMsg(data []byte, v *soilMsg) error {
//		var s wirejson.Scanner
//		s.Reset(data)
//		readSoilMsg(&s, v)
//		return s.End()
//	}
func (c *codec) printDecoder(t *goTypes, f *jen.File) {
	var outermost []jen.Code
	if !c.typ.Is(types.Record, types.Variant) {
		outermost = c.declared()
	}
	f.Comment(c.name + " reads a message of JSON.  " + c.place)
	f.Func().Id(c.name).Params(jen.Id("data").Index().Byte(), jen.Id("v").Op("*").Add(t.goType(c.typ))).Error().Block(
		append([]jen.Code{
			jen.Var().Id("s").Qual(jsonPath, "Scanner"),
			jen.Id("s").Dot("Reset").Call(jen.Id("data")),
		}, append(append(t.readInto(jen.Op("*").Id("v"), jen.Id("v"), jen.Op("&").Id("s"), c.typ), outermost...),
			jen.Return(jen.Id("s").Dot("End").Call()))...)...,
	)
}

// readInto reads one JSON value into a place; ptr is the place's address.
func (t *goTypes) readInto(place, ptr, s jen.Code, typ *types.Type) []jen.Code {
	switch typ.Kind {
	case types.Record, types.List, types.Map, types.Variant:
		c := t.codecFor(codec{name: "read" + t.stem(typ), typ: typ, decode: true, inner: true})
		return []jen.Code{jen.Id(c.name).Call(s, ptr)}
	case types.Optional:
		return []jen.Code{jen.If(jen.Op("!").Id("s").Dot("Null").Call()).Block(t.readOptional(place, typ.Elem)...)}
	}
	return []jen.Code{jen.Add(place).Op("=").Add(t.scalar(typ))}
}

func (t *goTypes) readOptional(place jen.Code, elem *types.Type) []jen.Code {
	switch elem.Kind {
	case types.Record, types.List, types.Map, types.Variant:
		return append(
			t.readInto(jen.Add(place).Dot("V"), jen.Op("&").Add(place).Dot("V"), jen.Id("s"), elem),
			jen.Add(place).Dot("OK").Op("=").True())
	}
	return []jen.Code{jen.Add(place).Op("=").Add(flowName("Some")).Call(t.scalar(elem))}
}

// scalar reads a value that is no record, list or map.
func (t *goTypes) scalar(typ *types.Type) *jen.Statement {
	s := func(m string) *jen.Statement { return jen.Id("s").Dot(m).Call() }
	if typ.Form != nil {
		return t.formScalar(typ)
	}
	switch typ.Kind {
	case types.Bool:
		return s("Bool")
	case types.Int:
		return s("Int")
	case types.Number:
		return s("Float")
	case types.Quantity:
		return t.goType(typ).Parens(s("Float"))
	case types.Time:
		return s("Time")
	case types.Date:
		return s("Date")
	case types.TimeOfDay:
		return s("TimeOfDay")
	case types.Duration:
		return jen.Id("s").Dot("Duration").Call(duration(durationUnit(typ)))
	case types.JSON:
		return jen.String().Parens(s("Raw"))
	case types.Bytes:
		return s("Base64")
	case types.Enum:
		return jen.Id("s").Dot("Choice").Call(members(typ)...)
	}
	return s("Text")
}

// durationUnit is what a bare number of a duration counts.
func durationUnit(typ *types.Type) time.Duration {
	if d, ok := unit.LookupDuration(typ.Unit.Name); ok {
		return time.Duration(d.Nanoseconds)
	}
	return time.Second
}

// printReader prints the reading of a record, list or map inside a message.
func (c *codec) printReader(t *goTypes, f *jen.File) {
	var code []jen.Code
	switch c.typ.Kind {
	case types.Record:
		code = c.readRecord(t)
	case types.Variant:
		code = c.readVariant(t)
	case types.List:
		elem := jen.Var().Id("e").Add(t.goType(c.typ.Elem))
		code = []jen.Code{
			jen.Op("*").Id("v").Op("=").Add(t.goType(c.typ)).Values(),
			jen.Id("l").Op(":=").Id("s").Dot("List").Call(),
			jen.For(jen.Id("s").Dot("More").Call(jen.Op("&").Id("l"))).Block(
				append(append([]jen.Code{elem}, t.readInto(jen.Id("e"), jen.Op("&").Id("e"), jen.Id("s"), c.typ.Elem)...),
					jen.Op("*").Id("v").Op("=").Append(jen.Op("*").Id("v"), jen.Id("e")))...),
		}
	default:
		code = c.readMap(t)
	}
	f.Func().Id(c.name).Params(jen.Id("s").Op("*").Qual(jsonPath, "Scanner"), jen.Id("v").Op("*").Add(t.goType(c.typ))).Block(code...)
}

func (c *codec) readMap(t *goTypes) []jen.Code {
	loop := []jen.Code{
		jen.Id("key").Op(":=").String().Parens(jen.Id("s").Dot("Key").Call()),
		jen.If(jen.List(jen.Id("_"), jen.Id("twice")).Op(":=").Id("m").Index(jen.Id("key")), jen.Id("twice")).Block(
			jen.Id("s").Dot("Again").Call(), jen.Return()),
		jen.Var().Id("e").Add(t.goType(c.typ.Elem)),
	}
	loop = append(loop, t.readInto(jen.Id("e"), jen.Op("&").Id("e"), jen.Id("s"), c.typ.Elem)...)
	loop = append(loop, jen.Id("m").Index(jen.Id("key")).Op("=").Id("e"))
	return []jen.Code{
		jen.Id("m").Op(":=").Add(t.goType(c.typ)).Values(),
		jen.Op("*").Id("v").Op("=").Id("m"),
		jen.Id("o").Op(":=").Id("s").Dot("Object").Call(),
		jen.For(jen.Id("s").Dot("Next").Call(jen.Op("&").Id("o"))).Block(loop...),
	}
}

// readRecord reads the declared fields, in any order, each once.
func (c *codec) readRecord(t *goTypes) []jen.Code {
	var cases, needs, defaults []jen.Code
	for i, fl := range c.typ.Fields {
		name := wireName(fl)
		place := func() *jen.Statement { return jen.Id("v").Dot(t.field(c.typ, fl.Name)) }
		body := []jen.Code{jen.Id("s").Dot("Once").Call(jen.Op("&").Id("o"), jen.Lit(i))}
		read := t.readInto(place(), jen.Op("&").Add(place()), jen.Id("s"), fl.Type)
		if fl.Default != nil {
			defaults = append(defaults, place().Op("=").Add(t.literal(fl.Default, fl.Type, true)))
			read = []jen.Code{jen.If(jen.Op("!").Id("s").Dot("Null").Call()).Block(read...)}
		}
		cases = append(cases, jen.Case(jen.Lit(name)).Block(append(body, read...)...))
		if fl.Default == nil && fl.Type.Kind != types.Optional {
			needs = append(needs, jen.Id("s").Dot("Need").Call(jen.Op("&").Id("o"), jen.Lit(i), jen.Lit(name)))
		}
	}
	if c.tag != "" {
		cases = append(cases, jen.Case(jen.Lit(c.tag)).Block(
			jen.Id("s").Dot("Once").Call(jen.Op("&").Id("o"), jen.Lit(len(c.typ.Fields))), jen.Id("s").Dot("Skip").Call()))
	}
	other := "Ignore"
	if c.typ.Extra == types.ExtraRejected {
		other = "Unexpected"
	}
	cases = append(cases, jen.Default().Block(jen.Id("s").Dot(other).Call(jen.Op("&").Id("o"))))
	code := []jen.Code{jen.Op("*").Id("v").Op("=").Add(t.goType(c.typ)).Values()}
	code = append(code, defaults...)
	code = append(code,
		jen.Id("o").Op(":=").Id("s").Dot("Object").Call(),
		jen.For(jen.Id("s").Dot("Next").Call(jen.Op("&").Id("o"))).Block(
			jen.Switch(jen.String().Parens(jen.Id("s").Dot("Key").Call())).Block(cases...)))
	return append(append(code, needs...), c.declared()...)
}
