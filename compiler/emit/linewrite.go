package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// lineEncoder is the name of the function that appends a record as a line of text.
func (t *goTypes) lineEncoder(typ *types.Type, x *typed.Encode) *jen.Statement {
	name := "appendLine"
	if x.Codec == typed.Query {
		name = "appendQuery"
	}
	return jen.Id(t.codecFor(codec{name: name + t.stem(typ), typ: typ, form: x.Codec, lines: x.Lines}).name)
}

// printLineEncoder prints
//
//	func appendLineRoom(dst []byte, v room) []byte {
//		dst = wiretext.AppendText(dst, v.Name, ',')
//		dst = append(dst, ',')
//		dst = wirejson.AppendFloat(dst, v.Temperature)
//		return dst
//	}
func (c *codec) printLineEncoder(t *goTypes, f *jen.File) {
	var code []jen.Code
	separator := jen.LitRune(rune(c.lines.Separator))
	for n, fl := range c.typ.Fields {
		if n > 0 {
			code = append(code, assignDst(jen.Append(jen.Id("dst"), separator)))
		}
		v := jen.Id("v").Dot(exportedField(fl.Name))
		if fl.Type.Kind == types.Optional {
			code = append(code, jen.If(v.Clone().Dot("OK")).Block(assignDst(t.appendColumn(v.Clone().Dot("V"), fl.Type.Elem, separator))))
			continue
		}
		code = append(code, assignDst(t.appendColumn(v, fl.Type, separator)))
	}
	f.Comment(c.name + " writes a line of CSV.")
	f.Func().Id(c.name).Params(jen.Id("dst").Index().Byte(), jen.Id("v").Add(t.goType(c.typ))).Index().Byte().Block(
		append(code, jen.Return(jen.Id("dst")))...)
}

// appendColumn appends a value as a column.
func (t *goTypes) appendColumn(v *jen.Statement, typ *types.Type, separator jen.Code) *jen.Statement {
	if text := t.bareText(v, typ); text != nil {
		return jen.Qual(textPath, "AppendText").Call(jen.Id("dst"), text, separator)
	}
	return t.appendBare(jen.Id("dst"), v, typ)
}

// bareText is the text of a value that may hold any character, nil for one whose
// characters are all harmless.
func (t *goTypes) bareText(v *jen.Statement, typ *types.Type) *jen.Statement {
	switch {
	case typ.Form != nil && typ.Form.Kind == types.Words && typ.Kind == types.Bool:
		return jen.Qual(textPath, "Word").Call(append([]jen.Code{v}, texts(typ.Form.Words)...)...)
	case typ.Form != nil && typ.Form.Kind == types.Words:
		return t.wordOf(typ, v)
	case typ.Kind == types.Enum && typ.GoType != "":
		return jen.String().Parens(v)
	case typ.Is(types.String, types.Enum, types.JSON):
		return v
	}
	return nil
}

// appendBare appends a number, switch, moment or bytes without quotation marks.
func (t *goTypes) appendBare(dst, v jen.Code, typ *types.Type) *jen.Statement {
	plain := typ.Form == nil
	if !plain && typ.Form.Kind == types.StringAs {
		typ, plain = typ.Plain(), true
	}
	switch {
	case plain && typ.Is(types.Time, types.Date, types.TimeOfDay):
		return jen.Qual(fnPath, "Append"+t.stem(typ)).Call(dst, v)
	case plain && typ.Kind == types.Bytes:
		return jen.Qual(textPath, "AppendBase64").Call(dst, v)
	}
	return t.appendScalar(dst, v, typ)
}

// printQuery prints
//
//	func appendQueryCall(dst []byte, v call) []byte {
//		dst = wiretext.AppendQuery(dst, "room", v.Room)
//		dst = wiretext.AppendQuery(dst, "level", string(wirejson.AppendFloat(nil, v.Level)))
//		return dst
//	}
func (c *codec) printQuery(t *goTypes, f *jen.File) {
	var code []jen.Code
	add := func(name string, v *jen.Statement, typ *types.Type) jen.Code {
		text := t.bareText(v, typ)
		if text == nil {
			text = jen.String().Parens(t.appendBare(jen.Nil(), v, typ))
		}
		return assignDst(jen.Qual(textPath, "AppendQuery").Call(jen.Id("dst"), jen.Lit(name), text))
	}
	for _, fl := range c.typ.Fields {
		v := jen.Id("v").Dot(exportedField(fl.Name))
		name := wireName(fl)
		switch fl.Type.Kind {
		case types.Optional:
			code = append(code, jen.If(v.Clone().Dot("OK")).Block(add(name, v.Clone().Dot("V"), fl.Type.Elem)))
		case types.List:
			code = append(code, jen.For(jen.List(jen.Id("_"), jen.Id("e")).Op(":=").Range().Add(v)).Block(add(name, jen.Id("e"), fl.Type.Elem)))
		default:
			code = append(code, add(name, v, fl.Type))
		}
	}
	f.Comment(c.name + " writes the query of an address.")
	f.Func().Id(c.name).Params(jen.Id("dst").Index().Byte(), jen.Id("v").Add(t.goType(c.typ))).Index().Byte().Block(
		append(code, jen.Return(jen.Id("dst")))...)
}
