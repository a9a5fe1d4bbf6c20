package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
)

// anew is the program that a test goes on with after a start.
func (b *testBody) anew() jen.Code {
	return jen.Id("p").Op("=").Id("t").Dot("Program").Call().Assert(jen.Op("*").Id("Program"))
}

// stored prints what an earlier version of the program kept:
//
//	persist.Earlier{
//		{Item: persist.Item{Name: "energy", It: &flow.Value[unit.Energy]{V: 12, OK: true, At: 1}, As: "kWh"}},
//		{Region: "room", Key: "bath", Item: …},
//	}.Over
func (b *testBody) stored(s *plan.TestStep) jen.Code {
	var list []jen.Code
	for _, st := range s.Stored {
		wire := *st.Step.Out
		wire.Type = st.X.Base().Type
		it := jen.Op("&").Add(b.g.wireType(&wire)).Values(
			jen.Id("V").Op(":").Add(b.typedExpr(st.X)), jen.Id("OK").Op(":").True(), jen.Id("At").Op(":").Lit(1))
		item := []jen.Code{jen.Id("Name").Op(":").Lit(wire.Go), jen.Id("It").Op(":").Add(it)}
		if as := measured(wire.Type); as != "" {
			item = append(item, jen.Id("As").Op(":").Lit(as))
		}
		var values []jen.Code
		if r := st.Step.Region; r != nil {
			values = append(values, jen.Id("Region").Op(":").Lit(r.Go),
				jen.Id("Key").Op(":").Add(b.g.types.literal(st.Key, r.Captures[0].Type, true)))
		}
		values = append(values, jen.Id("Item").Op(":").Qual(persistPath, "Item").Values(item...))
		list = append(list, jen.Values(values...))
	}
	return jen.Qual(persistPath, "Earlier").Custom(multiline, list...).Dot("Over")
}
