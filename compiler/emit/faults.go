package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
)

// faultFields are the ports at which failures happen.
func (g *generator) faultFields() []jen.Code {
	var fields []jen.Code
	for _, p := range g.plan.Faults {
		fields = append(fields, jen.Id(p.Wire.Go).Add(g.wireType(p.Wire)).Comment(at(p.Wire.Pos)))
	}
	return fields
}

// faults prints, where the flow wires faults, whose they are and what follows.
func (g *generator) faults(f *jen.File) {
	if len(g.plan.Faults) == 0 {
		return
	}
	var all *plan.FaultPort
	var wired []jen.Code
	for _, port := range g.plan.Faults {
		if port.Of == "" {
			all = port
		}
	}
	cases := map[string][]*plan.Node{}
	for _, n := range g.plan.Nodes {
		for _, port := range g.plan.Faults {
			if port.Of != "" && port.Covers(n) {
				cases[port.Of] = append(cases[port.Of], n)
				wired = append(wired, jen.Id(n.Go))
			}
		}
	}
	body := []jen.Code{jen.Return(jen.True())}
	node := jen.Id("_")
	if all == nil {
		node = jen.Id("node")
		body = []jen.Code{
			jen.Switch(jen.Id("node")).Block(jen.Case(wired...).Block(jen.Return(jen.True()))),
			jen.Return(jen.False()),
		}
	}
	f.Comment("FaultWired reports whose faults the flow has wired.")
	f.Add(method("FaultWired")).Params(node.Int32()).Bool().Block(body...)
	f.Line()
	g.faulted(f, all, cases)
}

func (g *generator) faulted(f *jen.File, all *plan.FaultPort, cases map[string][]*plan.Node) {
	happen := func(port *plan.FaultPort) []jen.Code {
		return append([]jen.Code{g.wire(port.Wire).Dot("Happen").Call(p("Pass"), jen.Id("f"))}, g.follow(port.Wire)...)
	}
	var code, arms []jen.Code
	for _, port := range g.plan.Faults {
		if nodes := cases[port.Of]; len(nodes) > 0 {
			var names []jen.Code
			for _, n := range nodes {
				names = append(names, jen.Id(n.Go))
			}
			arms = append(arms, jen.Case(names...).Block(happen(port)...))
		}
	}
	node := jen.Id("_")
	if len(arms) > 0 {
		node = jen.Id("node")
		code = append(code, jen.Switch(jen.Id("node")).Block(arms...))
	}
	if all != nil {
		code = append(code, happen(all)...)
	}
	f.Comment("Faulted lets a fault happen that the flow has wired.")
	f.Add(method("Faulted")).Params(node.Int32(), jen.Id("f").Add(flowName("Fault"))).Block(code...)
	f.Line()
}
