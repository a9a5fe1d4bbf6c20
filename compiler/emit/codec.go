package emit

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/unit"
)

// codec is a generated encoder or decoder.
type codec struct {
	name   string
	typ    *types.Type
	decode bool
	// inner reads or writes JSON inside another value; text is a bare payload.
	inner bool
	text  bool
	place string
	// tag is the field that tells the cases of a variant apart, in the record of a
	// case.
	tag string
	// form is typed.CSV, typed.Pattern or typed.Query for lines of text; lines says how
	// they are made.
	form  typed.Codec
	lines typed.Lines
	// request is the thing whose requests are read.
	request *typed.Thing
}

// codecFor finds or makes the codec for a type; its parts are made when it is
// printed, so they come after it.
func (t *goTypes) codecFor(c codec) *codec {
	for _, have := range t.codecs {
		if have.decode == c.decode && have.inner == c.inner && have.text == c.text && have.tag == c.tag &&
			have.form == c.form && reflect.DeepEqual(have.lines, c.lines) && sameWire(have.typ, c.typ) &&
			(!c.decode || samePlaces(have.typ, c.typ)) {
			return have
		}
	}
	c.name = t.unique(c.name)
	t.codecs = append(t.codecs, &c)
	return t.codecs[len(t.codecs)-1]
}

// sameWire is Same with the names and defaults at the border.
func sameWire(a, b *types.Type) bool {
	if !types.Same(a, b) || !types.SameForm(a.Form, b.Form) {
		return false
	}
	switch a.Kind {
	case types.Duration:
		return durationUnit(a) == durationUnit(b)
	case types.List, types.Map, types.Optional:
		return sameWire(a.Elem, b.Elem)
	case types.Record, types.Variant:
		if a.Tag != b.Tag || a.Extra != b.Extra {
			return false
		}
		for i, f := range a.Fields {
			g := b.Fields[i]
			if f.Wire != g.Wire || (f.Default == nil) != (g.Default == nil) || !sameWire(f.Type, g.Type) {
				return false
			}
		}
	}
	return true
}

func (t *goTypes) stem(typ *types.Type) string {
	switch typ.Kind {
	case types.Record, types.Variant:
		if r := t.find(typ); r != nil {
			if _, own, is := strings.Cut(r.name, "."); is {
				return "Own" + own
			}
			return upper(r.name)
		}
		return "Record"
	case types.List:
		return t.stem(typ.Elem) + "List"
	case types.Map:
		return t.stem(typ.Elem) + "Map"
	case types.Optional:
		return "Optional" + t.stem(typ.Elem)
	case types.Quantity:
		return typ.Unit.GoType
	case types.Enum:
		return upper(lowerCamel(typ.Name))
	}
	return map[types.Kind]string{
		types.Bool: "Bool", types.Int: "Int", types.Number: "Number", types.String: "String",
		types.Bytes: "Bytes", types.Time: "Time", types.Duration: "Duration", types.JSON: "JSON",
		types.Date: "Date", types.TimeOfDay: "TimeOfDay",
	}[typ.Kind]
}

// decoder is the name of the function that reads a thing's payload.
func (t *goTypes) decoder(th *typed.Thing) *jen.Statement {
	return t.reader(th.Param, th.Codec, th.Lines, posText(th.Pos))
}

// reader is the name of the function that reads a whole text as a type.
func (t *goTypes) reader(typ *types.Type, form typed.Codec, lines typed.Lines, place string) *jen.Statement {
	c := codec{name: "decode" + t.stem(typ), typ: typ, decode: true, place: place}
	switch form {
	case typed.JSON:
	case typed.CSV, typed.Pattern, typed.SQL:
		c.form, c.lines = form, lines
	default:
		c.text = true
	}
	return jen.Id(t.codecFor(c).name)
}

// sender is the name of the function that writes what a thing sends: text as it
// is, numbers bare, records and lists as JSON.
func (t *goTypes) sender(typ *types.Type) *jen.Statement {
	switch typ.Kind {
	case types.Record, types.List, types.Map, types.Variant:
		return t.encoder(typ)
	}
	return jen.Id(t.codecFor(codec{name: "encode" + t.stem(typ), typ: typ, text: true}).name)
}

