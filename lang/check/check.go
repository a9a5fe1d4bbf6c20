// Package check turns the declarations of a flow into a typed program, or says
// what is wrong with them. One recursive pass settles names, types, units, shapes,
// keys and constants; what needs the whole flow is looked at after it.
package check

import (
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
	"flowc/lang/types"
)

// Check types a flow. The program is nil if there are errors; all independent
// ones are found in one run.
func Check(p *syntax.Program, cat *catalog.Catalog) (*typed.Program, diag.List) {
	c := newChecker(p, cat)
	c.declare()
	c.library = c.isLibrary()
	c.checkAll()
	tests := c.tests()
	if !c.found.HasErrors() {
		c.found = append(c.found, c.unsaid...)
	}
	program := c.program()
	program.Tests = tests
	c.afterwards()
	c.alone()
	c.onceForAll()
	c.quotedTogether()
	c.found.Sort()
	if c.found.HasErrors() {
		return nil, c.found
	}
	if program.Silenced = c.silenced(); c.library {
		program.Offers = keysOf(c.components)
	}
	return program, c.found
}

// checker is one run over one flow.
type checker struct {
	flow    *syntax.Program
	sources map[string][]byte
	catalog *catalog.Catalog
	found   diag.List

	// decls are the declarations by name; order has them as they stand.
	decls map[string]*decl
	order []*decl
	site  *syntax.Block
	board *syntax.Block
	about *syntax.Block
	zone  string
	// quiet says that faults which the flow does not wire are not logged.
	quiet bool
	place place
	// persist is how the program keeps its memory, nil where it does not.
	persist *typed.Persist
	// memory is how much the program may need, in bytes; 0 where the flow does not say.
	memory int64
	// health is the page about the program, nil where nobody asks.
	health *typed.Health

	// invariants are the rules, which have no names.
	invariants []*decl

	// components are the component blocks by name.
	components map[string]*decl
	// around are the declarations of the flow whose components are checked without an
	// instance.
	around map[string]*decl
	// unknown says that such a component is given a thing whose data nobody knows.
	unknown bool
	// library says that the flow does nothing and offers components.
	library bool
	// libraryFiles are files that `use` brought in.
	libraryFiles map[string]bool
	// instanceCount counts the instances; eachTypes are the keys of those that
	// `for_each` makes, by name.
	instanceCount int
	eachTypes     map[string]*types.Type

	// faults stands for the program where its faults are wired.
	faults *decl

	// functions are the function blocks, which have names of their own; made are
	// those that were typed, each after those that it calls, and calling those that
	// are being typed.
	functions     map[string]*decl
	functionOrder []*decl
	made          []*typed.Function
	calling       []*decl

	// ports are the streams of single cases, cases the wires that were only read for
	// one, ignored those of which `ignore` does; ignoring is set inside it. taken are names of hidden equations.
	ports    map[portKey]*caseStream
	cases    map[*typed.Wire]string
	ignored  map[*typed.Wire]bool
	ignoring bool
	// within says that a type is read of data that crosses no border.
	within bool
	taken  map[string]bool

	// asksSun says that something of the flow follows the sun.
	asksSun bool
	// testBlocks are the tests as they stand.
	testBlocks []*syntax.Block

	// scope is where the expression being checked stands, whole the expression.
	scope scope
	whole *wholeExpr
	// missing are the reports of settings that are missing, by the place of the thing.
	missing map[rangeT]*missingSettings
	// putIn are what texts mean to put in, which is not unused then.
	putIn []*decl
	// quoted are the reports of members in quotes, with all members of the enumeration.
	quoted map[*diag.Diagnostic]string
	// unsaid are messages that were taken back because of others.
	unsaid []*diag.Diagnostic
	// sourceOf are the sources of the outputs of things.
	sourceOf map[output]*types.Source
	// refs are all references from one declaration to another, constants included.
	refs []ref
	// symbols are the elements of splats.
	symbols map[*hclsyntax.AnonSymbolExpr]*typed.Local
	// picked are the sources of single keys.
	picked     map[pickedKey]*types.Source
	pickedFrom map[*types.Source]pickedFrom
	// guessing is more than 0 while the type of a circle is looked for: nothing is
	// reported then.
	guessing int
	// guesses are those made inside the outermost guess.
	guesses map[*decl]guess
}

