package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
)

// listKeys lists the keys of a region: as they are, or as records where they have
// several parts.
func (b *body) listKeys(s *plan.Step) {
	r := s.Of
	if len(r.Captures) == 1 {
		b.add(jen.Return(flowName("Ready").Call(p(partsField(r), "Keys").Call())))
		return
	}
	var fields []jen.Code
	for _, c := range r.Captures {
		fields = append(fields, jen.Id(b.g.types.field(s.Out.Type.Elem, c.Name)).Op(":").Id("k").Dot(b.g.captureField(r, c.Name)))
	}
	list := jen.Id("list")
	b.add(
		list.Clone().Op(":=").Make(b.g.types.goType(s.Out.Type), jen.Lit(0), p(partsField(r), "Len").Call()),
		jen.For(jen.List(jen.Id("_"), jen.Id("k")).Op(":=").Range().Add(p(partsField(r), "Keys").Call())).Block(
			list.Clone().Op("=").Append(list, b.g.types.goType(s.Out.Type.Elem).Values(fields...))),
		jen.Return(flowName("Ready").Call(list)))
}
