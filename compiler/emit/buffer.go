package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/catalog"
)

// buffer is what a sink keeps while it cannot send, with the settings that are not as
// they are without:
//
//	&outbox.Shelf{
//		Box:       &p.outbox,
//		Name:      "climate",
//		First:     true,
//		Buffering: flow.Buffering{Keep: 24 * time.Hour},
//	}
func buffer(th *plan.Thing, f *catalog.Field) jen.Code {
	values := []jen.Code{
		jen.Id("Box").Op(":").Op("&").Add(p("outbox")),
		jen.Id("Name").Op(":").Lit(th.Name),
	}
	if was := th.Buffer.RenamedFrom; was != "" {
		values = append(values, jen.Id("Was").Op(":").Lit(was))
	}
	if th.First {
		values = append(values, jen.Id("First").Op(":").True())
	}
	values = append(values, jen.Id("Buffering").Op(":").Add(flowName("Buffering")).Values(bufferSettings(th, f)...))
	return jen.Op("&").Qual(outboxPath, "Shelf").Custom(multiline, values...)
}

func bufferSettings(th *plan.Thing, f *catalog.Field) []jen.Code {
	b := th.Buffer
	values := []jen.Code{jen.Id("Keep").Op(":").Add(duration(b.Keep))}
	for _, g := range f.Fields {
		var x jen.Code
		switch g.Name {
		case "size":
			if b.Size != standardSize {
				x = integer(b.Size)
			}
		case "rows":
			if b.Rows != standardRows {
				x = integer(b.Rows)
			}
		case "when":
			if b.When != g.Default {
				x = flowName("Buffer" + exportedField(b.When))
			}
		case "on_full":
			if b.OnFull != g.Default {
				x = flowName("Full" + exportedField(strings.ToLower(b.OnFull)))
			}
		}
		if x != nil {
			values = append(values, jen.Id(g.Go).Op(":").Add(x))
		}
	}
	return values
}

// What a buffer has without being told.
const (
	standardSize = 256_000_000
	standardRows = 1_000_000
)
