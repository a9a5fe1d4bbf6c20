package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/lang/types"
)

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
