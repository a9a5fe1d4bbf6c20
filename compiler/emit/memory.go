package emit

import (
	"strconv"
	"strings"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/types"
)

// memoryFile prints memory.go: what of the program outlives it, by name.
func (g *generator) memoryFile(f *jen.File) {
	f.Comment("Kept is what outlives the program, by name.")
	f.Add(method("Kept")).Params().Qual(persistPath, "Kept").Block(
		jen.Return(jen.Qual(persistPath, "Kept").Custom(multiline,
			jen.Id("Items").Op(":").Index().Qual(persistPath, "Item").Custom(multiline, g.keptItems()...),
			jen.Id("Timers").Op(":").Index().Qual(persistPath, "Timer").Custom(multiline, g.keptTimers(g.plan.Timers)...),
			jen.Id("Regions").Op(":").Index().Qual(persistPath, "Region").Custom(multiline, g.keptRegions()...),
		)))
	f.Line()
	for _, r := range g.plan.Regions {
		if keepsPart(r) {
			g.keptPart(f, r)
		}
	}
	for _, s := range g.plan.Steps {
		if s.Kept && migration(s) != nil {
			g.olderState(f, s)
		}
	}
	g.types.printKept(f)
}

// keptItems are the memory outside keyed regions. What things say is read anew, except
// for readings, which may not come again for long.
func (g *generator) keptItems() []jen.Code {
	var list []jen.Code
	all := !g.plan.Flow.Persist.Marked
	for _, th := range g.plan.Things {
		if !all {
			break
		}
		if th.Kind.Decides || th.Kind.Keeps && th.Region == nil {
			list = append(list, item(th.Name, "", th.Node, p(th.Go), "", nil, false))
		}
		for _, w := range th.Outputs {
			if w.Region == nil && w.Shape == types.Reading && th.Region == nil {
				list = append(list, item(w.Name, "", th.Node, p(th.Go, w.Field), measured(w.Type), g.outputMembers(w), false))
			}
		}
	}
	if all {
		for _, l := range g.plan.Interlocks {
			list = append(list, item(l.Name, "", l.Timer.Node, p(l.Go), "", nil, true))
		}
	}
	for _, s := range g.plan.Steps {
		if s.Region == nil && s.Kept {
			list = append(list, g.stepItems(s, jen.Id("p"))...)
		}
	}
	return list
}

// item is persist.Item{Name: "lamp", Node: nodeLamp, It: &p.lamp}.
func item(name, was string, n *plan.Node, it *jen.Statement, as string, members jen.Code, options bool) jen.Code {
	return jen.Values(itemFields(name, was, n, it, as, members, options)...)
}

func itemFields(name, was string, n *plan.Node, it *jen.Statement, as string, members jen.Code, options bool) []jen.Code {
	values := []jen.Code{jen.Id("Name").Op(":").Lit(name)}
	if was != "" && was != name {
		values = append(values, jen.Id("Was").Op(":").Lit(was))
	}
	values = append(values, jen.Id("Node").Op(":").Id(n.Go), jen.Id("It").Op(":").Op("&").Add(it))
	if as != "" {
		values = append(values, jen.Id("As").Op(":").Lit(as))
	}
	if members != nil {
		values = append(values, jen.Id("Members").Op(":").Add(members))
	}
	if options {
		values = append(values, jen.Id("Options").Op(":").True())
	}
	return values
}

// stepItems are the wire that a step sets and what it remembers. Events are of their
// moment, what combines keys is made anew from the parts, and a start is a start.
func (g *generator) stepItems(s *plan.Step, owner *jen.Statement) []jen.Code {
	var list []jen.Code
	add := func(field, as string, members jen.Code, options bool) {
		list = append(list, item(field, wasName(s, field), s.Node, owner.Clone().Dot(field), as, members, options))
	}
	if s.Op != nil && s.Op.Op.Name == "startup" {
		return nil
	}
	switch w := s.Out; {
	case w == nil || w.Shape == types.Event || s.Sort == plan.Decide:
	case migration(s) != nil:
		list = append(list, g.migrated(s, owner))
	default:
		add(w.Go, measured(w.Type), g.wireMembers(w), s.Sort == plan.Run)
	}
	if s.OpGo != "" && s.Sort != plan.Across {
		add(s.OpGo, operandUnits(s), g.opMembers(s), true)
	}
	if s.Sort == plan.First {
		add(s.Out.Go+"Seen", "", nil, false)
	}
	return list
}

