package emit

import (
	"bytes"
	"encoding/json"
	"time"

	"github.com/dave/jennifer/jen"

	"flowc/lang/types"
)

func wireName(f types.Field) string {
	if f.Wire != "" {
		return f.Wire
	}
	return f.Name
}

// appendScalar appends a value that is no record, list or map, as JSON.
func (t *goTypes) appendScalar(dst, v jen.Code, typ *types.Type) *jen.Statement {
	call := func(name string) *jen.Statement { return jen.Qual(jsonPath, name).Call(dst, v) }
	if typ.Form != nil {
		return t.appendForm(dst, v, typ)
	}
	switch typ.Kind {
	case types.Nothing:
		// What only happened, in the list of a batch or beside something else in a pair.
		return jen.Qual(jsonPath, "AppendNull").Call(dst)
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
		if typ.GoType != "" {
			v = jen.String().Parens(v)
		}
		return jen.Qual(jsonPath, "AppendString").Call(dst, v)
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
			jen.For(element(c.typ).Op(":=").Range().Id("v")).Block(
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

// element is the head of a loop over a list. What only happened is nothing to look at.
func element(list *types.Type) *jen.Statement {
	if list.Elem.Kind == types.Nothing {
		return jen.Id("i")
	}
	return jen.List(jen.Id("i"), jen.Id("e"))
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
	begin := func() jen.Code { return assignDst(jen.Append(jen.Id("dst"), quoted(head).Op("..."))) }
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
			code = append(code, assignDst(jen.Append(jen.Id("dst"), quoted(sep+name).Op("..."))))
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
