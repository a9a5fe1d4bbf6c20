// Package scan reads the source of rt and makes the catalogue of kinds, operators
// and functions from it. It uses go/parser and go/types alone, with function
// bodies ignored: no go command, no network, nothing is run.
package scan

import (
	"go/token"
	"go/types"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"flowc/lang/catalog"
)

// Problem is a declaration that the catalogue cannot take, with its place.
type Problem struct {
	// File is the path within the scanned file system, Line counts from 1.
	File string
	Line int
	// Col and Byte count as go/token does, the byte from 0.
	Col, Byte int
	// Text is a sentence.
	Text string
}

// String is the problem as a compiler would print it.
func (p Problem) String() string {
	return p.File + ":" + strconv.Itoa(p.Line) + ": " + p.Text
}

// Source scans every package in root and below, and gives what they declare.
// An import path that begins with module is read from fsys, so that
// "flowc/rt/flow" is rt/flow; every other import is a stub. What has a problem is
// left out of the catalogue; everything else is in it.
func Source(fsys fs.FS, root, module string) (*catalog.Catalog, []Problem) {
	s := newScanner(fsys, module)
	s.loadAll(root)
	for _, p := range s.order {
		s.readDocs(p)
	}
	decls := s.declarations()
	for _, d := range decls {
		s.nameKind(d)
	}
	for _, d := range decls {
		s.declare(d)
	}
	s.finish()
	return s.cat, s.problems
}

func newScanner(fsys fs.FS, module string) *scanner {
	return &scanner{
		loader:   newLoader(fsys, module),
		docs:     map[types.Object]string{},
		wrappers: map[types.Object]bool{},
		kinds:    map[*types.TypeName]string{},
		kindBy:   map[*types.TypeName]string{},
		enums:    map[*types.TypeName]*catalog.Enum{},
		records:  map[*types.TypeName]*catalog.Record{},
		cat: &catalog.Catalog{
			Kinds: []*catalog.Kind{}, Operators: []*catalog.Operator{}, Functions: []*catalog.Function{},
			Enums: []*catalog.Enum{}, Records: []*catalog.Record{},
		},
	}
}

// scanner is one run over a file system.
type scanner struct {
	*loader
	// docs are the comments above types, fields, constants and functions.
	docs map[types.Object]string
	// wrappers are the fields that hold a kind's outside world.
	wrappers map[types.Object]bool
	// kinds are the flow's names of the structs that are kinds.
	kinds map[*types.TypeName]string
	// kindBy are the settings that tell kinds of one name apart.
	kindBy map[*types.TypeName]string
	// ifaces are fields whose type is an interface; they accept the kinds that
	// have it, which is known when all kinds are.
	ifaces []ifaceField
	// enums and records are found where something uses them.
	enums   map[*types.TypeName]*catalog.Enum
	records map[*types.TypeName]*catalog.Record
	cat     *catalog.Catalog
	// own is a flow's own package while that is scanned: what is said of the
	// runtime's source (a comment for everything) is not asked of it.
	own *goPackage
}

func (l *loader) problem(pos token.Pos, parts ...string) {
	at := l.fset.Position(pos)
	l.problems = append(l.problems, Problem{File: at.Filename, Line: at.Line, Col: at.Column, Byte: at.Offset, Text: strings.Join(parts, "")})
}

// undocumented is a problem only in the runtime's source: a flow's own Go need not
// be commented.
func (s *scanner) undocumented(pos token.Pos, parts ...string) {
	if s.own == nil {
		s.problem(pos, parts...)
	}
}

// declare adds one declaration to the catalogue.
func (s *scanner) declare(d *declaration) {
	var ok bool
	switch d.sort {
	case "kind":
		ok = s.kind(d)
	case "op":
		ok = s.operator(d)
	case "func":
		ok = s.function(d)
	}
	if ok && s.docs[d.obj] == "" {
		s.undocumented(d.obj.Pos(), d.obj.Name(), " needs a comment that says what `", d.name, "` is for.")
	}
}

// finish puts everything into the one order that does not depend on how it was
// found: by name, then by package and Go name.
func (s *scanner) finish() {
	s.acceptKinds()
	c := s.cat
	for _, e := range s.enums {
		c.Enums = append(c.Enums, e)
	}
	for _, r := range s.records {
		c.Records = append(c.Records, r)
	}
	sortBy(c.Kinds, func(k *catalog.Kind) []string { return []string{k.Name, k.By, k.Package, k.Type} })
	sortBy(c.Operators, func(o *catalog.Operator) []string { return []string{o.Name, o.Package, o.Type} })
	sortBy(c.Functions, func(f *catalog.Function) []string { return []string{f.Name, f.Package, f.Go} })
	sortBy(c.Enums, func(e *catalog.Enum) []string { return []string{e.Name, e.Package} })
	sortBy(c.Records, func(r *catalog.Record) []string { return []string{r.Name, r.Package} })
	slices.SortStableFunc(s.problems, func(a, b Problem) int {
		if n := strings.Compare(a.File, b.File); n != 0 {
			return n
		}
		return a.Line - b.Line
	})
	s.problems = slices.Compact(s.problems)
}

func sortBy[E any](list []E, key func(E) []string) {
	slices.SortFunc(list, func(a, b E) int { return slices.Compare(key(a), key(b)) })
}
