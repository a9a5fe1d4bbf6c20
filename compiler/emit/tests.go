package emit

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
)

// testsFile prints tests.go: the tests of the flow, a function for each. It is part of
// builds with the tag sim only.
func (g *generator) testsFile(f *jen.File) {
	if g.cover != nil {
		g.cover.off = true
		defer func() { g.cover.off = false }()
	}
	var list []jen.Code
	var functions []string
	for _, t := range g.plan.Tests {
		name := g.types.unique(testName(t.Name))
		functions = append(functions, name)
		list = append(list, g.testInfo(t, name))
	}
	each := arguments
	register := []jen.Code{jen.Qual(simPath, "Tests").Custom(each, list...)}
	if rules := g.testRules(); len(rules) > 0 {
		register = append(register, jen.Qual(simPath, "Rules").Custom(each, rules...))
	}
	f.Func().Id("init").Params().Block(register...)
	f.Line()
	for i, t := range g.plan.Tests {
		f.Comment(functions[i] + " is the test " + strconv.Quote(t.Name) + ".  " + at(t.Pos))
		f.Func().Id(functions[i]).Params(jen.Id("t").Op("*").Qual(simPath, "T"), jen.Id("p").Op("*").Id("Program")).Block(g.testSteps(t.Steps)...)
		f.Line()
	}
	g.overs(f)
	g.pickers(f)
	g.parsed(f, g.plan.TestParsed)
	g.zones(f, g.plan.TestParsed)
}

// testSources are the files that hold tests.
func (g *generator) testSources() string {
	var names []string
	for _, t := range g.plan.Tests {
		if name := oneLine(t.Pos.File); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// testName is a function's name made of the first words of a test's.
func testName(text string) string {
	name := "test"
	words := strings.FieldsFunc(text, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	})
	for _, w := range words[:min(len(words), 7)] {
		name += strings.ToUpper(w[:1]) + strings.ToLower(w[1:])
	}
	return name
}

// testInfo prints what the player must know before it begins.
func (g *generator) testInfo(t *plan.Test, name string) jen.Code {
	values := []jen.Code{
		jen.Id("Name").Op(":").Lit(t.Name),
		jen.Id("Pos").Op(":").Lit(at(t.Pos)),
		jen.Id("At").Op(":").Add(moment(t.At)),
	}
	if t.Replay != "" {
		values[len(values)-1] = jen.Id("Replay").Op(":").Lit(t.Replay)
	}
	if len(t.Settings) > 0 {
		values = append(values, jen.Id("Settings").Op(":").Map(jen.String()).String().CustomFunc(multiline, func(v *jen.Group) {
			for _, s := range t.Settings {
				v.Lit(s.Setting.Name).Op(":").Lit(settingText(s.V, s.Setting.Type))
			}
		}))
	}
	if sinks := sinksOf(t.Steps, nil); len(sinks) > 0 {
		values = append(values, jen.Id("Sinks").Op(":").Add(names(sinks)))
	}
	if own := g.stands(); len(own) > 0 {
		var nodes []jen.Code
		for _, th := range own {
			nodes = append(nodes, jen.Id(th.Node.Go))
		}
		values = append(values, jen.Id("Stands").Op(":").Index().Int32().Values(nodes...))
	}
	values = append(values, jen.Id("Play").Op(":").Qual(simPath, "Play").Call(jen.Id(name)))
	return jen.Qual(simPath, "Test").Custom(multiline, values...)
}

// testRules are the invariants, as faults name them.
func (g *generator) testRules() (list []jen.Code) {
	for _, r := range g.plan.TestRules {
		values := []jen.Code{jen.Id("Text").Op(":").Lit(r.Node.Name), jen.Id("Pos").Op(":").Lit(at(r.Node.Pos))}
		if len(r.Wires) > 0 {
			values = append(values, jen.Id("Wires").Op(":").Add(names(r.Wires)))
		}
		list = append(list, jen.Qual(simPath, "Rule").Values(values...))
	}
	return list
}

// names is a list of texts: []string{"dry", "pump.on"}.
func names(list []string) *jen.Statement {
	var values []jen.Code
	for _, n := range list {
		values = append(values, quoted(n))
	}
	return listOf(jen.Index().String(), values)
}

// sinksOf are the things of which a test asks what they sent.
func sinksOf(steps []*plan.TestStep, list []string) []string {
	for _, s := range steps {
		if s.Sort == typed.StepExpectSent || s.Sort == typed.StepExpectNothing {
			if !slices.Contains(list, s.Thing.Name) {
				list = append(list, s.Thing.Name)
			}
		}
		list = sinksOf(s.Steps, list)
	}
	return list
}

// moment is a time as Go writes it.
func moment(t time.Time) *jen.Statement {
	t = t.UTC()
	return jen.Qual("time", "Date").Call(jen.Lit(t.Year()), jen.Lit(int(t.Month())), jen.Lit(t.Day()),
		jen.Lit(t.Hour()), jen.Lit(t.Minute()), jen.Lit(t.Second()), jen.Lit(t.Nanosecond()), jen.Qual("time", "UTC"))
}
