// Package emit prints a plan as Go. It decides nothing: what runs when, and what
// follows from what, is in the plan. jennifer is imported nowhere else.
package emit

import (
	"bytes"
	"errors"
	"strings"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
)

// Import paths of the runtime packages that generated code names.
const (
	flowPath = "flowc/rt/flow"
	fnPath   = "flowc/rt/fn"
	opPath   = "flowc/rt/op"
	unitPath = "flowc/rt/unit"
	jsonPath = "flowc/rt/wirejson"
	simPath  = "flowc/rt/sim"
	tlsPath  = "flowc/rt/mqtt/mqtttls"
)

// Options are what the flow itself does not say.
type Options struct {
	// Hash tells this version of the flow from another (`--version`).
	Hash string
}

// Files prints the generated package: main.go, program.go, types.go where there
// are any, and watch.go for the simulator.
func Files(p *plan.Program, o Options) (map[string][]byte, error) {
	g := &generator{plan: p, types: newTypes(p)}
	files := map[string][]byte{}
	for _, part := range []struct {
		name string
		fill func(*jen.File)
	}{
		{"main.go", func(f *jen.File) { g.mainFile(f, o) }},
		{"program.go", g.programFile},
		{"watch.go", g.watchFile},
		{"types.go", g.types.file},
	} {
		f := newFile()
		g.empty = false
		part.fill(f)
		if part.name == "types.go" && g.types.none() {
			continue
		}
		src, err := render(f)
		if err != nil {
			return nil, errors.New("defect: " + part.name + ": " + firstLine(err.Error()))
		}
		files[part.name] = settleLines(part.name, src)
	}
	return files, nil
}

// generator prints one program.
type generator struct {
	plan  *plan.Program
	types *goTypes
	empty bool
}

func newFile() *jen.File {
	f := jen.NewFile("main")
	for path, name := range map[string]string{
		flowPath: "flow", fnPath: "fn", opPath: "op", unitPath: "unit", jsonPath: "wirejson",
		"flowc/rt/gpio": "gpio", "flowc/rt/mqtt": "mqtt", "flowc/rt/logline": "logline",
	} {
		f.ImportName(path, name)
	}
	return f
}

func render(f *jen.File) ([]byte, error) {
	var b bytes.Buffer
	err := f.Render(&b)
	return b.Bytes(), err
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

// Small helpers, so that the code above each reads like the Go it prints.

// p is a field or method of the Program: p.door.Pressed.
func p(path ...string) *jen.Statement { return jen.Id("p").Dot(strings.Join(path, ".")) }

// flowName is a name of rt/flow.
func flowName(name string) *jen.Statement { return jen.Qual(flowPath, name) }

// of is a generic type or function with its arguments: flow.Val[bool].
func of(s *jen.Statement, types ...jen.Code) *jen.Statement { return s.Types(types...) }

// at is the place of a node for readers: "greenhouse.hcl:13".
func at(pos typed.Pos) string { return posText(pos) }

// method begins a method of the Program.
func method(name string) *jen.Statement {
	return jen.Func().Params(jen.Id("p").Op("*").Id("Program")).Id(name)
}