type output struct {
	thing *decl
	name  string
}

// ref is one use of a name. by is the declaration that uses it.
type ref struct {
	by, to *decl
	output string
	x      typed.Expr
}

func newChecker(p *syntax.Program, cat *catalog.Catalog) *checker {
	return &checker{
		flow:     p,
		sources:  p.Sources(),
		catalog:  cat,
		decls:    map[string]*decl{},
		sourceOf: map[output]*types.Source{},
	}
}

func (c *checker) report(d *diag.Diagnostic) {
	if c.guessing == 0 && d != nil {
		c.found = append(c.found, d)
	}
}

// checkAll types every declaration, wanted by another or not.
func (c *checker) checkAll() {
	for _, d := range c.order {
		switch d.sort {
		case sortType, sortVariant:
			c.typeOf(d)
		case sortSetting:
			c.setting(d)
		case sortThing:
			c.thing(d)
		}
	}
	for _, d := range c.functionOrder {
		c.functionOf(d, d.at)
	}
	for _, d := range c.order {
		switch d.sort {
		case sortEquation, sortState, sortSequence:
			c.equation(d)
		case sortThing:
			c.wire(d)
		}
	}
	c.rules()
}

// afterwards looks at the whole: circles, what nobody uses, topics, pins,
// silence and secrets. Each check has its file and reads decls, refs and the
// typed trees in them; it may not change them.
func (c *checker) afterwards() {
	for _, check := range wholeChecks {
		check(c)
	}
}

// wholeChecks are filled by the files of the checks.
var wholeChecks []func(*checker)

// program collects what was typed, in the flow's order.
func (c *checker) program() *typed.Program {
	p := &typed.Program{Name: c.flow.Name, Doc: c.flowDoc(), Timezone: c.zone, Latitude: c.place.latitude, Longitude: c.place.longitude, Persist: c.persist, Memory: c.memory, Health: c.health, Catalog: c.catalog}
	p.Functions = c.made
	for _, r := range c.catalog.OwnRecords() {
		p.OwnRecords = append(p.OwnRecords, typed.OwnRecord{Record: r, Type: c.catalogRecord(&catalog.Type{Ref: r.Name}, nil)})
	}
	for _, d := range c.order {
		switch d.sort {
		case sortEnum:
			if d.typ != nil {
				p.Enums = append(p.Enums, d.typ)
			}
		case sortSetting:
			if d.setting != nil {
				p.Settings = append(p.Settings, d.setting)
			}
		case sortThing:
			if d.thing != nil {
				c.addEquations(p, d.steps)
				p.Things = append(p.Things, d.thing)
				p.Order = append(p.Order, d.thing)
				c.addEquations(p, d.portEquations())
			}
		case sortInterlock:
			if d.interlock != nil {
				p.Interlocks = append(p.Interlocks, d.interlock)
			}
		case sortEquation, sortState, sortSequence:
			if d.isWire() {
				for _, s := range d.steps {
					s.Persist = d.eq.Persist
					if d.eq.RenamedFrom != "" {
						s.RenamedFrom = d.eq.RenamedFrom + strings.TrimPrefix(s.Name, d.name)
					}
				}
				c.addEquations(p, append(d.steps, d.eq))
				c.addEquations(p, d.portEquations())
				c.addEquations(p, d.partEquations())
			}
		}
	}
	for _, d := range c.invariants {
		if d.invariant != nil {
			c.addEquations(p, d.steps)
			p.Invariants = append(p.Invariants, d.invariant)
		}
	}
	return p
}

func (c *checker) addEquations(p *typed.Program, list []*typed.Equation) {
	for _, e := range list {
		p.Equations = append(p.Equations, e)
		p.Order = append(p.Order, e)
	}
}
