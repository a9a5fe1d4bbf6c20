package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// expr prints x as a Go expression; what needs statements (a branch, a check)
// adds them to the body first.
func (b *body) expr(x typed.Expr) *jen.Statement {
	switch x := x.(type) {
	case *typed.Const:
		return b.g.types.literal(x.V, x.Type, false)
	case *plan.Read:
		if isRequest(b.step, x.Wire) {
			return jen.Id(b.step.Request)
		}
		b.need([]*plan.Wire{x.Wire})
		return b.g.wire(x.Wire).Dot("V")
	case *plan.Ahead:
		coming := jen.True()
		if len(x.When) > 0 {
			coming = b.g.anyHappens(x.When)
		}
		return b.g.opField(x.Step).Dot("Ahead").Call(coming)
	case *plan.Intent:
		return b.g.intent(x.Thing, x.Field.Go)
	case *typed.SettingRef:
		return p("settings", b.g.settingField(x.Setting))
	case *typed.LocalRef:
		return jen.Id(b.local(x.Local))
	case *typed.TimeOf:
		return b.timeOf(x)
	case *typed.KeyOf:
		return jen.Id("s").Dot(b.g.captureField(b.step.Region, x.Name))
	case *typed.MetaOf:
		return p(b.g.thing(x.Thing).Go, "Meta", b.g.metaField(x))
	case *typed.Field:
		return b.operand(x.X).Dot(b.g.types.field(x.X.Base().Type, x.Name))
	case *typed.Unwrap:
		return b.operand(x.X).Dot("V")
	case *typed.Present:
		return b.operand(x.X).Dot("OK")
	case *typed.Wrap:
		return b.wrap(x)
	case *typed.Convert:
		return b.convert(x)
	case *typed.Unary:
		return b.unary(x)
	case *typed.Binary:
		return b.binary(x)
	case *typed.Cond:
		return b.cond(x)
	}
	return b.compound(x)
}

// compound prints the expressions made of calls, texts and collections.
func (b *body) compound(x typed.Expr) *jen.Statement {
	switch x := x.(type) {
	case *typed.Call:
		return b.call(x)
	case *typed.Default:
		return b.orElse(x)
	case *typed.Try:
		v := b.caught(x.X)
		if b.simple(x.D) {
			return v.Dot("Or").Call(b.given(x.D))
		}
		return b.tried(v, x.D)
	case *typed.IsReady:
		return b.isReady(x)
	case *typed.ToText:
		return b.toText(x)
	case *typed.Template:
		return b.template(x)
	case *typed.TopicPart:
		return b.checked(flowName("TopicPart").Call(b.expr(x.X)))
	case *typed.URLPart:
		return b.checked(flowName("URLPart").Call(b.expr(x.X)))
	case *typed.PairsOf:
		return b.pairs(x)
	case *typed.ListOf:
		return b.g.types.goType(x.Type).Values(b.exprs(x.Elems)...)
	case *typed.RecordOf:
		return b.record(x)
	case *typed.Index:
		return b.index(x)
	case *typed.For:
		return b.loop(x)
	}
	return b.choice(x)
}

func (b *body) exprs(list []typed.Expr) []jen.Code {
	var out []jen.Code
	for _, x := range list {
		out = append(out, b.given(x))
	}
	return out
}

// operand is expr in parentheses where a selector or operator follows.
func (b *body) operand(x typed.Expr) *jen.Statement {
	e := b.expr(x)
	switch x.(type) {
	case *typed.Binary, *typed.Unary, *typed.Template:
		return grouped(e)
	}
	if isLiteral(x) {
		return jen.Parens(e)
	}
	return e
}