// measured is a type with a quantity in it as the flow writes it; "" for others, which
// Go's type tells.
func measured(t *types.Type) string {
	switch t.Kind {
	case types.Quantity:
		return t.String()
	case types.List, types.Map, types.Optional:
		if measured(t.Elem) != "" {
			return t.String()
		}
	case types.Record, types.Variant:
		for _, f := range t.Fields {
			if measured(f.Type) != "" {
				return t.String()
			}
		}
	}
	return ""
}

// operandUnits are the types that an operator's memory is of.
func operandUnits(s *plan.Step) string {
	var list []string
	if s.Op != nil {
		for _, t := range s.Op.TypeArgs {
			if as := measured(t); as != "" {
				list = append(list, as)
			}
		}
	}
	return strings.Join(list, ", ")
}

// wasName is the name that a field had before its equation was renamed.
func wasName(s *plan.Step, field string) string {
	if s.Was == "" {
		return ""
	}
	return plan.Camel(s.Was) + strings.TrimPrefix(field, plan.Camel(s.Node.Name))
}

// keptTimers are the timers of what is kept. They are named after what they belong to.
func (g *generator) keptTimers(timers []*plan.Timer) []jen.Code {
	var list []jen.Code
	for _, t := range timers {
		name, was := g.timerOwner(t)
		if name == "" {
			continue
		}
		values := []jen.Code{jen.Id("Name").Op(":").Lit(name)}
		if was != "" && was != name {
			values = append(values, jen.Id("Was").Op(":").Lit(was))
		}
		if t.Region == nil {
			values = append(values, jen.Id("Node").Op(":").Id(moves(t).Go))
		}
		list = append(list, jen.Values(append(values, jen.Id("ID").Op(":").Add(g.timer(t)))...))
	}
	return list
}

// moves is the node of what a timer moves, which is kept with it or not at all: a state
// would not be left without its `after`, a value not get stale.
func moves(t *plan.Timer) *plan.Node {
	switch {
	case t.Wire != nil && t.Wire.Step != nil:
		return t.Wire.Step.Node
	case t.Wire != nil && t.Wire.Thing != nil:
		return t.Wire.Thing.Node
	case t.Step != nil:
		return t.Step.Node
	}
	return t.Node
}

func (g *generator) timerOwner(t *plan.Timer) (name, was string) {
	all := !g.plan.Flow.Persist.Marked
	switch {
	case t.Forget:
		return "forget", ""
	case t.Wire != nil:
		w := t.Wire
		switch {
		case w.Step != nil && !w.Step.Kept, w.Step == nil && !all:
			return "", ""
		case w.Step == nil:
			return w.Name + ".stale", ""
		}
		return w.Go + ".stale", wasName(w.Step, w.Go+".stale")
	case t.Step == nil || t.Step.Out == nil:
		return "", ""
	case t.Step.Sort == plan.Decide: // an interlock's
		return "", ""
	case !t.Step.Kept || t.Step.Op != nil && t.Step.Op.Op.Name == "startup":
		return "", ""
	}
	name = t.Step.Out.Go + ".timer"
	for n, a := range t.Step.After {
		if a.Timer == t {
			name = t.Step.Out.Go + ".after" + strconv.Itoa(n+1)
		}
	}
	return name, wasName(t.Step, name)
}

// keepsPart reports whether something in the parts of a region is kept.
func keepsPart(r *plan.Region) bool {
	for _, s := range r.Steps {
		if s.Kept {
			return true
		}
	}
	return false
}

