package emit

import (
	"strconv"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
)

func firstWire(x typed.Expr) *plan.Wire {
	for _, r := range plan.Reads(x) {
		if !r.Wire.Always && r.Wire.Shape != types.Event {
			return r.Wire
		}
	}
	return nil
}

// convert changes the representation of a number: its kind or its unit.
func (b *body) convert(x *typed.Convert) *jen.Statement {
	from, to := x.X.Base().Type, x.Type
	if from.Kind == types.Optional && to.Kind == types.Optional {
		return b.convertOptional(x)
	}
	if c, ok := x.X.(*typed.Const); ok && from.Kind == types.Int {
		v, _ := c.V.(int64)
		return b.g.types.literal(float64(v), to, false)
	}
	if betweenUnits(x) {
		return b.g.types.goType(to).Parens(b.float(x))
	}
	if to.Kind == types.Number && from.Kind == types.Quantity {
		return b.float(x.X)
	}
	e := b.expr(x.X)
	return b.converted(e, from, to)
}

// float is the number of a quantity or number as a float64. What is converted from one
// unit to another is one already.
func (b *body) float(x typed.Expr) *jen.Statement {
	if c, ok := x.(*typed.Convert); ok {
		from, to := c.X.Base().Type, c.Type
		if betweenUnits(c) {
			return jen.Qual(unitPath, "Convert").Call(b.float(c.X), scale(from), scale(to))
		}
		if call, ok := c.X.(*typed.Call); ok && from.Kind == types.Number && to.Kind == types.Quantity {
			return b.expr(call)
		}
	}
	return jen.Float64().Parens(b.expr(x))
}

// betweenUnits reports whether a number changes with its unit.
func betweenUnits(x *typed.Convert) bool {
	from, to := x.X.Base().Type, x.Type
	return from.Kind == types.Quantity && to.Kind == types.Quantity && from.Unit.Conv != to.Unit.Conv
}

// converted prints e, which has type from, as type to.
func (b *body) converted(e *jen.Statement, from, to *types.Type) *jen.Statement {
	switch {
	case from.Kind == types.Enum && from.GoType != to.GoType:
		return b.g.types.goType(to).Parens(e)
	case from.Kind == types.Quantity && to.Kind == types.Quantity && from.Unit.Conv != to.Unit.Conv:
		inner := jen.Qual(unitPath, "Convert").Call(jen.Float64().Parens(e), scale(from), scale(to))
		return b.g.types.goType(to).Parens(inner)
	case from.Kind == types.Duration:
		return b.as(e, from, to)
	case to.Kind == types.Duration:
		return b.checked(jen.Qual(fnPath, "Seconds").Call(jen.Float64().Parens(e)))
	case goName(from) == goName(to) && from.Kind == to.Kind:
		return e
	}
	return b.g.types.goType(to).Parens(e)
}

// scale is a unit's scale by name: unit.Fahrenheit.
func scale(t *types.Type) *jen.Statement {
	if t.Unit.GoName != "" {
		return jen.Qual(unitPath, t.Unit.GoName)
	}
	s := t.Unit.Conv
	return jen.Qual(unitPath, "Scale").Values(
		jen.Id("Mul").Op(":").Add(float(s.Mul)), jen.Id("Div").Op(":").Add(float(s.Div)), jen.Id("Zero").Op(":").Add(float(s.Zero)))
}

func (b *body) convertOptional(x *typed.Convert) *jen.Statement {
	v, o := b.temp(), b.temp()
	b.add(jen.Id(v).Op(":=").Add(b.expr(x.X)))
	b.add(jen.Var().Id(o).Add(b.g.types.goType(x.Type)))
	b.add(jen.If(jen.Id(v).Dot("OK")).Block(
		jen.Id(o).Op("=").Add(flowName("Some")).Call(b.converted(jen.Id(v).Dot("V"), x.X.Base().Type.Elem, x.Type.Elem)),
	))
	return jen.Id(o)
}

// toText is a value as people read it.
func (b *body) toText(x *typed.ToText) *jen.Statement {
	return b.operandText(x.X)
}

func (b *body) textOf(e *jen.Statement, t *types.Type) *jen.Statement {
	f := func(name string) *jen.Statement { return jen.Qual(fnPath, name).Call(e) }
	switch t.Kind {
	case types.String, types.JSON:
		return e
	case types.Bytes:
		return f("FormatBytes")
	case types.Bool:
		return f("FormatBool")
	case types.Int:
		return f("FormatInt")
	case types.Number:
		return f("FormatNumber")
	case types.Duration:
		return f("FormatDuration")
	case types.Time:
		return f("FormatTime")
	case types.Date:
		return f("FormatDate")
	case types.TimeOfDay:
		return f("FormatTimeOfDay")
	case types.Quantity:
		return jen.Qual(unitPath, "Format").Call(jen.Float64().Parens(e), jen.Lit(t.Unit.Symbol))
	case types.Enum:
		return jen.String().Parens(e)
	case types.Nothing:
		return jen.Lit("")
	case types.Secret: // only where one may go
		return e.Dot("Reveal").Call()
	}
	return jen.String().Parens(b.g.types.encoder(t).Call(jen.Nil(), e))
}

// template joins texts; neighbours that are constant were joined by the checker.
func (b *body) template(x *typed.Template) *jen.Statement {
	var parts []*jen.Statement
	for _, part := range x.Parts {
		parts = append(parts, b.operandText(part))
	}
	switch {
	case len(parts) == 0:
		return jen.Lit("")
	case b.roomy:
		return sumOf("+", parts)
	}
	sum := parts[0]
	for _, part := range parts[1:] {
		sum = sum.Op("+").Add(part)
	}
	return sum
}

