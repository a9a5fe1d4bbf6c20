package emit

import (
	"slices"
	"strings"

	"github.com/dave/jennifer/jen"

	"flowc/lang/catalog"
	"flowc/lang/typed"
	"flowc/lang/types"
	"flowc/rt/fn"
)

// mainFile prints main.go: what the program is called, its settings, its start.
func (g *generator) mainFile(f *jen.File, o Options) {
	for _, pkg := range g.tlsPackages() {
		f.Anon(pkg)
	}
	f.Func().Id("main").Params().Block(
		jen.Id("s").Op(":=").Op("&").Id("settings").Values(),
		flowName("Main").Call(flowName("Spec").Custom(multiline, g.spec()...)))
	f.Line()
	f.Comment("info names the flow, its things and its equations, by node number.")
	f.Var().Id("info").Op("=").Add(flowName("Info")).Custom(multiline,
		jen.Id("Name").Op(":").Lit(g.plan.Flow.Name),
		jen.Id("Hash").Op(":").Lit(o.Hash),
		jen.Id("Nodes").Op(":").Index().Add(flowName("Node")).Custom(multiline, g.nodeInfos()...),
	)
	f.Line()
	g.settingsCode(f)
}

// spec is what the program tells the runtime about itself.
func (g *generator) spec() []jen.Code {
	spec := []jen.Code{
		jen.Id("Info").Op(":").Id("info"),
		jen.Id("Doc").Op(":").Lit(g.plan.Flow.Doc),
		jen.Id("Settings").Op(":").Id("s").Dot("list").Call(),
	}
	if k := g.plan.Flow.Persist; k != nil {
		spec = append(spec, jen.Id("Memory").Op(":").Op("&").Qual(persistPath, "Memory").Values(
			jen.Id("File").Op(":").Lit(k.File), jen.Id("Period").Op(":").Add(duration(k.Every))))
	}
	return append(spec, jen.Id("Build").Op(":").Func().Params(jen.Id("e").Op("*").Add(flowName("Engine"))).Add(flowName("Program")).Block(
		jen.Return(jen.Id("newProgram").Call(jen.Id("e"), jen.Id("s")))))
}

func sourceNames(g *generator) string {
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

// settingsCode prints the settings and how each is read.
func (g *generator) settingsCode(f *jen.File) {
	var fields, list []jen.Code
	for _, s := range g.plan.Flow.Settings {
		fields = append(fields, docLines(s.Doc)...)
		fields = append(fields, jen.Id(settingGo(s.Name)).Add(g.types.goType(s.Type)).Comment(at(s.Pos)))
		list = append(list, g.settingInfo(s))
	}
	f.Comment("settings are what the flow is told at start.")
	f.Type().Id("settings").Struct(fields...)
	f.Line()
	code := jen.Return(jen.Nil())
	if len(list) > 0 {
		code = jen.Return(jen.Index().Add(flowName("Setting")).Custom(multiline, list...))
	}
	recv := jen.Id("s").Op("*").Id("settings")
	if len(list) == 0 {
		recv = jen.Op("*").Id("settings")
	}
	f.Comment("list tells where each setting is looked for and how it is read.")
	f.Func().Params(recv).Id("list").Params().Index().Add(flowName("Setting")).Block(code)
}

func (g *generator) settingInfo(s *typed.Setting) jen.Code {
	values := []jen.Code{
		jen.Id("Name").Op(":").Lit(s.Name),
		jen.Id("Env").Op(":").Lit(s.Env),
	}
	if s.Doc != "" {
		values = append(values, jen.Id("Doc").Op(":").Lit(s.Doc))
	}
	values = append(values, jen.Id("Type").Op(":").Lit(settingType(s.Type)))
	if s.Default != nil {
		values = append(values, jen.Id("Default").Op(":").Lit(settingText(s.Default, s.Type)))
	} else {
		values = append(values, jen.Id("Required").Op(":").True())
	}
	if s.Type.Kind == types.Secret {
		values = append(values, jen.Id("Secret").Op(":").True())
	}
	values = append(values, jen.Id("Parse").Op(":").Add(g.settingParser(s)))
	return jen.Custom(multiline, values...)
}

// settingType names a setting's type in words.
func settingType(t *types.Type) string {
	switch t.Kind {
	case types.Bool:
		return "switch (on or off)"
	case types.Int:
		return "whole number"
	case types.Number:
		return "number"
	case types.Duration:
		return "duration"
	case types.Quantity:
		return "number in " + t.Unit.Symbol
	case types.Enum:
		return "one of " + strings.Join(t.Values, ", ")
	case types.Date:
		return "date"
	case types.TimeOfDay:
		return "time of day"
	case types.Secret:
		return "secret"
	}
	return "text"
}

// settingText is a default as a person would give it.
func settingText(v any, t *types.Type) string {
	switch v := v.(type) {
	case string:
		return v
	case fn.Date:
		return fn.FormatDate(v)
	case fn.TimeOfDay:
		return fn.FormatTimeOfDay(v)
	case bool:
		if v {
			return "on"
		}
		return "off"
	}
	text := constText(v)
	if t.Kind == types.Quantity && t.Unit.Name != "" {
		return text + "." + t.Unit.Name
	}
	return text
}

func (g *generator) settingParser(s *typed.Setting) jen.Code {
	place := jen.Op("&").Id("s").Dot(settingGo(s.Name))
	args := []jen.Code{place}
	name := map[types.Kind]string{
		types.Bool: "ParseBool", types.Int: "ParseInt", types.Number: "ParseNumber",
		types.Duration: "ParseDuration", types.Quantity: "ParseQuantity",
		types.Enum: "ParseChoice", types.Secret: "ParseSecret",
	}[s.Type.Kind]
	switch s.Type.Kind {
	case types.Date:
		name, args = "ParseWith", append(args, jen.Lit("a date such as 2026-12-24"), jen.Qual(fnPath, "ReadDate"))
	case types.TimeOfDay:
		name, args = "ParseWith", append(args, jen.Lit("a time of day such as 07:00"), jen.Qual(fnPath, "ReadTimeOfDay"))
	case types.Quantity:
		args = append(args, jen.Lit(s.Type.Unit.Name), jen.Lit(s.Type.Unit.Symbol))
	case types.Enum:
		for _, v := range s.Type.Values {
			args = append(args, jen.Lit(v))
		}
	}
	if name == "" {
		name = "ParseString"
	}
	if s.HasRange {
		args = append(args, flowName("Limits").Values(jen.Id("Min").Op(":").Add(float(s.Min)), jen.Id("Max").Op(":").Add(float(s.Max))))
	}
	return flowName(name).Call(args...)
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
