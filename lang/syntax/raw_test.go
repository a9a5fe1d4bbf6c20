package syntax

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/rogpeppe/go-internal/txtar"

	"flowc/lang/diag"
)

// TestParserIsNeverQuoted compares what is shown with what HCL's parser says about the same sources.
func TestParserIsNeverQuoted(t *testing.T) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	told := 0
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range archive.Files {
			if !strings.HasSuffix(f.Name, ".hcl") {
				continue
			}
			for line := range strings.SplitSeq(string(f.Data), "\n") { // line by line: HCL stops at its first error
				told += neverQuoted(t, line+"\n")
			}
			told += neverQuoted(t, string(f.Data))
		}
	}
	if told < 50 {
		t.Errorf("HCL said only %d things: is this test still looking?", told)
	}
}

func neverQuoted(t *testing.T, src string) int {
	t.Helper()
	_, raw := hclsyntax.ParseConfig([]byte(src), "a.hcl", hcl.InitialPos)
	p, found := Parse("raw", map[string][]byte{"a.hcl": []byte(src)})
	var b strings.Builder
	if err := found.Text(&b, p.Sources(), diag.Options{}); err != nil {
		t.Fatal(err)
	}
	if len(raw) > 0 && !found.HasErrors() && raw[0].Summary != "Attribute redefined" {
		t.Errorf("%q is an error for HCL (%s) and none for us", src, raw[0].Summary)
	}
	for _, d := range raw {
		for _, words := range []string{d.Summary, d.Detail} {
			if strings.Contains(b.String(), words) {
				t.Errorf("HCL's own words are shown for %q: %s", src, words)
			}
		}
	}
	return len(raw)
}
