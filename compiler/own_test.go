package compiler

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

// TestGoCases runs the cases of testdata/check whose flow has Go of its own; the
// checker alone does not read Go.
func TestGoCases(t *testing.T) {
	files, err := filepath.Glob("../testdata/check/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		flow, own := map[string][]byte{}, false
		for _, f := range archive.Files {
			if f.Name != "diagnostics" {
				flow[f.Name] = f.Data
				own = own || strings.HasPrefix(f.Name, "go/")
			}
		}
		if !own {
			continue
		}
		ran++
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			said := rendered(CheckText("case", flow))
			compareDiagnostics(t, file, archive, said)
		})
	}
	if ran < 2 {
		t.Errorf("only %d cases were found", ran)
	}
}

func compareDiagnostics(t *testing.T, file string, archive *txtar.Archive, said string) {
	for i := range archive.Files {
		f := &archive.Files[i]
		if f.Name != "diagnostics" {
			continue
		}
		if string(f.Data) == said {
			return
		}
		if *update {
			f.Data = []byte(said)
			if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		t.Errorf("diagnostics differ, got:\n%s\nwant:\n%s", said, f.Data)
		return
	}
	t.Errorf("%s has no diagnostics", file)
}
