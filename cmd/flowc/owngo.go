package main

import (
	"errors"
	"fmt"
	"strings"

	"flowc/compiler"
	"flowc/compiler/gobuild"
	"flowc/lang/catalog"
	"flowc/lang/check"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
)

// failBuild tells why a program could not be built.
func (c *console) failBuild(f *compiler.Flow, err error) int {
	if tellOwn(c, f, err) {
		return exitFindings
	}
	return c.fail(err)
}

// tellOwn shows what Go's compiler says of the flow's own Go as findings, and then
// its own words; it reports false for another error.
func tellOwn(c *console, f *compiler.Flow, err error) bool {
	var own *gobuild.OwnError
	if !errors.As(err, &own) {
		return false
	}
	var found diag.List
	for _, p := range own.Places {
		found = append(found, check.GoCompileError(catalog.Place{File: p.File, Line: p.Line, Col: p.Col}, p.Text))
	}
	found.Text(c.err, f.Sources, diag.Options{Color: c.colorErr})
	fmt.Fprintf(c.err, "\n%s\n\nGo says:\n\n%s\n", countFindings(found), strings.TrimRight(own.Output, "\n"))
	return true
}

// catalogAt is the catalogue with what the Go beside the flow at path declares; an
// empty path is the current folder, which need not hold a flow.
func catalogAt(path string) (*catalog.Catalog, error) {
	p, found := syntax.Load(path)
	if len(p.Go) == 0 {
		if path != "" && found.HasErrors() && len(p.Files) == 0 {
			return nil, errors.New(found[0].Why)
		}
		return catalog.Load(), nil
	}
	cat, problems := compiler.Catalog(p)
	if problems.HasErrors() && path != "" {
		return nil, fmt.Errorf("%s: %s", problems[0].Subject.Range.Filename, problems[0].Subject.Label)
	}
	return cat, nil
}

// outside is what is said of Go that flowc did not make.
const outside = "It is Go of the flow's own: how long it takes and how much memory it needs is outside what flowc promises.\n" +
	"A panic in it is a fault at the place in the flow that was being worked out.\n"

// explainOwn tells of a function, operator or kind of the flow's own Go; false where
// the name is none.
func explainOwn(c *console, f *compiler.Flow, name string) bool {
	place := ownPlace(f.Typed.Catalog, name)
	if place == nil {
		return false
	}
	if err := catalog.Doc(f.Typed.Catalog, name, c.out); err != nil {
		return false
	}
	fmt.Fprintf(c.out, "\n%s is declared at %s:%d.\n%s", name, place.File, place.Line, outside)
	return true
}

func ownPlace(cat *catalog.Catalog, name string) *catalog.Place {
	if k := cat.Kind(name); k != nil && k.Place != nil {
		return k.Place
	}
	for _, o := range cat.Operator(name) {
		if o.Place != nil {
			return o.Place
		}
	}
	for _, f := range cat.Function(name) {
		if f.Place != nil {
			return f.Place
		}
	}
	return nil
}

// ownUses names the Go of the flow's own that a declaration runs.
func ownUses(d typed.Decl) string {
	var list []string
	add := func(name string, p *catalog.Place) {
		if p != nil {
			list = append(list, fmt.Sprintf("%s (%s:%d)", name, p.File, p.Line))
		}
	}
	visit := func(x typed.Expr) {
		if x == nil {
			return
		}
		typed.Visit(x, func(e typed.Expr) {
			switch e := e.(type) {
			case *typed.Call:
				add(e.Fn.Name, e.Fn.Place)
			case *typed.OpCall:
				add(e.Op.Name, e.Op.Place)
			}
		})
	}
	switch d := d.(type) {
	case *typed.Equation:
		visit(d.X)
	case *typed.Thing:
		add(d.Kind.Name, d.Kind.Place)
		for _, in := range d.Inputs {
			visit(in.X)
		}
		visit(d.When)
	}
	if list == nil {
		return ""
	}
	return strings.Join(list, ", ") + ": time and memory are outside flowc's promises"
}
