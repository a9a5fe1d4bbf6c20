package emit

import (
	"fmt"
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
)

// parsed prints the constant texts that functions take in another form.
//
//	var parsedPattern = fn.Known(fn.ParsePattern("^bed-[0-9]+$"))
func (g *generator) parsed(f *jen.File, list []*plan.Parsed) {
	for _, c := range list {
		if c.Data == "" {
			f.Var().Id(c.Go).Op("=").Qual(fnPath, "Known").Call(jen.Qual(c.Package, "Parse"+c.Type).Call(jen.Lit(c.Text)))
		}
	}
}

// zones prints the clocks of the places that the flow names, as data.
func (g *generator) zones(f *jen.File, list []*plan.Parsed) {
	for _, c := range list {
		if c.Data != "" {
			f.Comment(c.Go + " are the clocks of " + oneLine(c.Text) + ", in the form TZif.")
			f.Var().Id(c.Go).Op("=").Qual(fnPath, "Known").Call(
				jen.Qual(c.Package, "New"+c.Type).Call(jen.Lit(c.Text), bytesText(c.Data)))
		}
	}
}

func hasZones(list []*plan.Parsed) bool {
	return slices.ContainsFunc(list, func(c *plan.Parsed) bool { return c.Data != "" })
}

// bytesText is data as a Go text, in lines.
func bytesText(data string) *jen.Statement {
	const perLine = 24 // of four characters each
	text := jen.Lit("")
	for line := range slices.Chunk([]byte(data), perLine) {
		var b strings.Builder
		for _, c := range line {
			fmt.Fprintf(&b, `\x%02x`, c)
		}
		text = text.Op("+").Line().Id(`"` + b.String() + `"`)
	}
	return text
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