func (b *body) operandText(x typed.Expr) *jen.Statement {
	switch t := x.Base().Type; t.Kind {
	case types.String:
		return b.expr(x)
	case types.Quantity:
		return jen.Qual(unitPath, "Format").Call(b.float(x), jen.Lit(t.Unit.Symbol))
	}
	return b.textOf(b.expr(x), x.Base().Type)
}

// call calls a function of the runtime.
func (b *body) call(x *typed.Call) *jen.Statement {
	var args []jen.Code
	var failures []string
	if x.Fn.Zone {
		args = append(args, jen.Id(b.g.plan.SiteZone().Go))
	}
	if x.Fn.Site {
		args = append(args, jen.Id(b.g.plan.Site))
	}
	for i, a := range x.Args {
		if c := b.g.plan.ParsedArg(x.Fn, i, a); c != nil {
			args = append(args, jen.Id(c.Go))
			continue
		}
		if l, ok := a.(*typed.Lambda); ok {
			args = append(args, b.lambda(l, &failures))
			continue
		}
		e := b.argument(x.Fn, i, a)
		if i < len(x.Fn.Args) && x.Fn.Args[i].Delta {
			e = b.g.types.goType(x.Args[0].Base().Type).Parens(e) // a step, held as Go's type of the point
		}
		args = append(args, e)
	}
	if x.Fn.Place != nil {
		return b.ownCall(x.Fn, args)
	}
	c := jen.Qual(x.Fn.Package, x.Fn.Go).Call(args...)
	if x.Fn.Fallible {
		c = b.checked(c)
	}
	return b.afterLambdas(c, failures)
}

// argument is what a function of the runtime is given: a bare constant where the
// parameter has a type of its own.
func (b *body) argument(fn *catalog.Function, i int, a typed.Expr) *jen.Statement {
	if i < len(fn.Args) && !fn.Args[i].Variadic && concrete(fn.Args[i].Type) {
		return b.given(a)
	}
	return b.typedExpr(a)
}

// concrete reports whether a parameter's type is the same in every call.
func concrete(t *catalog.Type) bool {
	return t != nil && (t.Name == "int" || t.Name == "number" || t.Name == "quantity")
}

// local names a variable of the flow in Go.
func (b *body) local(l *typed.Local) string {
	if v := b.g.lets[l]; v != "" {
		return v
	}
	if l.Name == "it" {
		return "it"
	}
	if l.Own {
		return b.g.ownName(l)
	}
	return "each" + exportedField(l.Name)
}

// loop is a for expression.
func (b *body) loop(x *typed.For) *jen.Statement {
	in := b.expr(x.In)
	v := b.temp()
	b.add(jen.Id(v).Op(":=").Add(b.g.types.goType(x.Type)).Values())
	c := b.inner()
	isMap := x.In.Base().Type.Kind == types.Map
	over := in
	head := []jen.Code{jen.Id("_"), jen.Id(b.local(x.Var))}
	if isMap {
		key := "key" + strconv.Itoa(*b.names)
		if x.KeyVar != nil {
			key = b.local(x.KeyVar)
		}
		m := b.temp()
		b.add(jen.Id(m).Op(":=").Add(in))
		over = jen.Qual(fnPath, "Keys").Call(jen.Id(m))
		head[1] = jen.Id(key)
		c.add(jen.Id(b.local(x.Var)).Op(":=").Id(m).Index(jen.Id(key)), jen.Id("_").Op("=").Id(b.local(x.Var)))
	} else if x.KeyVar != nil {
		i := "i" + strconv.Itoa(*b.names)
		head[0] = jen.Id(i)
		c.add(jen.Id(b.local(x.KeyVar)).Op(":=").Int64().Parens(jen.Id(i)), jen.Id("_").Op("=").Id(b.local(x.KeyVar)))
	}
	if !uses(x, x.Var) && !isMap {
		head[1] = jen.Id("_")
	}
	if x.If != nil {
		c.add(jen.If(not(c.expr(x.If))).Block(jen.Continue()))
	}
	c.gather(v, x)
	clause := jen.List(head...).Op(":=").Range().Add(over)
	if blank(head[0]) && blank(head[1]) {
		clause = jen.Range().Add(over)
	}
	b.add(jen.For(clause).Block(c.code...))
	return jen.Id(v)
}

// gather puts one element of a for expression where it belongs.
func (b *body) gather(v string, x *typed.For) {
	body := b.given(x.Body)
	if x.MapKey == nil {
		b.add(jen.Id(v).Op("=").Append(jen.Id(v), body))
		return
	}
	key := b.expr(x.MapKey)
	if x.Group {
		b.add(jen.Id(v).Index(key).Op("=").Append(jen.Id(v).Index(key.Clone()), body))
		return
	}
	b.add(jen.Id(v).Index(key).Op("=").Add(body))
}

// blank reports whether a loop variable is not asked for.
func blank(name jen.Code) bool {
	s, ok := name.(*jen.Statement)
	return ok && source(s) == "_"
}

func uses(x *typed.For, l *typed.Local) bool {
	found := false
	visit := func(e typed.Expr) {
		if r, ok := e.(*typed.LocalRef); ok && r.Local == l {
			found = true
		}
	}
	typed.Visit(x.Body, visit)
	if x.If != nil {
		typed.Visit(x.If, visit)
	}
	if x.MapKey != nil {
		typed.Visit(x.MapKey, visit)
	}
	return found
}
