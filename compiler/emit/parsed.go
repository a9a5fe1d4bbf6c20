package emit

import (
	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
)

// parsed prints the constant texts that functions take in another form.
//
//	var parsedPattern = fn.Known(fn.ParsePattern("^bed-[0-9]+$"))
func (g *generator) parsed(f *jen.File, list []*plan.Parsed) {
	for _, c := range list {
		value := jen.Qual(c.Package, "Parse"+c.Type).Call(jen.Lit(c.Text))
		if c.Data != "" {
			f.Comment(c.Go + " are the clocks of " + oneLine(c.Text) + ".")
			value = jen.Qual(c.Package, "New"+c.Type).Call(jen.Lit(c.Text), jen.Lit(c.Data))
		}
		f.Var().Id(c.Go).Op("=").Qual(fnPath, "Known").Call(value)
	}
}

// site prints where the flow runs.
func (g *generator) site(f *jen.File) {
	if g.plan.Site == "" {
		return
	}
	f.Comment(g.plan.Site + " is where the flow runs, in degrees north and east.")
	f.Var().Id(g.plan.Site).Op("=").Qual(fnPath, "Site").Values(
		jen.Id("Latitude").Op(":").Add(float(g.plan.Flow.Latitude)), jen.Id("Longitude").Op(":").Add(float(g.plan.Flow.Longitude)))
}
