package scan

import (
	"go/ast"
	"go/parser"
	"go/types"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Size is what a Go type takes.
type Size struct {
	// Bytes is what the type itself takes on the target.
	Bytes int64
	// More says that it holds texts, lists or maps, which come on top.
	More bool
}

// Sizes type-checks a generated package as Source does the runtime, and gives the
// sizes of its struct types on the Pi (arm64). A type that holds what is not known
// here, something from outside rt, is left out.
func Sizes(fsys fs.FS, module string, files map[string][]byte) map[string]Size {
	l := newLoader(fsys, module)
	var parsed []*ast.File
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		if path.Dir(name) != "." || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(l.fset, name, files[name], parser.SkipObjectResolution)
		if err == nil && !simulates(f) {
			parsed = append(parsed, f)
		}
	}
	info := &types.Info{}
	p, _ := l.config().Check("main", l.fset, parsed, info)
	found := map[string]Size{}
	if p == nil {
		return found
	}
	sizes := types.SizesFor("gc", targetArch)
	for _, name := range p.Scope().Names() {
		obj, ok := p.Scope().Lookup(name).(*types.TypeName)
		if !ok {
			continue
		}
		if _, isStruct := obj.Type().Underlying().(*types.Struct); !isStruct {
			continue
		}
		w := weigh{seen: map[types.Type]bool{}}
		if w.of(obj.Type()); !w.unknown {
			found[name] = Size{Bytes: sizes.Sizeof(obj.Type()), More: w.more}
		}
	}
	return found
}

// simulates reports whether a file is built for the simulator alone.
func simulates(f *ast.File) bool {
	for _, c := range f.Comments {
		if c.Pos() < f.Package && strings.HasPrefix(c.List[0].Text, "//go:build sim") {
			return true
		}
	}
	return false
}

// weigh looks for what a type refers to.
type weigh struct {
	more, unknown bool
	seen          map[types.Type]bool
}

func (w *weigh) of(t types.Type) {
	if w.seen[t] {
		return
	}
	w.seen[t] = true
	switch u := t.Underlying().(type) {
	case *types.Basic:
		w.unknown = w.unknown || u.Kind() == types.Invalid
		w.more = w.more || u.Info()&types.IsString != 0
	case *types.Slice, *types.Map:
		w.more = true
	case *types.Array:
		w.of(u.Elem())
	case *types.Struct:
		for i := range u.NumFields() {
			w.of(u.Field(i).Type())
		}
	}
}