// encoder is the name of the function that appends a type as JSON.
func (t *goTypes) encoder(typ *types.Type) *jen.Statement {
	return jen.Id(t.codecFor(codec{name: "append" + t.stem(typ), typ: typ, inner: true}).name)
}

// print writes the codec's function.
func (c *codec) print(t *goTypes, f *jen.File) {
	switch {
	case c.request != nil:
		c.printParser(t, f)
	case c.form != typed.NoCodec:
		c.printLines(t, f)
	case c.decode && c.text:
		c.printTextDecoder(t, f)
	case c.decode && c.inner:
		c.printReader(t, f)
	case c.decode:
		c.printDecoder(t, f)
	case c.text:
		c.printTextEncoder(t, f)
	default:
		c.printEncoder(t, f)
	}
	f.Line()
}

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

func wireName(f types.Field) string {
	if f.Wire != "" {
		return f.Wire
	}
	return f.Name
}

// printTextDecoder prints the reading of a plain-text payload.
func (c *codec) printTextDecoder(t *goTypes, f *jen.File) {
	text := func() *jen.Statement {
		return jen.Qual("strings", "TrimSpace").Call(jen.String().Parens(jen.Id("data")))
	}
	parse := func(name string) []jen.Code {
		return []jen.Code{
			jen.List(jen.Id("n"), jen.Err()).Op(":=").Qual(fnPath, name).Call(text()),
			jen.Op("*").Id("v").Op("=").Add(t.goType(c.typ)).Parens(jen.Id("n")),
			jen.Return(jen.Err()),
		}
	}
	var code []jen.Code
	kind := c.typ.Kind
	if c.typ.Form != nil {
		code, kind = t.parseForm(c.typ, text), types.Bad
	}
	switch kind {
	case types.Bad:
	case types.Int:
		code = []jen.Code{
			jen.List(jen.Id("n"), jen.Err()).Op(":=").Qual(jsonPath, "ParseInt").Call(jen.Id("data")),
			jen.Op("*").Id("v").Op("=").Id("n"),
			jen.Return(jen.Err()),
		}
	case types.Duration:
		code = []jen.Code{
			jen.List(jen.Id("n"), jen.Err()).Op(":=").Qual(fnPath, "ToNumber").Call(text()),
			jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Err())),
			jen.List(jen.Op("*").Id("v"), jen.Err()).Op("=").Qual(fnPath, "MulDuration").Call(
				duration(durationUnit(c.typ)), jen.Id("n")),
			jen.Return(jen.Err()),
		}
	case types.Time:
		code = []jen.Code{
			jen.List(jen.Id("n"), jen.Err()).Op(":=").Qual(fnPath, "ReadTime").Call(text()),
			jen.Op("*").Id("v").Op("=").Id("n"),
			jen.Return(jen.Err()),
		}
	case types.Date, types.TimeOfDay:
		code = []jen.Code{
			jen.List(jen.Id("n"), jen.Err()).Op(":=").Qual(fnPath, "Read"+t.stem(c.typ)).Call(text()),
			jen.Op("*").Id("v").Op("=").Id("n"),
			jen.Return(jen.Err()),
		}
	case types.Number, types.Quantity:
		code = parse("ToNumber")
	case types.Bool:
		code = parse("ToBool")
	case types.Enum:
		code = []jen.Code{
			jen.List(jen.Id("n"), jen.Err()).Op(":=").Qual(jsonPath, "ParseChoice").Call(
				append([]jen.Code{jen.Id("data")}, members(c.typ)...)...),
			jen.Op("*").Id("v").Op("=").Id("n"),
			jen.Return(jen.Err()),
		}
	case types.Bytes:
		code = []jen.Code{jen.Op("*").Id("v").Op("=").Append(jen.Index().Byte().Parens(jen.Nil()), jen.Id("data").Op("...")), jen.Return(jen.Nil())}
	default:
		code = []jen.Code{
			jen.If(jen.Op("!").Qual("unicode/utf8", "Valid").Call(jen.Id("data"))).Block(
				jen.Return(jen.Qual("errors", "New").Call(jen.Lit("expected text, found bytes that are not UTF-8")))),
			jen.Op("*").Id("v").Op("=").String().Parens(jen.Id("data")),
			jen.Return(jen.Nil()),
		}
	}
	f.Comment(c.name + " reads a message of plain text.  " + c.place)
	f.Func().Id(c.name).Params(jen.Id("data").Index().Byte(), jen.Id("v").Op("*").Add(t.goType(c.typ))).Error().Block(code...)
}

