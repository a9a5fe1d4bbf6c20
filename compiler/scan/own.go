package scan

import (
	"bytes"
	"go/ast"
	"go/build"
	"go/types"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"

	"flowc/lang/catalog"
)

// Own scans the Go files in a flow's folder go, by path ("go/kalman.go"): every
// exported function, and what directives declare. The runtime's packages are read
// from runtime, all others are stubs; nothing is run. importPath is what the
// generated module calls the package. The problems concern whole files; what only
// one declaration suffers from is among the refused ones of the catalogue.
func Own(runtime fs.FS, files map[string][]byte, importPath string) (*catalog.Catalog, []Problem) {
	s := newScanner(runtime, "flowc")
	p := &goPackage{path: importPath, files: s.parseOwn(files), scanned: true}
	s.own = p
	s.cat.Own = &catalog.Own{Package: importPath}
	if len(s.problems) > 0 || len(p.files) == 0 {
		return s.cat, s.problems
	}
	p.info = &types.Info{Defs: map[*ast.Ident]types.Object{}}
	s.load("rt/flow") // what a kind must be, also for one that does not import it
	p.types, _ = s.config().Check(importPath, s.fset, p.files, p.info)
	for _, other := range s.order {
		s.nameKinds(other)
	}
	s.order = append(s.order, p)
	s.readDocs(p)
	o := &ownScan{scanner: s}
	o.declareAll(p)
	o.sameShape()
	s.finish()
	return s.cat, s.problems
}

// nameKinds notes the kinds of a package of the runtime, so that a kind of the
// flow's own may refer to them.
func (s *scanner) nameKinds(p *goPackage) {
	before := len(s.problems)
	for _, f := range p.files {
		for _, d := range s.inFile(p, f) {
			s.nameKind(d)
		}
	}
	s.problems = s.problems[:before]
}

// parseOwn reads the files that a build for a Pi takes.
func (s *scanner) parseOwn(files map[string][]byte) []*ast.File {
	match := s.match
	match.OpenFile = func(name string) (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(files[name])), nil
	}
	var list []*ast.File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if ok, err := matchFile(match, name); err == nil && !ok {
			continue
		}
		if f := s.parseText(name, files[name]); f != nil {
			s.clause(f, list)
			s.imports(f)
			list = append(list, f)
		}
	}
	return list
}

func matchFile(c build.Context, path string) (bool, error) {
	dir, name, _ := strings.Cut(path, "/")
	return c.MatchFile(dir, name)
}

// clause looks at the package clause of a file.
func (s *scanner) clause(f *ast.File, others []*ast.File) {
	switch {
	case f.Name.Name == "main":
		s.problem(f.Name.Pos(), "A package called main is a program of its own and cannot be used by a flow: give it another name.")
	case len(others) > 0 && others[0].Name.Name != f.Name.Name:
		s.problem(f.Name.Pos(), "The files of one folder are one package, and another file calls it ", others[0].Name.Name, ".")
	}
}

// imports holds a file to what a program on a Pi can be built with: Go's standard
// library and the runtime.
func (s *scanner) imports(f *ast.File) {
	for _, i := range f.Imports {
		path, err := strconv.Unquote(i.Path.Value)
		first, _, _ := strings.Cut(path, "/")
		switch {
		case err != nil:
		case strings.HasPrefix(path, s.module+"/rt/"):
			if !s.has(strings.TrimPrefix(path, s.module+"/")) {
				s.problem(i.Path.Pos(), "The runtime has no package ", path, ".")
			}
		case path == "C":
			s.problem(i.Path.Pos(), "Programs are built without a C compiler, so that they run on any Pi: cgo cannot be used.")
		case path == "embed":
			s.problem(i.Path.Pos(), "Only the Go files of this folder go into the program: there is nothing to embed.")
		case first == s.module, strings.Contains(first, "."):
			s.problem(i.Path.Pos(), "The Go of a flow may import the standard library and flowc/rt, nothing else.")
		}
	}
}

// has reports whether there is such a folder.
func (s *scanner) has(dir string) bool {
	info, err := fs.Stat(s.fsys, dir)
	return err == nil && info.IsDir()
}

// ownScan declares what a flow's own package has.
type ownScan struct {
	*scanner
	// inside are the structs that are being looked into.
	inside map[string]bool
}

