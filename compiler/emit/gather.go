package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// mirrors reports whether a step shows another wire as it is.
func mirrors(s *plan.Step) bool { return s.Sort == plan.PickKey || s.Sort == plan.Gather }

// gatherKeys reads the wire of the instance that has the part's key:
//
//	switch s.keyBeds {
//	case "tomatoes":
//		return p.garden_tomatoes_open.Val()
//	…
func (b *body) gatherKeys(s *plan.Step, result *jen.Statement) {
	x := s.X.(*typed.Gather)
	var cases []jen.Code
	for i, key := range x.Keys.Values {
		read := b.g.wire(x.Xs[i].(*plan.Read).Wire)
		switch s.Out.Shape {
		case types.Event:
			read = read.Dot("Hap").Call(p("Pass"))
		case types.Value:
			read = read.Dot("Val").Call()
		}
		cases = append(cases, jen.Case(jen.Lit(key)).Block(jen.Return(read)))
	}
	b.add(
		jen.Switch(jen.Id("s").Dot(b.g.captureField(s.Region, s.Region.Captures[0].Name))).Block(cases...),
		jen.Return(result.Clone().Values()))
}