// printTextEncoder prints the writing of a bare payload.
func (c *codec) printTextEncoder(t *goTypes, f *jen.File) {
	dst, v := jen.Id("dst"), jen.Id("v")
	var e *jen.Statement
	switch {
	case c.typ.Form != nil && c.typ.Form.Kind == types.Words:
		e = jen.Append(dst, t.bareText(v, c.typ).Op("..."))
	case c.typ.Is(types.String, types.Enum, types.Bytes, types.JSON):
		e = jen.Append(dst, v.Op("..."))
	case c.typ.Kind == types.Time && c.typ.Form == nil:
		e = jen.Qual(fnPath, "AppendTime").Call(dst, v)
	case c.typ.Is(types.Date, types.TimeOfDay):
		e = jen.Qual(fnPath, "Append"+t.stem(c.typ)).Call(dst, v)
	case c.typ.Kind == types.Nothing:
		e = dst
	default:
		e = t.appendScalar(dst, v, c.typ)
	}
	f.Comment(c.name + " writes a message of plain text.")
	f.Func().Id(c.name).Params(jen.Id("dst").Index().Byte(), jen.Id("v").Add(t.goType(c.typ))).Index().Byte().Block(jen.Return(e))
}

// appendScalar appends a value that is no record, list or map, as JSON.
func (t *goTypes) appendScalar(dst, v jen.Code, typ *types.Type) *jen.Statement {
	call := func(name string) *jen.Statement { return jen.Qual(jsonPath, name).Call(dst, v) }
	if typ.Form != nil {
		return t.appendForm(dst, v, typ)
	}
	switch typ.Kind {
	case types.Bool:
		return call("AppendBool")
	case types.Int:
		return call("AppendInt")
	case types.Number, types.Quantity:
		return call("AppendFloat")
	case types.Duration:
		count := jen.Add(v).Dot("Seconds").Call()
		if u := durationUnit(typ); u != time.Second {
			count = count.Op("/").Add(float(u.Seconds()))
		}
		return jen.Qual(jsonPath, "AppendFloat").Call(dst, count)
	case types.Time:
		return call("AppendTime")
	case types.Date, types.TimeOfDay:
		return call("Append" + t.stem(typ))
	case types.JSON:
		return call("AppendRaw")
	case types.Bytes:
		return call("AppendBase64")
	case types.Enum:
		return jen.Qual(jsonPath, "AppendString").Call(dst, jen.String().Parens(v))
	case types.Record, types.List, types.Map, types.Variant:
		return t.encoder(typ).Call(dst, v)
	}
	return call("AppendString")
}

