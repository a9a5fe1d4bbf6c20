package scan

import (
	"errors"
	"go/ast"
	"go/build"
	"go/parser"
	goscanner "go/scanner"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"path"
	"strings"
)

// loader type-checks packages of one file system, each once.
type loader struct {
	fsys     fs.FS
	module   string
	fset     *token.FileSet
	packages map[string]*goPackage
	// order is the order in which packages were finished: imports first.
	order    []*goPackage
	match    build.Context
	time     *types.Package
	problems []Problem
}

// goPackage is a package as far as the catalogue needs it.
type goPackage struct {
	path  string
	files []*ast.File
	types *types.Package
	info  *types.Info
	// scanned says that the package lies in the root that Source was given.
	scanned bool
	done    bool
	// opens is the word of //flow:opens above the package clause.
	opens string
}

// The catalogue is that of a Pi; a simulated bus (-tags sim) declares nothing.
const targetOS, targetArch = "linux", "arm64"

func newLoader(fsys fs.FS, module string) *loader {
	match := build.Default
	match.GOOS, match.GOARCH, match.CgoEnabled = targetOS, targetArch, false
	match.BuildTags = nil
	match.JoinPath = path.Join
	match.OpenFile = func(name string) (io.ReadCloser, error) { return fsys.Open(name) }
	l := &loader{fsys: fsys, module: module, fset: token.NewFileSet(), packages: map[string]*goPackage{}, match: match}
	l.time = l.stub("time", timeStub)
	return l
}

// loadAll loads the packages in root and below.
func (l *loader) loadAll(root string) {
	err := fs.WalkDir(l.fsys, root, func(dir string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !d.IsDir() {
			return nil
		}
		name := d.Name()
		if dir != root && (name == "testdata" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")) {
			return fs.SkipDir
		}
		if p := l.load(dir); p != nil {
			p.scanned = true
		}
		return nil
	})
	if err != nil {
		l.problems = append(l.problems, Problem{File: root, Line: 1, Text: "This folder cannot be read: " + err.Error() + "."})
	}
}

// load gives the package in dir, or nil where there is none or where it is
// being loaded already (packages that import each other).
func (l *loader) load(dir string) *goPackage {
	importPath := path.Join(l.module, dir)
	if p, ok := l.packages[importPath]; ok {
		if p != nil && !p.done {
			return nil
		}
		return p
	}
	p := &goPackage{path: importPath, files: l.parse(dir)}
	if len(p.files) == 0 {
		l.packages[importPath] = nil
		return nil
	}
	l.packages[importPath] = p
	p.info = &types.Info{Defs: map[*ast.Ident]types.Object{}}
	p.types, _ = l.config().Check(importPath, l.fset, p.files, p.info)
	p.done = true
	l.order = append(l.order, p)
	return p
}

// config makes a checker that knows nothing outside the module: what an import
// declares is invalid without further errors, and a problem only where the
// catalogue needs it.
func (l *loader) config() *types.Config {
	return &types.Config{
		IgnoreFuncBodies:         true,
		DisableUnusedImportCheck: true,
		Importer:                 l,
		Error:                    func(error) {},
	}
}

var errStub = errors.New("not read by the scanner")

// Import implements types.Importer. For an error go/types makes an empty
// package and asks nothing of it.
func (l *loader) Import(importPath string) (*types.Package, error) {
	if importPath == "time" {
		return l.time, nil
	}
	dir, ok := strings.CutPrefix(importPath, l.module+"/")
	if !ok {
		return nil, errStub
	}
	if p := l.load(dir); p != nil {
		return p.types, nil
	}
	return nil, errStub
}

// parse reads the files of dir that a build for the target would take.
func (l *loader) parse(dir string) []*ast.File {
	entries, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		return nil
	}
	var files []*ast.File
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		if ok, err := l.match.MatchFile(dir, name); err == nil && !ok {
			continue
		}
		if f := l.parseFile(path.Join(dir, name)); f != nil {
			files = append(files, f)
		}
	}
	return files
}

func (l *loader) parseFile(name string) *ast.File {
	text, err := fs.ReadFile(l.fsys, name)
	if err != nil {
		l.problems = append(l.problems, Problem{File: name, Line: 1, Text: "This file cannot be read."})
		return nil
	}
	return l.parseText(name, text)
}

// parseText reads a file that is in memory.
func (l *loader) parseText(name string, text []byte) *ast.File {
	f, err := parser.ParseFile(l.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	var list goscanner.ErrorList
	if errors.As(err, &list) {
		for _, e := range list {
			l.problems = append(l.problems, Problem{
				File: name, Line: e.Pos.Line, Col: e.Pos.Column, Byte: e.Pos.Offset, Text: "This is not Go: " + e.Msg + ".",
			})
		}
		return nil
	}
	return f
}

// timeStub is what declarations use of package time.
const timeStub = `package time

type Duration int64

const (
	Nanosecond  Duration = 1
	Microsecond          = 1000 * Nanosecond
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
)

type Time struct{ wall, ext, loc uint64 }

type Month int

type Weekday int

type Location struct{ name string }

var UTC, Local *Location
`

func (l *loader) stub(name, source string) *types.Package {
	f, err := parser.ParseFile(l.fset, name+" (stub)", source, 0)
	if err != nil {
		return types.NewPackage(name, name)
	}
	p, _ := l.config().Check(name, l.fset, []*ast.File{f}, nil)
	return p
}
