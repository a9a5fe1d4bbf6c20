package check

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"flowc/lang/catalog"
	"flowc/lang/syntax"
)

// TestComponentsOfCasesAlone: what is right with instances is right without one. Of
// every case that has components and no error, the components are left alone, as
// in the folder of a library, and nothing may be found.
func TestComponentsOfCasesAlone(t *testing.T) {
	tried := 0
	for _, pattern := range []string{cases + "/*.txtar", "../../testdata/run/*.txtar"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if alone(t, filepath.Base(file), archive) {
				tried++
			}
		}
	}
	if tried < 3 {
		t.Errorf("only %d cases have components", tried)
	}
}

func alone(t *testing.T, name string, archive *txtar.Archive) bool {
	files := map[string][]byte{}
	for _, f := range archive.Files {
		if strings.HasPrefix(f.Name, "go/") {
			return false
		}
		if strings.Contains(f.Name, ".") {
			files[f.Name] = f.Data
		}
	}
	program, found, sources := checkFiles("case", files)
	if program == nil {
		return false
	}
	p, _ := syntax.Parse("case", files)
	p.Equations = nil
	p.Blocks = slices.DeleteFunc(p.Blocks, func(b *syntax.Block) bool { return !slices.Contains(libraryBlocks, b.Kind) })
	if !slices.ContainsFunc(p.Blocks, func(b *syntax.Block) bool { return b.Kind == "component" }) {
		return false
	}
	if _, found = Check(p, catalog.Load()); len(found) > 0 {
		t.Errorf("%s: the components alone:\n%s", name, render(t, found, sources))
	}
	return true
}
