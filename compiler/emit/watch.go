package emit

import (
	"strconv"
	"time"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/unit"
)

// watchFile prints watch.go: what the simulator shows of the program. It is
// part of builds with the tag sim only.
func (g *generator) watchFile(f *jen.File) {
	f.Anon(simPath)
	if g.plan.Flow.Health == nil {
		g.wiresFile(f)
	}
}

// wiresFile prints what can be seen of the program.
func (g *generator) wiresFile(f *jen.File) {
	f.Comment("Wires are what a watcher may see.")
	f.Add(method("Wires")).Params().Index().Add(flowName("Watch")).BlockFunc(func(b *jen.Group) {
		list := jen.Index().Add(flowName("Watch")).CustomFunc(multiline, func(v *jen.Group) {
			for _, w := range g.watched() {
				if w.Region == nil {
					v.Values(jen.Id("Name").Op(":").Lit(w.Name), jen.Id("Text").Op(":").Add(g.watch(w)))
				}
			}
		})
		if len(g.plan.Regions) == 0 {
			b.Return(list)
			return
		}
		b.Id("list").Op(":=").Add(list)
		for _, r := range g.plan.Regions {
			g.watchRegion(b, r)
		}
		b.Return(jen.Id("list"))
	})
	f.Line()
	var pins []jen.Code
	for _, th := range g.plan.Things {
		if x, ok := pinOf(th.Thing); ok {
			pins = append(pins, jen.Lit(th.Name).Op(":").Add(g.pin(x)))
		}
	}
	list := jen.Nil()
	if len(pins) > 0 {
		list = jen.Map(jen.String()).Int().Custom(multiline, pins...)
	}
	f.Comment("Pins are the GPIO numbers of the things that have one.")
	f.Add(method("Pins")).Params().Map(jen.String()).Int().Block(jen.Return(list))
}

func (g *generator) pin(x typed.Expr) *jen.Statement {
	if c, ok := x.(*typed.Const); ok {
		if n, ok := c.V.(int64); ok {
			return integer(n)
		}
	}
	return jen.Int().Parens(g.newBody(nil, false, nil).expr(x))
}

func (g *generator) watchRegion(b *jen.Group, r *plan.Region) {
	var wires []*plan.Wire
	for _, w := range g.plan.Wires {
		if w.Region == r {
			wires = append(wires, w)
		}
	}
	if len(wires) == 0 {
		return
	}
	b.For(jen.List(jen.Id("_"), jen.Id("n")).Op(":=").Range().Add(p(partsField(r), "Order")).Call()).BlockFunc(func(l *jen.Group) {
		l.Id("s").Op(":=").Add(p(partsField(r), "At")).Call(jen.Id("n"))
		name := jen.Lit("[\"")
		for i, c := range r.Captures {
			if i > 0 {
				name = name.Op("+").Lit("\", \"")
			}
			key := g.newBody(&plan.Step{Region: r}, false, nil)
			name = name.Op("+").Add(key.textOf(jen.Id("s").Dot(g.captureField(r, c.Name)), c.Type))
		}
		l.Id("key").Op(":=").Add(name.Op("+").Lit("\"]"))
		for _, w := range wires {
			l.Id("list").Op("=").Append(jen.Id("list"), flowName("Watch").Values(
				jen.Id("Name").Op(":").Lit(w.Name).Op("+").Id("key"), jen.Id("Text").Op(":").Add(g.watch(w))))
		}
	})
}

// watched are the wires that the flow reads, and besides what every thing is:
// whether an actuator is on matters also where no equation asks.
func (g *generator) watched() []*plan.Wire {
	list := append([]*plan.Wire(nil), g.plan.Wires...)
	have := map[string]bool{}
	for _, w := range list {
		have[w.Name] = true
	}
	for _, th := range g.plan.Things {
		for _, w := range plan.Levels(th) {
			if !have[w.Name] && w.Output != "wanted" {
				list = append(list, w)
			}
		}
	}
	return list
}

// watch is a function that gives a wire as text:
//
//	func() string { return flow.WatchLevel(p.dry.Val(), fn.FormatBool) }
func (g *generator) watch(w *plan.Wire) *jen.Statement {
	b := g.newBody(nil, false, nil)
	format := b.formatter("v", w.Type)
	var call *jen.Statement
	if w.Shape == types.Event {
		at := g.wire(w).Dot("At")
		call = flowName("WatchEvent").Call(g.wire(w).Dot("V"), at, p("Pass"), format)
	} else {
		call = flowName("WatchLevel").Call(g.wire(w).Dot("Val").Call(), format)
	}
	return jen.Func().Params().String().Block(jen.Return(call))
}

// formatter is the function that gives a value of type t as text.
func (b *body) formatter(name string, t *types.Type) *jen.Statement {
	if t.Kind == types.Bool {
		return flowName("OnOff")
	}
	return jen.Func().Params(jen.Id(name).Add(b.g.types.goType(t))).String().Block(jen.Return(b.watchText(jen.Id(name), t)))
}

// watchText is textOf with a switch as people say it.
func (b *body) watchText(v *jen.Statement, t *types.Type) *jen.Statement {
	switch {
	case t.Kind == types.Bool:
		return flowName("OnOff").Call(v)
	case t.Kind == types.Optional && t.Elem.Is(types.Bool, types.Quantity, types.Duration, types.Time, types.Date, types.TimeOfDay):
		return flowName("WatchMaybe").Call(v, b.formatter("in", t.Elem))
	}
	return b.textOf(v, t)
}

// constText is a constant number or duration as text.
func constText(v any) string {
	switch v := v.(type) {
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return unit.Format(v, "")
	case time.Duration:
		return v.String()
	}
	return ""
}
