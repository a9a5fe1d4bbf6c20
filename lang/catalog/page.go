package catalog

// page is the reference of one kind, operator or function, before it is laid
// out.
type page struct {
	name     string
	sort     string
	calls    []string
	doc      string
	sections []section
}

// section is a part of a page with a heading.
type section struct {
	title string
	rows  []row
	notes []string
}

// row is a setting, an output or an argument. Value is what it is when nobody
// says, "…" when somebody must, and empty where neither makes sense.
type row struct {
	name, value, what, doc string
}

// pages are those of everything with the name.
func (c *Catalog) pages(name string) []*page {
	var list []*page
	for _, g := range c.groups() {
		for _, e := range g.entries {
			if e.name != name {
				continue
			}
			for _, build := range e.pages {
				list = append(list, build())
			}
		}
	}
	return list
}

func (p *page) add(s section) {
	if len(s.rows) > 0 || len(s.notes) > 0 {
		p.sections = append(p.sections, s)
	}
}

func (c *Catalog) operatorPage(o *Operator) *page {
	p := &page{name: o.Name, sort: "operator", calls: o.Signature(), doc: o.Doc}
	args := section{title: "Arguments"}
	for _, a := range append(o.written(o.Args), o.written(o.Options)...) {
		args.rows = append(args.rows, row{a.Name, shownDefault(a.Type, a.Default), c.argText(a), a.Doc})
	}
	p.add(args)
	p.add(section{title: "Result", notes: c.resultNotes(o)})
	p.add(section{title: "Types", notes: paramNotes(o.TypeParams)})
	return p
}

func (c *Catalog) functionPage(f *Function) *page {
	p := &page{name: f.Name, sort: "function", calls: []string{f.Signature(c)}, doc: f.Doc}
	p.add(section{title: "Types", notes: paramNotes(f.TypeParams)})
	return p
}

// argText is the shape and the type of an operator's argument.
func (c *Catalog) argText(a *Arg) string {
	text := c.argType(a)
	switch a.Shape {
	case "const":
		text += ", constant"
	case "lambda":
	case "any":
		text = payload("event or reading", a.Type, text)
	default:
		text = payload(a.Shape, a.Type, text)
	}
	text += shownRange(a.Tags)
	if a.Optional {
		text += ", may be left out"
	}
	return text
}

// payload is "value of bool", or "event" for one that carries nothing.
func payload(shape string, t *Type, text string) string {
	if t == nil || t.Name == "unit" {
		return shape
	}
	return shape + " of " + text
}

var readyNotes = map[string]string{
	"follows": "It is not ready while an input is not, and then begins as at the start.",
	"first":   "It is not ready before the first event.",
	"always":  "It is ready from the start.",
}

// resultNotes say what comes out and what the rest of a flow must know of it.
func (c *Catalog) resultNotes(o *Operator) []string {
	notes := []string{"It gives " + c.gives(o) + "."}
	if o.Out == "value" {
		notes = append(notes, readyNotes[o.Ready])
	}
	add := func(when bool, note string) {
		if when {
			notes = append(notes, note)
		}
	}
	add(o.Fallible, "It may fail.")
	add(o.Across, "It combines all keys into one.")
	add(o.Fresh == "own", "As to `stale`, what counts is when it last let something through.")
	add(o.Holds, "It keeps what it was given for a while, in memory only.")
	add(o.Breaks, "A circle may go through it.")
	add(o.Bounded, "An actuator behind it needs no `stale`.")
	return notes
}

func (c *Catalog) gives(o *Operator) string {
	text := c.TypeText(o.Result)
	switch o.Out {
	case "event":
		return payload("an event", o.Result, text)
	case "same":
		return payload("an event or a reading", o.Result, text) + ", whichever the first argument is"
	}
	return payload("a "+o.Out, o.Result, text)
}

func paramNotes(params []TypeParam) []string {
	var notes []string
	for _, p := range params {
		notes = append(notes, p.Name+" is "+constraintText(p)+".")
	}
	return notes
}
