package check

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/syntax"
)

// FuzzCheck: whatever parses is checked without a panic, every finding can be
// printed, and there is a program exactly where there are no errors.
func FuzzCheck(f *testing.F) {
	files, _ := filepath.Glob(filepath.Join(cases, "*.txtar"))
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, a := range archive.Files {
			if strings.HasSuffix(a.Name, ".hcl") {
				f.Add(a.Data)
			}
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 1<<14 {
			return
		}
		p, found := syntax.Parse("fuzz", map[string][]byte{"fuzz.hcl": src})
		program, more := Check(p, catalog.Load())
		if (program == nil) != more.HasErrors() {
			t.Error("a program with errors, or none without")
		}
		var b bytes.Buffer
		if err := append(found, more...).Text(&b, p.Sources(), diag.Options{}); err != nil {
			t.Error(err)
		}
		if program != nil && !found.HasErrors() {
			_ = dump(program)
		}
	})
}
