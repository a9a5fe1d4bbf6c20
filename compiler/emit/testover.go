package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
)

// overs prints, for each operator across keys in a test,
//
//	// acrossAnyOf is any_of(dry) as it is now.
//	func (p *Program) acrossAnyOf() *flow.Value[bool]
func (g *generator) overs(f *jen.File) {
	for _, o := range g.plan.TestOver {
		f.Comment(o.Go + " is " + oneLine(o.Op.Text) + " as it is now.")
		var round []jen.Code
		if o.Counts {
			round = append(round, jen.Id("it").Int64())
		}
		f.Add(method(o.Go)).Params(round...).Op("*").Add(of(flowName("Value"), g.types.goType(o.Op.Type))).Block(g.over(o)...)
		f.Line()
	}
}

// roundOf is the number of the round, for an operator that reads it.
func roundOf(o *plan.Over) []jen.Code {
	if !o.Counts {
		return nil
	}
	return []jen.Code{jen.Id("it")}
}

// over tells a fresh operator of every key.
func (g *generator) over(o *plan.Over) []jen.Code {
	all := jen.Id("all")
	nothing := of(flowName("Val"), g.types.goType(o.Op.Args[0].Base().Type)).Values()
	told := func(n *jen.Statement, x typed.Expr) jen.Code {
		return all.Clone().Dot("Update").Call(n, nothing.Clone(), g.testBody().val(x))
	}
	code := []jen.Code{jen.Var().Add(all.Clone()).Add(g.opType(&plan.Step{Op: o.Op}))}
	for i, x := range o.Xs {
		code = append(code, told(jen.Lit(i), x))
	}
	if o.Region != nil {
		code = append(code, jen.For(jen.List(jen.Id("_"), jen.Id("n")).Op(":=").Range().Add(p(partsField(o.Region), "Order")).Call()).Block(
			jen.Id("s").Op(":=").Add(p(partsField(o.Region), "At")).Call(jen.Id("n")),
			told(jen.Id("n"), o.X)))
	}
	return append(code,
		jen.Id("now").Op(":=").Op("&").Add(of(flowName("Value"), g.types.goType(o.Op.Type))).Values(),
		jen.Id("now").Dot("Put").Call(p("Pass"), all.Clone().Dot("Result").Call()),
		jen.Return(jen.Id("now")))
}