// declareAll declares the kinds, operators and functions. What is wrong with one of
// them refuses that one.
func (o *ownScan) declareAll(p *goPackage) {
	var list []*declaration
	for _, f := range p.files {
		list = append(list, o.inFile(p, f)...)
		list = append(list, o.functions(p, f)...)
	}
	for _, d := range list {
		o.nameKind(d)
	}
	names := map[string]*declaration{}
	for _, d := range list {
		if d.sort != "kind" {
			d.name = catalog.OwnPrefix + d.name
		}
		if first := names[d.name]; first != nil {
			o.problem(d.obj.Pos(), d.obj.Name(), " and ", first.obj.Name(), " would both be `", d.name, "` in a flow.")
			continue
		}
		names[d.name] = d
		before := len(o.problems)
		o.declareOwn(d)
		o.refuse(d, before)
	}
}

// functions are the exported functions of a file that carry no directive.
func (o *ownScan) functions(p *goPackage, f *ast.File) []*declaration {
	var list []*declaration
	for _, decl := range f.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok || fn.Recv != nil || !fn.Name.IsExported() || p.info.Defs[fn.Name] == nil || directed(fn.Doc) {
			continue
		}
		list = append(list, &declaration{pkg: p, obj: p.info.Defs[fn.Name], sort: "func", name: flowName(fn.Name.Name)})
	}
	return list
}

func directed(doc *ast.CommentGroup) bool {
	return doc != nil && slices.ContainsFunc(doc.List, func(c *ast.Comment) bool { return strings.HasPrefix(c.Text, "//flow:") })
}

// declareOwn adds one declaration to the catalogue.
func (o *ownScan) declareOwn(d *declaration) bool {
	place := o.place(d.obj)
	c := o.cat
	switch d.sort {
	case "kind":
		if !o.kind(d) {
			return false
		}
		k := c.Kinds[len(c.Kinds)-1]
		k.Place = place
		return o.exactKind(d, k)
	case "op":
		if !o.operator(d) {
			return false
		}
		op := c.Operators[len(c.Operators)-1]
		op.Place = place
		return o.exactOperator(d, op)
	}
	return o.ownFunction(d, place)
}

// refuse turns the problems of a declaration into a refusal of it.
func (o *ownScan) refuse(d *declaration, before int) {
	found := slices.Clone(o.problems[before:])
	o.problems = o.problems[:before]
	if len(found) == 0 {
		return
	}
	o.drop(d)
	r := &catalog.Refused{Name: d.name, Place: *o.place(d.obj), Why: found[0].Text}
	r.At = catalog.Place{File: found[0].File, Line: found[0].Line, Col: found[0].Col, Byte: found[0].Byte}
	o.cat.Own.Refused = append(o.cat.Own.Refused, r)
}

// drop takes a declaration out of the catalogue again.
func (o *ownScan) drop(d *declaration) {
	c := o.cat
	c.Kinds = slices.DeleteFunc(c.Kinds, func(k *catalog.Kind) bool { return k.Type == d.obj.Name() })
	c.Operators = slices.DeleteFunc(c.Operators, func(p *catalog.Operator) bool { return p.Type == d.obj.Name() })
	c.Functions = slices.DeleteFunc(c.Functions, func(f *catalog.Function) bool { return f.Go == d.obj.Name() })
}

func (o *ownScan) place(obj types.Object) *catalog.Place {
	at := o.fset.Position(obj.Pos())
	return &catalog.Place{File: at.Filename, Line: at.Line, Col: at.Column, Byte: at.Offset, Name: obj.Name()}
}

// sameShape tells of two structs with the same fields: a flow knows a record by
// them alone, so generated code could not tell which of the two is meant.
func (o *ownScan) sameShape() {
	var list []*types.TypeName
	for obj, r := range o.records {
		if obj.Pkg() != o.own.types {
			continue
		}
		if o.inexactRecord(r.Name) != "" {
			delete(o.records, obj)
			continue
		}
		list = append(list, obj)
	}
	slices.SortFunc(list, func(a, b *types.TypeName) int { return int(a.Pos() - b.Pos()) })
	seen := map[string]*types.TypeName{}
	for _, obj := range list {
		shape := o.shape(o.records[obj])
		if first := seen[shape]; first != nil {
			o.problem(obj.Pos(), obj.Name(), " and ", first.Name(), " have the same fields. A flow knows a record by its fields: use one struct for both.")
			continue
		}
		seen[shape] = obj
	}
}

// shape writes a record's fields down.
func (o *ownScan) shape(r *catalog.Record) string {
	var b strings.Builder
	for _, f := range r.Fields {
		b.WriteString(f.Name + " " + o.typeShape(f.Type) + ";")
	}
	return b.String()
}

func (o *ownScan) typeShape(t *catalog.Type) string {
	switch {
	case t == nil:
		return ""
	case t.Name == "record":
		for _, r := range o.records {
			if r.Name == t.Ref {
				return "{" + o.shape(r) + "}"
			}
		}
	}
	return t.Name + " " + t.Ref + "(" + o.typeShape(t.Elem) + ")"
}
