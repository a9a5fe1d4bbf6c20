package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// printLines prints what reads or writes lines of text.
func (c *codec) printLines(t *goTypes, f *jen.File) {
	switch {
	case c.decode && c.inner:
		c.printLineReader(t, f)
	case c.decode:
		c.printLinesDecoder(t, f)
	case c.form == typed.SQL:
		c.printRowEncoder(t, f)
	case c.form == typed.Query:
		c.printQuery(t, f)
	default:
		c.printLineEncoder(t, f)
	}
}

// printLinesDecoder prints
//
//	func decodeRooms(data []byte, v *[]room) error {
//		var r wiretext.Reader
//		r.CSV(data, ';')
//		*v = nil
//		for r.Next() {
//			var e room
//			readRoomLine(&r, &e)
//			*v = append(*v, e)
//		}
//		return r.End()
//	}
func (c *codec) printLinesDecoder(t *goTypes, f *jen.File) {
	row, many := c.typ, c.typ.Kind == types.List
	if many {
		row = c.typ.Elem
	}
	if c.typ.Kind == types.Optional {
		row = c.typ.Elem
	}
	line := t.codecFor(codec{
		name: "read" + t.stem(row) + "Line", typ: row, decode: true, inner: true, form: c.form,
		lines: typed.Lines{Captures: c.lines.Captures},
	})
	code := append([]jen.Code{jen.Var().Id("r").Qual(c.readerPath(), "Reader")}, c.beginLines(row)...)
	switch {
	case c.typ.Kind == types.Optional:
		code = append(code,
			jen.Op("*").Id("v").Op("=").Add(t.goType(c.typ)).Values(),
			jen.If(jen.Id("r").Dot("Next").Call()).Block(
				jen.Id(line.name).Call(jen.Op("&").Id("r"), jen.Op("&").Id("v").Dot("V")),
				jen.Id("v").Dot("OK").Op("=").True()))
	case many:
		code = append(code,
			jen.Op("*").Id("v").Op("=").Add(t.goType(c.typ)).Values(),
			jen.For(jen.Id("r").Dot("Next").Call()).Block(
				jen.Var().Id("e").Add(t.goType(row)),
				jen.Id(line.name).Call(jen.Op("&").Id("r"), jen.Op("&").Id("e")),
				jen.Op("*").Id("v").Op("=").Append(jen.Op("*").Id("v"), jen.Id("e"))))
		code = append(code, c.declared()...)
	default:
		code = append(code, jen.Id("r").Dot("One").Call(), jen.Id(line.name).Call(jen.Op("&").Id("r"), jen.Id("v")))
	}
	code = append(code, jen.Return(jen.Id("r").Dot("End").Call()))
	what := "lines of CSV"
	switch c.form {
	case typed.Pattern:
		what = "lines of text"
	case typed.SQL:
		what = "what a query gives"
	}
	f.Comment(c.name + " reads " + what + ".  " + c.place)
	f.Func().Id(c.name).Params(jen.Id("data").Index().Byte(), jen.Id("v").Op("*").Add(t.goType(c.typ))).Error().Block(code...)
}

// readerPath is the package whose Reader it is.
func (c *codec) readerPath() string {
	if c.form == typed.SQL {
		return sqlPath
	}
	return textPath
}

// beginLines begins a message: how its lines are made, and what its header names.
func (c *codec) beginLines(row *types.Type) []jen.Code {
	r := func(method string, args ...jen.Code) jen.Code { return jen.Id("r").Dot(method).Call(args...) }
	if c.form == typed.SQL {
		return []jen.Code{r("Rows", jen.Id("data"), jen.Lit(len(c.lines.Captures)))}
	}
	if c.form == typed.Pattern {
		return []jen.Code{r("Lines", append([]jen.Code{jen.Id("data")}, texts(c.lines.Texts)...)...)}
	}
	code := []jen.Code{r("CSV", jen.Id("data"), jen.LitRune(rune(c.lines.Separator)))}
	if row.Extra == types.ExtraRejected {
		code = append(code, r("Exactly", jen.Lit(len(row.Fields))))
	}
	if c.lines.Header {
		var names []string
		for _, f := range row.Fields {
			names = append(names, wireName(f))
		}
		code = append(code, r("Header", texts(names)...))
	}
	return code
}

