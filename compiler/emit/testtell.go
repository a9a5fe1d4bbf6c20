package emit

import (
	"slices"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/catalog"
)

// stands are the things for which the tests speak: those of a user's own kinds that a
// step of any test sets. None of the tests lets them look at the world.
func (g *generator) stands() (list []*plan.Thing) {
	for _, t := range g.plan.Tests {
		list = standsOf(t.Steps, list)
	}
	return list
}

func standsOf(steps []*plan.TestStep, list []*plan.Thing) []*plan.Thing {
	for _, s := range steps {
		if s.Given != nil && !slices.Contains(list, s.Thing) {
			list = append(list, s.Thing)
		}
		list = standsOf(s.Steps, list)
	}
	return list
}

// tells prints, for each output that a step sets,
//
//	sim.Tell(t, nodeTank, own.Sample{…}, func(v own.Sample) {
//		p.tank.Self.Happen(p.Pass, p.Time, v)
//		p.tankOutputs()
//	})
func (b *testBody) tells(s *plan.TestStep) (code []jen.Code) {
	for _, given := range s.Given {
		out := p(s.Thing.Go, given.Output.Go)
		v, typ := jen.Qual(flowPath, "Unit").Values(), jen.Qual(flowPath, "Unit")
		if given.X != nil {
			v, typ = b.known(given.X), b.g.types.goType(given.X.Base().Type)
		}
		var set *jen.Statement
		switch {
		case given.Output.Role == catalog.RoleReading, given.Output.Role == catalog.RoleSelf && !given.Output.Happens:
			set = out.Dot("Happen").Call(p("Pass"), p("Time"), jen.Id("v"))
		case given.Output.Role == catalog.RoleValue:
			set = out.Dot("Set").Call(p("Pass"), jen.Id("v"))
		default:
			set = out.Dot("Happen").Call(p("Pass"), jen.Id("v"))
		}
		block := []jen.Code{set}
		if hasOutputs(s.Thing) {
			block = append(block, p(outputsName(s.Thing)).Call())
		}
		code = append(code, jen.Qual(simPath, "Tell").Call(jen.Id("t"), jen.Id(s.Thing.Node.Go), v, jen.Func().Params(jen.Id("v").Add(typ)).Block(block...)))
	}
	return code
}
