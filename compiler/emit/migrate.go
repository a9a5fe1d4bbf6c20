package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
)

// migration is what a state makes of what was kept of it in another form, or nil.
func migration(s *plan.Step) *typed.Migration {
	if x, ok := s.X.(*typed.State); ok {
		return x.Migrate
	}
	return nil
}

// migrated is the item of a state that can be read in an older form too:
//
//	{Name: "energy", Node: nodeEnergy, It: &p.energy, Older: p.olderEnergy()}
func (g *generator) migrated(s *plan.Step, owner *jen.Statement) jen.Code {
	older := p("older" + s.Name).Call()
	if s.Region != nil {
		older = p("older" + s.Name).Call(jen.Id("s"))
	}
	w := s.Out
	values := itemFields(w.Go, wasName(s, w.Go), s.Node, owner.Clone().Dot(w.Go), measured(w.Type), g.wireMembers(w), false)
	return jen.Values(append(values, jen.Id("Older").Op(":").Add(older))...)
}

// olderState prints
//
//	func (p *Program) olderEnergy() *persist.Older {
//		var old flow.Value[unit.Energy]
//		return &persist.Older{It: &old, As: "kWh", Migrate: func() error {
//			p.energy = flow.Bulk[energyRecord]{V: fromWatts(old.V), OK: old.OK, At: old.At}
//			return nil
//		}}
//	}
func (g *generator) olderState(f *jen.File, s *plan.Step) {
	m := migration(s)
	b := g.newBody(s, true, func(*plan.Wire) []jen.Code { return []jen.Code{jen.Return(jen.Err())} })
	g.lets[m.Old] = "old.V"
	v := b.typedExpr(m.X)
	wire := *s.Out
	wire.Type = m.Old.Type
	older := []jen.Code{jen.Id("It").Op(":").Op("&").Id("old")}
	if as := measured(m.Old.Type); as != "" {
		older = append(older, jen.Id("As").Op(":").Lit(as))
	}
	if members := g.wireMembers(&wire); members != nil {
		older = append(older, jen.Id("Members").Op(":").Add(members))
	}
	set := g.wire(s.Out).Op("=").Add(g.wireType(s.Out)).Values(
		jen.Id("V").Op(":").Add(v), jen.Id("OK").Op(":").Id("old").Dot("OK"), jen.Id("At").Op(":").Id("old").Dot("At"))
	older = append(older, jen.Id("Migrate").Op(":").Func().Params().Error().Block(append(b.code, set, jen.Return(jen.Nil()))...))
	var part []jen.Code
	if s.Region != nil {
		part = append(part, jen.Id("s").Op("*").Id(partType(s.Region)))
	}
	f.Comment("older" + s.Name + " takes over what was kept of " + s.Node.Name + " when it was " + m.Old.Type.Say() + ".  " + at(m.Pos))
	f.Add(method("older"+s.Name)).Params(part...).Op("*").Qual(persistPath, "Older").Block(
		jen.Var().Id("old").Add(g.wireType(&wire)),
		jen.Return(jen.Op("&").Qual(persistPath, "Older").Values(older...)))
	f.Line()
}
