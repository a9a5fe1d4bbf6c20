package compiler

import (
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// What checks, compiles also when it counts what tests exercise, and tests do with every sort of step.
func TestCoveredAndTestsBuild(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles every flow of testdata/run")
	}
	files, err := filepath.Glob("../testdata/run/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	w := newWorkspace(t)
	for _, file := range append(files, "../testdata/check/good-tests.txtar") {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		flow := map[string][]byte{}
		for _, f := range a.Files {
			if ext := filepath.Ext(f.Name); ext == ".hcl" || ext == ".go" {
				flow[f.Name] = f.Data
			}
		}
		f := CheckText("case", flow)
		if f.Found.HasErrors() {
			continue // told by the tests of the case
		}
		m, _, err := f.GenerateCovered()
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		w.addModule(t, f, m)
	}
	if out, err := w.command("vet", "-tags", "sim", "./...").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
