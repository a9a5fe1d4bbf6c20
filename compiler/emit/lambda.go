package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
)

// lambda is an expression over the elements of a list, a function literal. It
// cannot leave the method that it stands in: what fails inside is kept in a
// variable, whose name goes to failures.
//
//	fn.Any(p.soil.V.Levels, func(it float64) bool { … })
func (b *body) lambda(x *typed.Lambda, failures *[]string) *jen.Statement {
	var params []jen.Code
	for _, l := range x.Params {
		params = append(params, jen.Id(b.local(l)).Add(b.g.types.goType(l.Type)))
	}
	result := b.g.types.goType(x.Body.Base().Type)
	in := b.inner()
	failure, fails := "", false
	in.leave = func(*plan.Wire) []jen.Code {
		if !fails {
			failure, fails = b.temp(), true
		}
		none := b.temp()
		return []jen.Code{
			jen.Id(failure).Op("=").Err(),
			jen.Var().Id(none).Add(result.Clone()),
			jen.Return(jen.Id(none)),
		}
	}
	e := in.given(x.Body)
	in.add(jen.Return(e))
	if fails {
		b.add(jen.Var().Id(failure).Error())
		*failures = append(*failures, failure)
	}
	return jen.Func().Params(params...).Add(result).Block(in.code...)
}

// afterLambdas leaves where an element failed.
func (b *body) afterLambdas(call *jen.Statement, failures []string) *jen.Statement {
	if len(failures) == 0 {
		return call
	}
	v := b.temp()
	b.add(jen.Id(v).Op(":=").Add(call))
	for _, f := range failures {
		b.add(jen.If(jen.Err().Op(":=").Id(f), jen.Err().Op("!=").Nil()).Block(b.leave(nil)...))
	}
	return jen.Id(v)
}

// lambdaReads are the wires that a lambda reads: all are looked at before it runs,
// since it cannot leave from inside.
func lambdaReads(x typed.Expr) []*plan.Wire {
	var list []*plan.Wire
	typed.Walk(x, func(e typed.Expr) bool {
		switch e := e.(type) {
		case *typed.Try, *typed.IsReady:
			return false
		case *plan.Read:
			list = append(list, e.Wire)
		}
		return true
	})
	return list
}
