package flow_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// clockFuncs are what reads or waits for time behind the back of the one clock: a
// test that steps it, the simulator and a replay would not see it.
var clockFuncs = []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick"}

// mayReadTime are the clock, and the servers that tests watch, which live in the
// machine's time.
var mayReadTime = []string{"flow/clock.go", "mqtt/witness/", "postgres/witness/"}

// heavy are packages that the small core must not link: each is paid for in
// every binary, and the smallest are to stay below 2.2 MB.
var heavy = map[string]string{
	"context":       "flow.Lifetime is what is needed of it",
	"encoding/json": "links reflect; rt/wirejson reads and writes JSON",
	"fmt":           "links reflect and printing of everything; strconv and + do",
	"html/template": "links reflect and the parser of templates",
	"log":           "links fmt; flow.Host.Log writes lines and never blocks",
	"log/slog":      "links fmt and reflect; flow.Host.Log writes lines and never blocks",
	"net/http":      "links most of a megabyte with TLS",
	"reflect":       "keeps every exported method of every type",
	"regexp":        "links a compiler of expressions; patterns are matched by hand",
	"testing":       "links flag and fmt, and adds flags to the program",
	"text/template": "links reflect and the parser of templates",
}

// allowed are files that may import something heavy all the same.
var allowed = map[string]string{
	"fn/patterns.go": "regexp", // linked only by flows that use a pattern
}

// core are the folders under rt that every program links, or whose packages are
// promised to need nothing but the standard library.
var core = []string{"flow", "op", "fn", "unit", "wirejson"}

func TestOnlyTheClockReadsTime(t *testing.T) {
	files := 0
	eachSource(t, "..", func(path string, f *ast.File) {
		files++
		for _, use := range timeUses(f) {
			if !slices.ContainsFunc(mayReadTime, func(p string) bool { return strings.HasPrefix(path, p) }) {
				t.Errorf("rt/%s uses time.%s; all time comes from flow.Clock, so that tests and the simulator can step it", path, use)
			}
		}
	})
	if files < 50 {
		t.Errorf("only %d files were looked at", files)
	}
}

func TestCoreLinksNothingHeavy(t *testing.T) {
	eachSource(t, "..", func(path string, f *ast.File) {
		if !slices.Contains(core, filepath.ToSlash(filepath.Dir(path))) {
			return
		}
		for _, p := range imports(f) {
			if why, is := heavy[p]; is && allowed[path] != p {
				t.Errorf("rt/%s imports %s: %s", path, p, why)
			}
			if !standard(p) && !strings.HasPrefix(p, "flowc/rt/") {
				t.Errorf("rt/%s imports %s: the core needs nothing but the standard library", path, p)
			}
		}
	})
}

// TestBreachesAreSeen plants a breach of each kind.
func TestBreachesAreSeen(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("mqtt/a.go", "package a\nimport clock \"time\"\nvar x = clock.Now\nfunc f() { clock.Sleep(clock.Second) }\n")
	write("mqtt/b.go", "package a\ntype T struct{}\nfunc (T) Now() {}\nvar time T\nfunc g() { time.Now() }\n")
	write("mqtt/a_test.go", "package a\nimport \"time\"\nvar y = time.Now\n")
	write("testdata/c.go", "package c\nimport \"time\"\nvar y = time.Now\n")
	write("mqtt/d.go", "package a\nimport . \"time\"\n")
	seen := map[string][]string{}
	eachSource(t, dir, func(path string, f *ast.File) { seen[path] = timeUses(f) })
	if len(seen) != 3 || !slices.Equal(seen["mqtt/a.go"], []string{"Now", "Sleep"}) ||
		seen["mqtt/b.go"] != nil || !slices.Equal(seen["mqtt/d.go"], []string{"everything"}) {
		t.Errorf("seen %v", seen)
	}
}

// eachSource parses every Go file below dir that is no test.
func eachSource(t *testing.T, dir string, f func(path string, file *ast.File)) {
	t.Helper()
	fset := token.NewFileSet()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && d.Name() == "testdata":
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(fset, path, nil, 0)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		f(filepath.ToSlash(name), file)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func imports(f *ast.File) (paths []string) {
	for _, s := range f.Imports {
		if p, err := strconv.Unquote(s.Path.Value); err == nil {
			paths = append(paths, p)
		}
	}
	return paths
}

// standard reports whether a path is of the standard library: its first element
// has no dot and is not this module.
func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".") && first != "flowc"
}

// timeUses are the clock functions of package time that a file names.
func timeUses(f *ast.File) (uses []string) {
	name := ""
	for i, p := range imports(f) {
		if p == "time" {
			name = "time"
			if alias := f.Imports[i].Name; alias != nil {
				name = alias.Name
			}
		}
	}
	switch name {
	case "":
		return nil
	case ".":
		return []string{"everything"}
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && x.Name == name && slices.Contains(clockFuncs, s.Sel.Name) {
				uses = append(uses, s.Sel.Name)
			}
		}
		return true
	})
	return uses
}
