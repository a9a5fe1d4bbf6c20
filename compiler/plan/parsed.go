package plan

import (
	"slices"
	"strings"
	"time"

	"flowc/lang/catalog"
	"flowc/lang/typed"
)

// Parsed is a constant text that functions take in another form: a pattern, a
// layout, a time zone. The program parses it once.
type Parsed struct {
	// Go is the name of its variable.
	Go string
	// Package and Type name the Go type that it is parsed to: flowc/rt/fn, Pattern.
	Package, Type string
	Text          string
	// Data are the rules of a zone, in the form TZif.
	Data string
}

const (
	fnPackage = "flowc/rt/fn"
	zoneType  = fnPackage + ".Zone"
)

// SiteZone is the zone of the site, which functions of local time are given.
func (p *Program) SiteZone() *Parsed { return p.parsed(zoneType, p.Flow.Timezone) }

// ParsedArg is what a constant argument is parsed to, nil for other arguments.
func (p *Program) ParsedArg(f *catalog.Function, n int, x typed.Expr) *Parsed {
	k, ok := x.(*typed.Const)
	if !ok || n >= len(f.Args) || f.Args[n].Type.Name != "string" || f.Args[n].Type.Go == "" {
		return nil
	}
	text, _ := k.V.(string)
	return p.parsed(f.Args[n].Type.Go, text)
}

// ZoneOf is the zone that an operator goes by.
func (p *Program) ZoneOf(x *typed.OpCall) *Parsed { return p.parsed(zoneType, x.Zone) }

// ParsedOption is what an option of an operator is parsed to, nil for others.
func (p *Program) ParsedOption(o typed.Option) *Parsed {
	k, ok := o.X.(*typed.Const)
	if !ok || o.Arg.Type == nil || o.Arg.Type.Name != "string" || o.Arg.Type.Go == "" {
		return nil
	}
	text, _ := k.V.(string)
	return p.parsed(o.Arg.Type.Go, text)
}

func (p *Program) parsed(goType, text string) *Parsed {
	for _, c := range slices.Concat(p.Parsed, p.TestParsed) {
		if c.Package+"."+c.Type == goType && c.Text == text {
			return c
		}
	}
	return nil
}

// parse finds the texts that the program parses when it starts.
func (b *builder) parse() {
	visit := func(x typed.Expr) {
		if x != nil {
			typed.Visit(x, b.parseIn)
		}
	}
	for _, t := range b.flow.Things {
		for _, s := range t.Settings {
			visit(s.X)
		}
	}
	for _, f := range b.flow.Functions {
		for _, s := range f.Steps {
			visit(s.X)
		}
		visit(f.Result)
	}
	for _, s := range b.out.Steps {
		visit(s.X)
		if s.Op != nil {
			visit(s.Op)
		}
		for _, in := range s.Inputs {
			visit(in.X)
		}
	}
}

func (b *builder) parseIn(x typed.Expr) { b.parseFor(x, &b.out.Parsed) }

// parseFor adds what a call takes ready-made to a list.
func (b *builder) parseFor(x typed.Expr, list *[]*Parsed) {
	if op, ok := x.(*typed.OpCall); ok {
		b.parseOptions(op, list)
	}
	call, ok := x.(*typed.Call)
	if !ok {
		return
	}
	if call.Fn.Zone {
		b.addParsed(zoneType, b.flow.Timezone, list)
	}
	if call.Fn.Site {
		b.needSite()
	}
	for n, a := range call.Args {
		k, ok := a.(*typed.Const)
		if !ok || n >= len(call.Fn.Args) {
			continue
		}
		if t := call.Fn.Args[n].Type; t.Name == "string" && t.Go != "" {
			text, _ := k.V.(string)
			b.addParsed(t.Go, text, list)
		}
	}
}

// parseOptions finds what an operator needs: a zone, the site, times of day.
func (b *builder) parseOptions(x *typed.OpCall, list *[]*Parsed) {
	if x.Op.Zone && x.Zone != "" {
		b.addParsed(zoneType, x.Zone, list)
	}
	if x.Op.Site {
		b.needSite()
	}
	options := x.Options
	for n, a := range x.Args {
		if arg := argOf(x.Op, n); !arg.Input {
			options = append(options[:len(options):len(options)], typed.Option{Arg: arg, X: a})
		}
	}
	for _, o := range options {
		if k, ok := o.X.(*typed.Const); ok && o.Arg.Type.Name == "string" && o.Arg.Type.Go != "" {
			text, _ := k.V.(string)
			b.addParsed(o.Arg.Type.Go, text, list)
		}
	}
}

// needSite gives the program a variable for where it runs.
func (b *builder) needSite() {
	if b.out.Site == "" {
		b.out.Site = b.names.madeTop("site")
	}
}

func (b *builder) addParsed(goType, text string, list *[]*Parsed) {
	if b.out.parsed(goType, text) != nil {
		return
	}
	dot := strings.LastIndexByte(goType, '.')
	c := &Parsed{Package: goType[:dot], Type: goType[dot+1:], Text: text}
	c.Go = b.names.madeTop("parsed" + c.Type)
	if goType == zoneType {
		if loc, err := time.LoadLocation(text); err == nil {
			c.Data = zoneData(loc)
		}
	}
	*list = append(*list, c)
}
