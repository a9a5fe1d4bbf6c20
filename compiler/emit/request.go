package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// parser is the name of the function that reads the requests of a thing.
func (t *goTypes) parser(th *typed.Thing) *jen.Statement {
	c := &codec{name: t.unique("parse" + t.stem(th.Param)), typ: th.Param, request: th, place: posText(th.Pos)}
	t.codecs = append(t.codecs, c)
	return jen.Id(c.name)
}

// printParser prints
//
//	func parseTargetMsg(a flow.Asked, v *targetMsg) error {
//		v.Room = a.Captured[0]
//		if err := flow.Field(a, "limit", decodeInt, &v.Query.Limit); err != nil {
//			return err
//		}
//		return decodeTargetMsgBody(a.Body, &v.Body)
//	}
func (c *codec) printParser(t *goTypes, f *jen.File) {
	var code []jen.Code
	var reads, body []*jen.Statement
	captured := 0
	for _, fl := range c.typ.Fields {
		place := jen.Id("v").Dot(exportedField(fl.Name))
		switch partOf(c.request, fl.Name) {
		case "":
			code = append(code, place.Op("=").Id("a").Dot("Captured").Index(jen.Lit(captured)))
			captured++
		case "query":
			defaults, fields := c.readQuery(t, place, fl.Type)
			code, reads = append(code, defaults...), fields
		default:
			read := t.reader(fl.Type, bodyCodec(fl.Type), typed.Lines{}, c.place)
			body = []*jen.Statement{read.Call(jen.Id("a").Dot("Body"), jen.Op("&").Add(place))}
		}
	}
	code = append(code, oneByOne(append(reads, body...))...)
	f.Comment(c.name + " reads a request.  " + c.place)
	f.Func().Id(c.name).Params(jen.Id("a").Add(flowName("Asked")), jen.Id("v").Op("*").Add(t.goType(c.typ))).Error().Block(code...)
}

// oneByOne calls what gives an error each, and returns the first error.
func oneByOne(calls []*jen.Statement) []jen.Code {
	if len(calls) == 0 {
		return []jen.Code{jen.Return(jen.Nil())}
	}
	var code []jen.Code
	last := len(calls) - 1
	for _, call := range calls[:last] {
		code = append(code, jen.If(jen.Err().Op(":=").Add(call), jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Err())))
	}
	return append(code, jen.Return(calls[last]))
}

// bodyCodec is how a body is read: text and bytes as they come, the rest as JSON.
func bodyCodec(t *types.Type) typed.Codec {
	switch {
	case t.Form != nil:
	case t.Kind == types.String:
		return typed.RawText
	case t.Kind == types.Bytes:
		return typed.RawBytes
	}
	return typed.JSON
}

// partOf says where a field of a request comes from: "" is the path.
func partOf(th *typed.Thing, name string) string {
	for _, f := range th.Kind.Fields {
		if f.Role == catalog.RolePart && f.Name == name {
			return f.Tags["part"]
		}
	}
	return ""
}

// readQuery reads the fields of a query, each as a text of its own, after those that
// may be left out were given their defaults.
func (c *codec) readQuery(t *goTypes, place *jen.Statement, typ *types.Type) (defaults []jen.Code, reads []*jen.Statement) {
	for _, fl := range typ.Fields {
		at := place.Clone().Dot(exportedField(fl.Name))
		word, elem := "Field", fl.Type
		switch {
		case fl.Default != nil:
			word = "FieldIf"
			defaults = append(defaults, at.Clone().Op("=").Add(t.literal(fl.Default, fl.Type, true)))
		case fl.Type.Kind == types.Optional:
			word, elem = "FieldOpt", fl.Type.Elem
		}
		read := t.reader(elem, typed.Text, typed.Lines{}, c.place)
		reads = append(reads, flowName(word).Call(jen.Id("a"), jen.Lit(wireName(fl)), read, jen.Op("&").Add(at)))
	}
	return defaults, reads
}
