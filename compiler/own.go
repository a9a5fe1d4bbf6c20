package compiler

import (
	"go/parser"
	"go/token"
	"strconv"
	"strings"

	"flowc"
	"flowc/compiler/gobuild"
	"flowc/compiler/scan"
	"flowc/lang/catalog"
	"flowc/lang/check"
	"flowc/lang/diag"
	"flowc/lang/syntax"
)

// Catalog is what a flow can name: what the runtime has, and what the flow's own Go
// declares. The Go is read and never run.
func Catalog(p *syntax.Program) (*catalog.Catalog, diag.List) {
	if len(p.Go) == 0 {
		return catalog.Load(), nil
	}
	own, problems := scan.Own(flowc.Source(), p.Go, gobuild.OwnPath(p.Name))
	var found diag.List
	for _, problem := range problems {
		at := catalog.Place{File: problem.File, Line: problem.Line, Col: problem.Col, Byte: problem.Byte}
		found = append(found, check.GoProblem(at, problem.Text))
	}
	if len(found) > 0 {
		found.Sort()
		return catalog.Load(), found
	}
	return catalog.Load().With(own), nil
}

// OwnImports reports whether the flow's own Go imports a package of the standard library, or one below it.
func (f *Flow) OwnImports(name string) bool {
	for file, src := range f.own {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, src, parser.ImportsOnly)
		if err != nil {
			continue
		}
		for _, i := range parsed.Imports {
			if path, _ := strconv.Unquote(i.Path.Value); path == name || strings.HasPrefix(path, name+"/") {
				return true
			}
		}
	}
	return false
}