// keptRegions tell how the parts are found and made.
func (g *generator) keptRegions() []jen.Code {
	var list []jen.Code
	for _, r := range g.plan.Regions {
		if !keepsPart(r) {
			continue
		}
		parts := partsField(r)
		kept := "kept" + upper(partType(r))
		values := []jen.Code{
			jen.Id("Name").Op(":").Lit(r.Go),
			jen.Id("Order").Op(":").Add(p(parts, "Order")),
			jen.Id("Part").Op(":").Func().Params(jen.Id("n").Int32()).Qual(persistPath, "Part").Block(
				jen.Return(p(kept).Call(p(parts, "At").Call(jen.Id("n")), p(parts, "Key").Call(jen.Id("n"))))),
			jen.Id("Make").Op(":").Func().Params(jen.Id("key").Func().Params(jen.Id("any")).Error()).Params(jen.Qual(persistPath, "Part"), jen.Error()).Block(
				jen.Var().Id("k").Add(g.keyType(r)),
				jen.If(jen.Err().Op(":=").Id("key").Call(jen.Op("&").Id("k")), jen.Err().Op("!=").Nil()).Block(
					jen.Return(jen.Qual(persistPath, "Part").Values(), jen.Err())),
				jen.Id("s").Op(":=").Add(p("new"+upper(partType(r)))).Call(jen.Id("k")),
				jen.Id("s").Dot("born").Op("=").Lit(0),
				jen.Return(p(kept).Call(jen.Id("s"), jen.Id("k")), jen.Nil())),
		}
		if members := g.keyMembers(r); members != nil {
			values = append(values, jen.Id("Members").Op(":").Add(members))
		}
		list = append(list, jen.Custom(multiline, values...))
	}
	return list
}

// keptPart prints what of one part outlives the program.
func (g *generator) keptPart(f *jen.File, r *plan.Region) {
	s := jen.Id("s")
	var items []jen.Code
	if !g.plan.Flow.Persist.Marked {
		for _, th := range r.Sources {
			if th.Self != nil && th.Self.Shape == types.Reading {
				items = append(items, item(th.Self.Go, "", th.Node, s.Clone().Dot(th.Self.Go), measured(th.Self.Type), g.wireMembers(th.Self), false))
			}
		}
	}
	for _, step := range regionOrder(r) {
		if step.Kept {
			items = append(items, g.stepItems(step, s)...)
		}
	}
	var before, done []jen.Code
	seen := map[*plan.Wire]bool{}
	for _, a := range r.Across {
		if w := a.Trigger; hasUpdateVal(a) {
			old := w.Go + "Old"
			if !seen[w] {
				seen[w] = true
				before = append(before, jen.Id(old).Op(":=").Add(g.wire(w)).Dot("Val").Call())
			}
			done = append(done, p(a.OpGo, "Update").Call(s.Clone().Dot("n"), jen.Id(old), g.wire(w).Dot("Val").Call()))
		}
	}
	part := []jen.Code{
		jen.Id("Key").Op(":").Op("&").Id("k"),
		jen.Id("Items").Op(":").Index().Qual(persistPath, "Item").Custom(multiline, items...),
		jen.Id("Timers").Op(":").Index().Qual(persistPath, "Timer").Custom(multiline, g.keptTimers(r.Timers)...),
	}
	if len(done) > 0 {
		part = append(part, jen.Id("Done").Op(":").Func().Params().Block(done...))
	}
	f.Comment("kept" + upper(partType(r)) + " is what of one " + r.Go + " outlives the program.")
	f.Add(method("kept"+upper(partType(r)))).Params(jen.Id("s").Op("*").Id(partType(r)), jen.Id("k").Add(g.keyType(r))).Qual(persistPath, "Part").Block(
		append(before, jen.Return(jen.Qual(persistPath, "Part").Custom(multiline, part...)))...)
	f.Line()
}
