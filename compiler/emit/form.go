package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/lang/types"
)

// formScalar reads a value that is spelled in another way than JSON's own.
func (t *goTypes) formScalar(typ *types.Type) *jen.Statement {
	s := func(m string, args ...jen.Code) *jen.Statement { return jen.Id("s").Dot(m).Call(args...) }
	form := typ.Form
	switch form.Kind {
	case types.Scaled:
		return t.numberAs(typ, s("Scaled", float(form.Factor)))
	case types.StringAs:
		if typ.Kind == types.Int {
			return s("IntText")
		}
		return t.numberAs(typ, s("NumberText"))
	case types.Epoch:
		return s("Epoch", duration(form.Unit))
	}
	if typ.Kind == types.Bool {
		return s("Word", texts(form.Words)...).Op("==").Lit(1)
	}
	return t.memberOf(typ, s("Word", texts(form.Words)...))
}

// numberAs converts a float64 to the type's own.
func (t *goTypes) numberAs(typ *types.Type, e *jen.Statement) *jen.Statement {
	if typ.Kind == types.Number {
		return e
	}
	return t.goType(typ).Parens(e)
}

func texts(words []string) []jen.Code {
	var list []jen.Code
	for _, w := range words {
		list = append(list, jen.Lit(w))
	}
	return list
}

// memberOf is the member of an enumeration whose word stands at place i:
//
//	[...]string{"off", "eco"}[i]
func (t *goTypes) memberOf(typ *types.Type, i *jen.Statement) *jen.Statement {
	return jen.Index(jen.Op("...")).Add(t.goType(typ)).Values(texts(typ.Values)...).Index(i)
}

// appendForm writes a value the way it is spelled outside.
func (t *goTypes) appendForm(dst, v jen.Code, typ *types.Type) *jen.Statement {
	call := func(name string, args ...jen.Code) *jen.Statement {
		return jen.Qual(jsonPath, name).Call(append([]jen.Code{dst, v}, args...)...)
	}
	form := typ.Form
	switch form.Kind {
	case types.Scaled:
		return jen.Qual(jsonPath, "AppendFloat").Call(dst, jen.Add(v).Op("/").Add(float(form.Factor)))
	case types.StringAs:
		if typ.Kind == types.Int {
			return call("AppendIntText")
		}
		return call("AppendNumberText")
	case types.Epoch:
		return call("AppendEpoch", duration(form.Unit))
	}
	if typ.Kind == types.Bool {
		return call("AppendWord", texts(form.Words)...)
	}
	return jen.Qual(jsonPath, "AppendString").Call(dst, t.wordOf(typ, v))
}

// wordOf is the word of a member:
//
//	map[string]string{"off": "0", "eco": "E"}[v]
func (t *goTypes) wordOf(typ *types.Type, v jen.Code) *jen.Statement {
	return jen.Map(t.goType(typ)).String().CustomFunc(jen.Options{Open: "{", Close: "}", Separator: ", "}, func(g *jen.Group) {
		for i, m := range typ.Values {
			g.Lit(m).Op(":").Lit(typ.Form.Words[i])
		}
	}).Index(v)
}

// parseForm reads a whole message of plain text that is spelled in its own way.
func (t *goTypes) parseForm(typ *types.Type, text func() *jen.Statement) []jen.Code {
	set := func(e *jen.Statement) []jen.Code {
		return []jen.Code{jen.Op("*").Id("v").Op("=").Add(e), jen.Return(jen.Err())}
	}
	n := func(call *jen.Statement) jen.Code { return jen.List(jen.Id("n"), jen.Err()).Op(":=").Add(call) }
	switch typ.Form.Kind {
	case types.Scaled:
		read := n(jen.Qual(fnPath, "ToNumber").Call(text()))
		return append([]jen.Code{read}, set(t.numberAs(typ, jen.Id("n").Op("*").Add(float(typ.Form.Factor))))...)
	case types.StringAs:
		if typ.Kind == types.Int {
			return append([]jen.Code{n(jen.Qual(jsonPath, "ParseInt").Call(jen.Id("data")))}, set(jen.Id("n"))...)
		}
		return append([]jen.Code{n(jen.Qual(fnPath, "ToNumber").Call(text()))}, set(t.numberAs(typ, jen.Id("n")))...)
	case types.Epoch:
		return []jen.Code{
			n(jen.Qual(fnPath, "ToNumber").Call(text())),
			jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Err())),
			jen.List(jen.Op("*").Id("v"), jen.Err()).Op("=").Qual(jsonPath, "EpochTime").Call(jen.Id("n"), duration(typ.Form.Unit)),
			jen.Return(jen.Err()),
		}
	}
	word := n(jen.Qual(jsonPath, "ParseWord").Call(append([]jen.Code{jen.Qual("bytes", "TrimSpace").Call(jen.Id("data"))}, texts(typ.Form.Words)...)...))
	if typ.Kind == types.Bool {
		return append([]jen.Code{word}, set(jen.Id("n").Op("==").Lit(1))...)
	}
	return append([]jen.Code{word}, set(t.memberOf(typ, jen.Id("n")))...)
}
