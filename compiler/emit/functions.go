package emit

import (
	"regexp"
	"strings"

	"github.com/dave/jennifer/jen"

	"flowc/compiler/plan"
	"flowc/lang/typed"
)

// functionsFile prints functions.go: one Go function for each of the flow's.
func (g *generator) functionsFile(f *jen.File) {
	for _, fn := range g.plan.Flow.Functions {
		g.printFunction(f, fn)
	}
}

// nameFunctions gives the flow's functions names that nothing else has at the top
// level of the package.
func (g *generator) nameFunctions() {
	g.functions = map[*typed.Function]string{}
	for _, fn := range g.plan.Flow.Functions {
		name := lowerCamel(fn.Name)
		if plan.Reserved(name) {
			name += "_"
		}
		name = g.types.unique(name)
		g.functions[fn] = name
		g.functionNames[name] = true
	}
}

// printFunction prints
//
//	// vapourDeficit is how much more water the air could take.  climate.hcl:3
//	func vapourDeficit(t unit.Temperature, rh unit.Percent) (unit.Pressure, error) {
//		sat := …
//		return v, nil
//	}
func (g *generator) printFunction(f *jen.File, fn *typed.Function) {
	b := g.newBody(nil, true, nil)
	b.leave = func(*plan.Wire) []jen.Code { return []jen.Code{jen.Return(jen.Id("out"), jen.Err())} }
	var params []jen.Code
	for _, p := range fn.Params {
		params = append(params, jen.Id(b.local(p)).Add(g.types.goType(p.Type)))
	}
	for _, s := range fn.Steps {
		x := b.typedExpr(s.X)
		b.add(lineAt(s.Pos), jen.Id(b.local(s.Var)).Op(":=").Add(x))
	}
	result := b.given(fn.Result)
	out := jen.Code(g.types.goType(fn.Type()))
	if fn.Fallible {
		out = jen.Params(jen.Id("out").Add(g.types.goType(fn.Type())), jen.Err().Error())
		b.add(jen.Return(result, jen.Nil()))
	} else {
		b.add(jen.Return(result))
	}
	name := g.functions[fn]
	f.Comment(name + " is a function of the flow.  " + at(fn.Pos))
	for _, l := range strings.Split(fn.Doc, "\n") {
		if l != "" {
			f.Comment("// " + strings.TrimRight(oneLine(l), " "))
		}
	}
	f.Func().Id(name).Params(params...).Add(out).Block(append([]jen.Code{lineAt(fn.Result.Base().Pos)}, b.code...)...)
	f.Comment(lineBack)
	f.Line()
}

// functionCall calls a function of the flow.
func (b *body) functionCall(x *typed.FunctionCall) *jen.Statement {
	c := jen.Id(b.g.functions[x.Fn]).Call(b.exprs(x.Args)...)
	if x.Fn.Fallible {
		return b.checked(c)
	}
	return c
}

// madeNames are the forms of names that generated code gives its own variables.
var madeNames = regexp.MustCompile(`^(v|i|key)[0-9]*$|^each[^a-z]`)

// ownName is the Go name of a parameter or local equation of a function.
func (g *generator) ownName(l *typed.Local) string {
	name := lowerCamel(l.Name)
	if plan.Reserved(name) || madeNames.MatchString(name) || g.functionNames[name] || g.types.used[name] {
		name += "_"
	}
	return name
}

// learnFunctions names the records that only functions have.
func (t *goTypes) learnFunctions() {
	for _, fn := range t.plan.Flow.Functions {
		name := lowerCamel(fn.Name) + "Record"
		visit := func(e typed.Expr) { t.learn(e.Base().Type, name) }
		for _, p := range fn.Params {
			t.learn(p.Type, name)
		}
		for _, s := range fn.Steps {
			typed.Visit(s.X, visit)
		}
		typed.Visit(fn.Result, visit)
	}
}
