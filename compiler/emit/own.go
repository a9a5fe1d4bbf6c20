package emit

import (
	"slices"
	"strconv"

	"github.com/dave/jennifer/jen"

	"flowc/lang/catalog"
)

// ownCall calls a function of the flow's own Go. Its result may be what no value of a
// flow is (NaN, no member of its enumeration): that is a failure of the call.
func (b *body) ownCall(f *catalog.Function, args []jen.Code) *jen.Statement {
	if !plainCall(f) {
		if !slices.Contains(b.g.owned, f) {
			b.g.owned = append(b.g.owned, f)
		}
		c := jen.Id(ownName(f)).Call(args...)
		if f.Fallible {
			return b.checked(c)
		}
		return c
	}
	c := jen.Qual(f.Package, f.Go).Call(args...)
	if f.Errs {
		c = b.checked(c)
	}
	c = widened(c, f.Result)
	if check := b.g.resultCheck(c, f.Result); check != nil {
		return b.checked(check)
	}
	return c
}

func ownName(f *catalog.Function) string { return catalog.OwnName + f.Go }

// plainCall reports whether a call needs no function of generated code around it.
func plainCall(f *catalog.Function) bool {
	for _, a := range f.Args {
		if a.Type.Go == "*" {
			return false
		}
	}
	return f.Result.Elem == nil && f.Result.Name != "record"
}

// widened makes the language's own number of a smaller one.
func widened(e *jen.Statement, t *catalog.Type) *jen.Statement {
	switch {
	case t.Name == "int" && t.Go != "":
		return jen.Int64().Parens(e)
	case t.Name == "number" && t.Go != "":
		return jen.Float64().Parens(e)
	}
	return e
}

// resultCheck is a call that passes a result on or gives an error; nil where every
// value of the Go type is one of the flow's.
func (g *generator) resultCheck(e *jen.Statement, t *catalog.Type) *jen.Statement {
	switch t.Name {
	case "number", "quantity":
		return jen.Qual(fnPath, "Finite").Call(e)
	case "enum":
		args := []jen.Code{e}
		if members := g.plan.Flow.Catalog.Enum(t.Ref); members != nil {
			for _, v := range members.Values {
				args = append(args, jen.Qual(members.Package, v.Go))
			}
		}
		return jen.Qual(fnPath, "Member").Call(args...)
	}
	return nil
}

// ownFile prints own.go: a function around each of the flow's own Go whose data is
// not that of the flow as it stands.
func (g *generator) ownFile(f *jen.File) {
	for i := 0; i < len(g.owned); i++ {
		g.printOwn(f, g.owned[i])
	}
}

// printOwn prints
//
//	// ownForecast calls Forecast of the flow's own Go, and looks at what it gives.
//	func ownForecast(a0 unit.Temperature) (v own.Sample, err error) {
//		if v, err = own.Forecast(a0); err != nil {
//			return v, err
//		}
//		if _, err = fn.Finite(v.Chance); err != nil {
//			return v, err
//		}
//		return v, nil
//	}
func (g *generator) printOwn(f *jen.File, fn *catalog.Function) {
	var params, args []jen.Code
	for i, a := range fn.Args {
		name := "a" + strconv.Itoa(i)
		p, x := jen.Id(name), jen.Id(name)
		if a.Variadic {
			p, x = p.Op("..."), x.Op("...")
		}
		if a.Type.Go == "*" {
			x = jen.Qual(fnPath, "PointerTo").Call(x)
		}
		params, args = append(params, p.Add(g.catalogGo(a.Type))), append(args, x)
	}
	call := jen.Qual(fn.Package, fn.Go).Call(args...)
	out := jen.Add(g.catalogGo(fn.Result))
	f.Comment(ownName(fn) + " calls " + fn.Go + " of the flow's own Go, and brings its data into the form of the flow's.  " +
		fn.Place.File + ":" + strconv.Itoa(fn.Place.Line))
	if !fn.Fallible {
		f.Func().Id(ownName(fn)).Params(params...).Add(out).Block(jen.Return(fromGo(call, fn.Result)))
		f.Line()
		return
	}
	fail := jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Id("v"), jen.Err()))
	var code []jen.Code
	switch {
	case fn.Errs && fromGo(jen.Id("made"), fn.Result) != nil && fn.Result.Go != "":
		code = append(code, jen.List(jen.Id("made"), jen.Err()).Op(":=").Add(call),
			jen.If(jen.Err().Op("!=").Nil()).Block(jen.Return(jen.Id("v"), jen.Err())),
			jen.Id("v").Op("=").Add(fromGo(jen.Id("made"), fn.Result)))
	case fn.Errs:
		code = append(code, jen.List(jen.Id("v"), jen.Err()).Op("=").Add(call), fail)
	default:
		code = append(code, jen.Id("v").Op("=").Add(fromGo(call, fn.Result)))
	}
	code = append(code, g.looks(jen.Id("v"), fn.Result)...)
	code = append(code, jen.Return(jen.Id("v"), jen.Nil()))
	f.Func().Id(ownName(fn)).Params(params...).Params(jen.Id("v").Add(out), jen.Err().Error()).Block(code...)
	f.Line()
}

// fromGo brings a result into the form of the flow's data.
func fromGo(e *jen.Statement, t *catalog.Type) *jen.Statement {
	if t.Go == "*" {
		return jen.Qual(fnPath, "OptionalOf").Call(e)
	}
	return widened(e, t)
}

// looks are the statements that look for what is no value of a flow inside v.
func (g *generator) looks(v *jen.Statement, t *catalog.Type) []jen.Code {
	if c := g.resultCheck(v.Clone(), t); c != nil {
		return []jen.Code{jen.If(jen.List(jen.Id("_"), jen.Err()).Op("=").Add(c), jen.Err().Op("!=").Nil()).Block(
			jen.Return(jen.Id("v"), jen.Err()))}
	}
	switch t.Name {
	case "optional":
		if inner := g.looks(v.Clone().Dot("V"), t.Elem); inner != nil {
			return []jen.Code{jen.If(v.Clone().Dot("OK")).Block(inner...)}
		}
	case "list", "map":
		if inner := g.looks(jen.Id("e"), t.Elem); inner != nil {
			return []jen.Code{jen.For(jen.List(jen.Id("_"), jen.Id("e")).Op(":=").Range().Add(v.Clone())).Block(inner...)}
		}
	case "record":
		var list []jen.Code
		for _, f := range g.plan.Flow.Catalog.Record(t.Ref).Fields {
			list = append(list, g.looks(v.Clone().Dot(f.Go), f.Type)...)
		}
		return list
	}
	return nil
}
