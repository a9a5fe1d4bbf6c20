package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
)

// pickedPart is what follows one key, as tests read it.
func (g *generator) pickedPart(k *plan.Picked) *jen.Statement {
	g.picked[k.Region] = true
	var keys []jen.Code
	for i, v := range k.Keys {
		keys = append(keys, g.types.literal(v, k.Region.Captures[i].Type, true))
	}
	return p("key" + upper(k.Region.Go)).Call(keys...)
}

// pickers print, for each region of which a test reads one key,
//
//	func (p *Program) keyBed(bed string) *bedPart
func (g *generator) pickers(f *jen.File) {
	for _, r := range g.plan.Regions {
		if !g.picked[r] {
			continue
		}
		var params []jen.Code
		for i, c := range r.Captures {
			params = append(params, jen.Id(keyParam(r, i)).Add(g.types.goType(c.Type)))
		}
		key := g.keyLiteral(r, func(i int) *jen.Statement { return jen.Id(keyParam(r, i)) })
		f.Comment("key" + upper(r.Go) + " is everything that follows one " + r.Go + "; nothing is ready for one that never appeared.")
		f.Add(method("key"+upper(r.Go))).Params(params...).Op("*").Id(partType(r)).Block(
			jen.If(jen.List(jen.Id("s"), jen.Id("_"), jen.Id("ok")).Op(":=").Add(p(partsField(r), "Find")).Call(key), jen.Id("ok")).Block(
				jen.Return(jen.Id("s"))),
			jen.Return(jen.Op("&").Id(partType(r)).Values()))
		f.Line()
	}
}

// keyParam is the name of a capture as a parameter.
func keyParam(r *plan.Region, i int) string {
	if len(r.Captures) == 1 {
		return "k"
	}
	return "k" + exportedField(r.Captures[i].Name)
}