// printLineReader prints the reading of one line:
//
//	func readRoomLine(r *wiretext.Reader, v *room) {
//		*v = room{}
//		r.Cell(0, "name")
//		v.Name = r.Text()
//		if r.Given(1, "temperature") {
//			v.Temperature = flow.Some(unit.Temperature(r.Float()))
//		}
//	}
func (c *codec) printLineReader(t *goTypes, f *jen.File) {
	code := []jen.Code{jen.Op("*").Id("v").Op("=").Add(t.goType(c.typ)).Values()}
	for n, fl := range c.typ.Fields {
		place := func() *jen.Statement { return jen.Id("v").Dot(exportedField(fl.Name)) }
		if fl.Default != nil {
			code = append(code, place().Op("=").Add(t.literal(fl.Default, fl.Type, true)))
		}
		name := wireName(fl)
		if c.form == typed.Pattern || c.form == typed.SQL {
			n, name = slices.Index(c.lines.Captures, fl.Name), fl.Name
		}
		at := []jen.Code{jen.Lit(n), jen.Lit(name)}
		typ := fl.Type
		if typ.Kind == types.Optional {
			typ = typ.Elem
		}
		read := t.cell(typ)
		if fl.Default == nil && fl.Type.Kind != types.Optional {
			code = append(code, jen.Id("r").Dot("Cell").Call(at...), place().Op("=").Add(read))
			continue
		}
		given := "Given"
		if typ.Kind == types.String && typ.Form == nil {
			given = "GivenText"
		}
		if fl.Type.Kind == types.Optional {
			read = flowName("Some").Call(read)
		}
		code = append(code, jen.If(jen.Id("r").Dot(given).Call(at...)).Block(place().Op("=").Add(read)))
	}
	code = append(code, c.declared()...)
	f.Func().Id(c.name).Params(jen.Id("r").Op("*").Qual(c.readerPath(), "Reader"), jen.Id("v").Op("*").Add(t.goType(c.typ))).Block(code...)
}

// cell reads the column at hand.
func (t *goTypes) cell(typ *types.Type) *jen.Statement {
	r := func(m string, args ...jen.Code) *jen.Statement { return jen.Id("r").Dot(m).Call(args...) }
	if typ.Form != nil {
		return t.formCell(typ)
	}
	switch typ.Kind {
	case types.Bool:
		return r("Bool")
	case types.Int:
		return r("Int")
	case types.Number:
		return r("Float")
	case types.Quantity:
		return t.goType(typ).Parens(r("Float"))
	case types.Time, types.Date, types.TimeOfDay:
		return r(t.stem(typ))
	case types.Duration:
		return r("Duration", duration(durationUnit(typ)))
	case types.Enum:
		return r("Choice", members(typ)...)
	case types.Bytes:
		return r("Base64")
	case types.JSON:
		return r("JSON")
	}
	return r("Text")
}

// formCell reads a column that is spelled in another way.
func (t *goTypes) formCell(typ *types.Type) *jen.Statement {
	r := func(m string, args ...jen.Code) *jen.Statement { return jen.Id("r").Dot(m).Call(args...) }
	form := typ.Form
	switch form.Kind {
	case types.Scaled:
		return t.numberAs(typ, r("Scaled", float(form.Factor)))
	case types.StringAs:
		if typ.Kind == types.Int {
			return r("Int")
		}
		return t.numberAs(typ, r("Float"))
	case types.Epoch:
		return r("Epoch", duration(form.Unit))
	}
	word := r("Word", texts(form.Words)...)
	if typ.Kind == types.Bool {
		return word.Op("==").Lit(1)
	}
	return t.memberOf(typ, word)
}
