package op

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"slices"
	"strings"
	"testing"
)

// plainFromOutside are the types of other packages that are plain data.
var plainFromOutside = []string{"time.Duration", "flow.Val", "flow.Hap", "flow.Opt", "flow.Unit",
	"fn.TimeOfDay", "fn.Weekdays", "fn.Cron"}

var plainBuiltin = []string{"bool", "int", "int32", "int64", "uint64", "float64", "string"}

// TestStateIsPlainData holds that no operator has a pointer, function, channel,
// interface or runtime timer in it: then what a program remembers can be written
// down, read back after a restart, and replayed.
func TestStateIsPlainData(t *testing.T) {
	files := source(t)
	if len(files) < 30 {
		t.Fatalf("found %d files only", len(files))
	}
	local := declared(files)
	for name, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			for _, bad := range notPlain(spec.Type, append(typeParams(spec), local...)) {
				t.Errorf("%s: %s has a field that is not plain data: %s", name, spec.Name.Name, bad)
			}
			return true
		})
	}
}

// TestPlainDataIsToldFromOther breaks the rule once for each way to break it.
func TestPlainDataIsToldFromOther(t *testing.T) {
	for text, plain := range map[string]bool{
		"struct { a, b int64; c []float64; d [3]bool; e flow.Val[T] }": true,
		"struct { a *int64 }":                     false,
		"struct { a func() }":                     false,
		"struct { a chan int64 }":                 false,
		"struct { a any }":                        false,
		"struct { a interface{ Step() } }":        false,
		"struct { a time.Timer }":                 false,
		"struct { a []*int64 }":                   false,
		"struct { a map[string]*int64 }":          false,
		"struct { a flow.Val[*int64] }":           false,
		"struct { b struct { a [2]func() } }":     false,
		"struct { a flow.Tick }":                  false,
		"struct { a map[string]int64 }":           true,
		"struct { a struct { b time.Duration } }": true,
	} {
		expr, err := parser.ParseExpr(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(notPlain(expr, []string{"T"})) == 0; got != plain {
			t.Errorf("%s: plain is %v, want %v", text, got, plain)
		}
	}
}

// source parses the files of this package that are no tests.
func source(t *testing.T) map[string]*ast.File {
	t.Helper()
	fset := token.NewFileSet()
	pkgs, err := parser.ParseDir(fset, ".", func(f fs.FileInfo) bool {
		return !strings.HasSuffix(f.Name(), "_test.go")
	}, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	return pkgs["op"].Files
}

func declared(files map[string]*ast.File) (names []string) {
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				names = append(names, spec.Name.Name)
			}
			return true
		})
	}
	return names
}

func typeParams(spec *ast.TypeSpec) (names []string) {
	if spec.TypeParams == nil {
		return nil
	}
	for _, field := range spec.TypeParams.List {
		for _, name := range field.Names {
			names = append(names, name.Name)
		}
	}
	return names
}

// notPlain lists what in a type is not plain data; local names types that are
// checked where they are declared, and type parameters, which are payloads.
func notPlain(e ast.Expr, local []string) []string {
	switch e := e.(type) {
	case *ast.StructType:
		var bad []string
		for _, field := range e.Fields.List {
			bad = append(bad, notPlain(field.Type, local)...)
		}
		return bad
	case *ast.ArrayType:
		return notPlain(e.Elt, local)
	case *ast.MapType:
		return append(notPlain(e.Key, local), notPlain(e.Value, local)...)
	case *ast.IndexExpr:
		return append(notPlain(e.X, local), notPlain(e.Index, local)...)
	case *ast.Ident:
		if slices.Contains(plainBuiltin, e.Name) || slices.Contains(local, e.Name) {
			return nil
		}
		return []string{e.Name}
	case *ast.SelectorExpr:
		name := e.X.(*ast.Ident).Name + "." + e.Sel.Name
		if slices.Contains(plainFromOutside, name) {
			return nil
		}
		return []string{name}
	case *ast.StarExpr:
		return []string{"a pointer"}
	case *ast.FuncType:
		return []string{"a function"}
	case *ast.ChanType:
		return []string{"a channel"}
	}
	return []string{"a type of another kind"}
}
