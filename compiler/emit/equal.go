package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// plainlyEqual reports whether Go's `==` says of two values of a type what the
// flow's does. Two moments may be the same by the clocks of different places.
func plainlyEqual(t *types.Type) bool {
	switch t.Kind {
	case types.Time, types.List, types.Map, types.Bytes:
		return false
	case types.Optional:
		return plainlyEqual(t.Elem)
	case types.Record, types.Variant:
		for _, f := range t.Fields {
			if !plainlyEqual(f.Type) {
				return false
			}
		}
	}
	return true
}

// equality is == or != of what is made of several parts.
func (b *body) equality(x *typed.Binary) *jen.Statement {
	l, r := b.kept(x.L), b.kept(x.R)
	eq := b.g.equal(l, r, x.L.Base().Type)
	if x.Op == "!=" {
		return not(eq)
	}
	return grouped(eq)
}

// kept is an expression that is written more than once: a read, or a name for it.
func (b *body) kept(x typed.Expr) func() *jen.Statement {
	e := b.typedExpr(x)
	if wantsName(x) {
		v := b.temp()
		b.add(jen.Id(v).Op(":=").Add(e))
		e = jen.Id(v)
	}
	return func() *jen.Statement { return e.Clone() }
}

// wantsName reports whether an expression is worked out before it is written more
// than once.
func wantsName(x typed.Expr) bool {
	switch x.(type) {
	case *typed.ListOf, *typed.RecordOf, *typed.MapOf, *typed.Const, *typed.Call, *typed.Binary, *typed.Default,
		*typed.CaseValue, *typed.Encode:
		return true
	}
	return false
}

// namesOperands reports whether a comparison has to name what it compares first.
func namesOperands(x *typed.Binary) bool {
	return (x.Op == "==" || x.Op == "!=") && !plainlyEqual(x.L.Base().Type) && (wantsName(x.L) || wantsName(x.R))
}

// equal compares two values of a type part by part:
//
//	slices.EqualFunc(a, b, func(x, y soilMsg) bool { return x.N == y.N && x.At.Equal(y.At) })
func (g *generator) equal(l, r func() *jen.Statement, t *types.Type) *jen.Statement {
	if plainlyEqual(t) {
		return l().Op("==").Add(r())
	}
	switch t.Kind {
	case types.Time:
		return l().Dot("Equal").Call(r())
	case types.Bytes:
		return jen.Qual("bytes", "Equal").Call(l(), r())
	case types.List:
		return g.equalAll("slices", l, r, t.Elem)
	case types.Map:
		return g.equalAll("maps", l, r, t.Elem)
	case types.Optional:
		there := l().Dot("OK").Op("==").Add(r()).Dot("OK")
		same := g.equal(part(l, "V"), part(r, "V"), t.Elem)
		return there.Op("&&").Parens(jen.Op("!").Add(l()).Dot("OK").Op("||").Add(same))
	}
	var all *jen.Statement
	if t.Kind == types.Variant {
		all = l().Dot(caseField).Op("==").Add(r()).Dot(caseField)
	}
	for _, f := range cases(t) {
		same := g.equal(part(l, g.types.field(t, f.Name)), part(r, g.types.field(t, f.Name)), f.Type)
		if all == nil {
			all = same
			continue
		}
		all = all.Op("&&").Add(same)
	}
	return all
}

// equalAll compares the elements of two lists, or the entries of two maps.
func (g *generator) equalAll(pkg string, l, r func() *jen.Statement, elem *types.Type) *jen.Statement {
	if elem.Kind == types.Null || plainlyEqual(elem) {
		return jen.Qual(pkg, "Equal").Call(l(), r())
	}
	x, y := named("x"), named("y")
	return jen.Qual(pkg, "EqualFunc").Call(l(), r(),
		jen.Func().Params(jen.List(x(), y()).Add(g.types.goType(elem))).Bool().Block(jen.Return(g.equal(x, y, elem))))
}

func named(name string) func() *jen.Statement {
	return func() *jen.Statement { return jen.Id(name) }
}

// part is a field of what an expression gives.
func part(of func() *jen.Statement, field string) func() *jen.Statement {
	return func() *jen.Statement { return of().Dot(field) }
}