// isLiteral reports whether x is printed as T{…}, which Go reads only in
// parentheses before a block, in the head of an `if`.
func isLiteral(x typed.Expr) bool {
	switch x := x.(type) {
	case *typed.RecordOf, *typed.CaseValue:
		return true
	case *typed.Const:
		return x.Type.Is(types.Record, types.Date, types.TimeOfDay) || x.Type.Kind == types.Optional && x.V == nil
	case *typed.Let:
		return isLiteral(x.Body)
	}
	return false
}

func (b *body) timeOf(x *typed.TimeOf) *jen.Statement {
	for _, r := range plan.Reads(x.X) {
		if r.Wire.Shape == types.Reading {
			return b.g.wire(r.Wire).Dot("Time")
		}
	}
	return p("Time")
}

func (b *body) wrap(x *typed.Wrap) *jen.Statement {
	if c, ok := x.X.(*typed.Const); ok && c.V == nil {
		return b.g.types.goType(x.Type).Values()
	}
	return flowName("Some").Call(b.typedExpr(x.X))
}

// checked calls something that returns a value and an error, and leaves on one.
func (b *body) checked(call *jen.Statement) *jen.Statement {
	v := b.temp()
	b.add(jen.List(jen.Id(v), jen.Err()).Op(":=").Add(call))
	b.add(jen.If(jen.Err().Op("!=").Nil()).Block(b.leave(nil)...))
	return jen.Id(v)
}

// cond is a branch: only the one that is taken is evaluated.
func (b *body) cond(x *typed.Cond) *jen.Statement {
	v := b.result(x.Type)
	b.condInto(v, x)
	return jen.Id(v)
}

func (b *body) assign(v string, x typed.Expr) {
	b.need(b.strict(x))
	switch x := x.(type) {
	case *typed.Cond:
		b.condInto(v, x)
		return
	case *typed.Match:
		b.matchInto(v, x)
		return
	}
	e := b.given(x)
	b.add(jen.Id(v).Op("=").Add(e))
}

// orElse is `default(x, d)`.
func (b *body) orElse(x *typed.Default) *jen.Statement {
	if b.simple(x.D) || b.pure(x.D) && b.allReady(x.D) {
		return b.operand(x.X).Dot("Or").Call(b.given(x.D))
	}
	return b.tried(b.expr(x.X), x.D)
}

// tried is v.V where v.OK, and d, computed only then, elsewhere.
func (b *body) tried(v *jen.Statement, d typed.Expr) *jen.Statement {
	o := b.temp()
	b.add(jen.Id(o).Op(":=").Add(v))
	other := b.inner()
	other.assign(o+".V", d)
	b.add(jen.If(jen.Op("!").Id(o).Dot("OK")).Block(other.code...))
	return jen.Id(o).Dot("V")
}

func (b *body) record(x *typed.RecordOf) *jen.Statement {
	var values []jen.Code
	for i, f := range x.Type.Fields {
		if !isNone(x.Elems[i]) {
			values = append(values, jen.Id(b.g.types.field(x.Type, f.Name)).Op(":").Add(b.given(x.Elems[i])))
		}
	}
	if b.roomy {
		return listOf(b.g.types.goType(x.Type), values)
	}
	return b.g.types.goType(x.Type).Values(values...)
}

// isNone reports whether x is the optional that has nothing: what a field is unless it
// is set.
func isNone(x typed.Expr) bool {
	optional := x.Base().Type.Kind == types.Optional
	if w, ok := x.(*typed.Wrap); ok {
		x = w.X
	}
	c, ok := x.(*typed.Const)
	return ok && optional && c.V == nil
}

// index reads an element: a plain one where the compiler knows that it is
// there, an optional one elsewhere.
func (b *body) index(x *typed.Index) *jen.Statement {
	list, i := b.operand(x.X), b.given(x.I)
	isMap := x.X.Base().Type.Kind == types.Map
	switch {
	case x.Sure:
		return list.Index(i)
	case isMap:
		return jen.Qual(fnPath, "Get").Call(list, i)
	}
	return jen.Qual(fnPath, "At").Call(list, i)
}