// printEncoder prints the writing of a record, list or map as JSON.
func (c *codec) printEncoder(t *goTypes, f *jen.File) {
	var code []jen.Code
	switch c.typ.Kind {
	case types.Record:
		code = c.writeRecord(t)
	case types.Variant:
		code = c.writeVariant(t)
	case types.List:
		code = []jen.Code{
			assignDst(jen.Append(jen.Id("dst"), jen.LitRune('['))),
			jen.For(jen.List(jen.Id("i"), jen.Id("e")).Op(":=").Range().Id("v")).Block(
				jen.If(jen.Id("i").Op(">").Lit(0)).Block(assignDst(jen.Append(jen.Id("dst"), jen.LitRune(',')))),
				assignDst(t.appendAny(jen.Id("e"), c.typ.Elem))),
			jen.Return(jen.Append(jen.Id("dst"), jen.LitRune(']'))),
		}
	case types.Map:
		code = []jen.Code{
			assignDst(jen.Append(jen.Id("dst"), jen.LitRune('{'))),
			jen.For(jen.List(jen.Id("i"), jen.Id("k")).Op(":=").Range().Qual(fnPath, "Keys").Call(jen.Id("v"))).Block(
				jen.If(jen.Id("i").Op(">").Lit(0)).Block(assignDst(jen.Append(jen.Id("dst"), jen.LitRune(',')))),
				assignDst(jen.Qual(jsonPath, "AppendString").Call(jen.Id("dst"), jen.Id("k"))),
				assignDst(jen.Append(jen.Id("dst"), jen.LitRune(':'))),
				assignDst(t.appendAny(jen.Id("v").Index(jen.Id("k")), c.typ.Elem))),
			jen.Return(jen.Append(jen.Id("dst"), jen.LitRune('}'))),
		}
	case types.Optional:
		code = []jen.Code{
			jen.If(jen.Op("!").Id("v").Dot("OK")).Block(jen.Return(jen.Qual(jsonPath, "AppendNull").Call(jen.Id("dst")))),
			jen.Return(t.appendScalar(jen.Id("dst"), jen.Id("v").Dot("V"), c.typ.Elem)),
		}
	default:
		code = []jen.Code{jen.Return(t.appendScalar(jen.Id("dst"), jen.Id("v"), c.typ))}
	}
	f.Comment(c.name + " writes JSON.")
	f.Func().Id(c.name).Params(jen.Id("dst").Index().Byte(), jen.Id("v").Add(t.goType(c.typ))).Index().Byte().Block(code...)
}

func assignDst(e jen.Code) jen.Code { return jen.Id("dst").Op("=").Add(e) }

// appendAny appends an element, which may be optional.
func (t *goTypes) appendAny(v jen.Code, typ *types.Type) *jen.Statement {
	if typ.Kind == types.Optional {
		return t.encoder(typ).Call(jen.Id("dst"), v)
	}
	return t.appendScalar(jen.Id("dst"), v, typ)
}

// writeRecord writes the fields in their order; one that is missing is left out.
func (c *codec) writeRecord(t *goTypes) []jen.Code {
	return t.writeFields(c.typ, jen.Id("v"), "{")
}

// writeFields writes the fields of v; head is what the object begins with.
func (t *goTypes) writeFields(typ *types.Type, v *jen.Statement, head string) []jen.Code {
	var code []jen.Code
	sep, first, optional := head, true, false
	if head != "{" {
		sep += ","
	}
	begin := func() jen.Code { return assignDst(jen.Append(jen.Id("dst"), jen.Lit(head).Op("..."))) }
	for _, fl := range typ.Fields {
		v := v.Clone().Dot(t.field(typ, fl.Name))
		name := jsonName(wireName(fl)) + ":"
		if fl.Type.Kind == types.Optional {
			if first {
				code = append(code, begin())
			}
			code = append(code, jen.If(v.Clone().Dot("OK")).Block(
				assignDst(jen.Qual(jsonPath, "AppendName").Call(jen.Id("dst"), jen.Lit(wireName(fl)))),
				assignDst(t.appendScalar(jen.Id("dst"), v.Clone().Dot("V"), fl.Type.Elem))))
			optional, first = true, false
			continue
		}
		if optional {
			code = append(code, assignDst(jen.Qual(jsonPath, "AppendName").Call(jen.Id("dst"), jen.Lit(wireName(fl)))))
		} else {
			code = append(code, assignDst(jen.Append(jen.Id("dst"), jen.Lit(sep+name).Op("..."))))
		}
		code = append(code, assignDst(t.appendScalar(jen.Id("dst"), v, fl.Type)))
		sep, first = ",", false
	}
	if len(typ.Fields) == 0 {
		code = append(code, begin())
	}
	return append(code, jen.Return(jen.Append(jen.Id("dst"), jen.LitRune('}'))))
}

// jsonName is a field's name as JSON writes it.
func jsonName(name string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(name) != nil {
		return `""`
	}
	return string(bytes.TrimSpace(b.Bytes()))
}
