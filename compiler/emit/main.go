package emit

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"flowc/lang/catalog"
	"flowc/lang/typed"
)

// mainFile prints main.go: what the program is called, its settings, its start.
func (g *generator) mainFile(f *jen.File, o Options) {
	for _, pkg := range g.tlsPackages() {
		f.Anon(pkg)
	}
	var code []jen.Code
	if g.hasSettings() {
		code = append(code, jen.Id("s").Op(":=").Op("&").Id("settings").Values())
	}
	code = append(code, flowName("Main").Call(flowName("Spec").Custom(multiline, g.spec()...)))
	if g.plan.Outbox != "" {
		code = append([]jen.Code{jen.Qual(outboxPath, "Command").Call(jen.Id("info").Dot("Name"), jen.Lit(g.plan.Outbox))}, code...)
	}
	if most := g.plan.Flow.Memory; most > 0 {
		code = append([]jen.Code{
			jen.Comment("What the flow says that the program may need; near it Go gives memory back more often."),
			jen.Qual("runtime/debug", "SetMemoryLimit").Call(jen.Lit(int(most))),
		}, code...)
	}
	f.Func().Id("main").Params().Block(code...)
	f.Line()
	f.Comment("info names the flow, its things and its equations, by node number.")
	f.Var().Id("info").Op("=").Add(flowName("Info")).Custom(multiline,
		jen.Id("Name").Op(":").Lit(g.plan.Flow.Name),
		jen.Id("Hash").Op(":").Lit(o.Hash),
		jen.Id("Nodes").Op(":").Index().Add(flowName("Node")).Custom(multiline, g.nodeInfos()...),
	)
	if g.hasSettings() {
		f.Line()
		g.settingsCode(f)
	}
}

// spec is what the program tells the runtime about itself.
func (g *generator) spec() []jen.Code {
	spec := []jen.Code{
		jen.Id("Info").Op(":").Id("info"),
		jen.Id("Doc").Op(":").Add(quoted(g.plan.Flow.Doc)),
	}
	if g.hasSettings() {
		spec = append(spec, jen.Id("Settings").Op(":").Id("s").Dot("list").Call())
	}
	if k := g.plan.Flow.Persist; k != nil {
		spec = append(spec, jen.Id("Memory").Op(":").Op("&").Qual(persistPath, "Memory").Values(
			jen.Id("File").Op(":").Lit(k.File), jen.Id("Period").Op(":").Add(duration(k.Every))))
	}
	if g.plan.Outbox != "" {
		spec = append(spec, jen.Id("Usage").Op(":").Qual(outboxPath, "Usage"))
	}
	if h := g.plan.Flow.Health; h != nil {
		login := jen.Nil()
		if h.Auth != nil {
			login = jen.Op("&").Id("s").Dot(settingGo(h.Auth.Name))
		}
		spec = append(spec, jen.Id("Health").Op(":").Qual(healthPath, "At").Call(jen.Lit(h.Listen), login))
	}
	return append(spec, jen.Id("Build").Op(":").Func().Params(jen.Id("e").Op("*").Add(flowName("Engine"))).Add(flowName("Program")).Block(
		jen.Return(jen.Id("newProgram").Call(append([]jen.Code{jen.Id("e")}, g.ifSettings(jen.Id("s"))...)...))))
}

// sources are the files of the flow that a file is made from.
func (g *generator) sources(name string) string {
	if name == "tests.go" {
		return g.testSources()
	}
	seen := map[string]bool{}
	var names []string
	for _, n := range g.plan.Nodes {
		if n.Pos.File != "" && !seen[n.Pos.File] {
			seen[n.Pos.File] = true
			names = append(names, oneLine(n.Pos.File))
		}
	}
	if len(names) == 0 {
		return g.plan.Flow.Name
	}
	return strings.Join(names, ", ")
}

func (g *generator) nodeInfos() []jen.Code {
	var list []jen.Code
	for _, n := range g.plan.Nodes {
		values := []jen.Code{jen.Id("Name").Op(":").Lit(n.Name)}
		if n.Kind != "" {
			values = append(values, jen.Id("Kind").Op(":").Lit(n.Kind))
		}
		list = append(list, jen.Values(append(values, jen.Id("Pos").Op(":").Lit(at(n.Pos)))...))
	}
	return list
}

// tlsPackages are what connections need whose URL asks for TLS, or is only known
// at start: the tag of the setting names the package, and nobody else links it.
func (g *generator) tlsPackages() []string {
	var list []string
	for _, th := range g.plan.Things {
		for _, s := range th.Settings {
			pkg := s.Field.Tags["tls"]
			if pkg != "" && !plainURL(s.X) && !slices.Contains(list, pkg) {
				list = append(list, pkg)
			}
		}
	}
	return list
}

// plainURL reports whether a setting is a constant URL without TLS.
func plainURL(x typed.Expr) bool {
	c, ok := x.(*typed.Const)
	if !ok {
		return false
	}
	text, _ := c.V.(string)
	scheme, _, _ := strings.Cut(strings.ToLower(text), ":")
	return !slices.Contains([]string{"mqtts", "ssl", "tls", "https", "wss"}, scheme)
}

// pinOf is the GPIO number of a thing that claims one.
func pinOf(th *typed.Thing) (typed.Expr, bool) {
	for _, s := range th.Settings {
		if s.Field.Tags["claim"] == "gpio" && s.Field.Role != catalog.RoleBlock {
			return s.X, true
		}
	}
	return nil, false
}
