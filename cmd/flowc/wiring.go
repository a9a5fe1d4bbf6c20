package main

import (
	"slices"
	"strings"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// wiring is who reads whom in a flow.
type wiring struct {
	program *typed.Program
	reads   map[typed.Decl][]wire
	readBy  map[typed.Decl][]typed.Decl
}

// wire is one thing or equation that another reads. Output is "" for the thing itself and for an equation.
type wire struct {
	from   typed.Decl
	output string
	info   *typed.Info // nil for `via = home`
}

func wiringOf(p *typed.Program) *wiring {
	w := &wiring{program: p, reads: map[typed.Decl][]wire{}, readBy: map[typed.Decl][]typed.Decl{}}
	for _, d := range p.Order {
		for _, x := range expressionsOf(d) {
			typed.Visit(x, func(x typed.Expr) { w.add(d, x) })
		}
	}
	return w
}

// expressionsOf are the expressions that a declaration consists of.
func expressionsOf(d typed.Decl) []typed.Expr {
	switch d := d.(type) {
	case *typed.Equation:
		return []typed.Expr{d.X}
	case *typed.Thing:
		return thingExpressions(d)
	}
	return nil
}

func thingExpressions(t *typed.Thing) []typed.Expr {
	var list []typed.Expr
	for _, s := range t.Settings {
		if s.X != nil {
			list = append(list, s.X)
		}
	}
	for _, in := range t.Inputs {
		list = append(list, in.X)
	}
	if t.When != nil {
		list = append(list, t.When)
	}
	return list
}

func (w *wiring) add(reader typed.Decl, x typed.Expr) {
	var found wire
	switch x := x.(type) {
	case *typed.Wire:
		if x.Eq != nil {
			found = wire{from: x.Eq, info: x.Base()}
		} else {
			found = wire{from: x.Thing, output: x.Output, info: x.Base()}
		}
	case *typed.MetaOf:
		found = wire{from: x.Thing, output: "meta", info: x.Base()}
	case *typed.ThingRef:
		found = wire{from: x.Thing}
	default:
		return
	}
	for _, known := range w.reads[reader] {
		if known.from == found.from && known.output == found.output {
			return
		}
	}
	w.reads[reader] = append(w.reads[reader], found)
	if !slices.Contains(w.readBy[found.from], reader) {
		w.readBy[found.from] = append(w.readBy[found.from], reader)
	}
}

func nameOf(d typed.Decl) string {
	switch d := d.(type) {
	case *typed.Thing:
		return d.Name
	case *typed.Equation:
		return d.Name
	}
	return ""
}

// names lists declarations as `dry`, `pump`.
func names(list []typed.Decl) string {
	var all []string
	for _, d := range list {
		all = append(all, nameOf(d))
	}
	return strings.Join(all, ", ")
}

// wireText describes a wire: "reading of pct, one per bed".
func wireText(shape types.Shape, t *types.Type, key types.Key) string {
	text := shape.String()
	if t != nil && t.Kind != types.Nothing {
		text += " of " + t.String()
	}
	if key.Keyed() {
		text += ", one per " + strings.ReplaceAll(key.Names, ",", " and ")
	}
	return text
}

func infoText(i *typed.Info) string { return wireText(i.Shape, i.Type, i.Key) }
