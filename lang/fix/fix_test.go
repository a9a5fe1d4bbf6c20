package fix

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"flowc/lang/catalog"
	"flowc/lang/check"
	"flowc/lang/diag"
	"flowc/lang/syntax"

	"github.com/hashicorp/hcl/v2"
)

var update = flag.Bool("update", false, "rewrite what the cases expect")

// real checks files as `flowc check` does.
func real(files map[string][]byte) Checked {
	p, found := syntax.Parse("case", files)
	if found.HasErrors() {
		return Checked{Found: found}
	}
	_, more := check.Check(p, catalog.Load())
	return Checked{Found: append(found, more...), Whole: true}
}

// TestCases runs testdata/*.txtar: files *.hcl, what becomes of them as *.hcl.fixed (only those that change), and
// `left`, the findings that stay.
func TestCases(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { runCase(t, file) })
	}
}

func runCase(t *testing.T, file string) {
	a, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range a.Files {
		if strings.HasSuffix(f.Name, ".hcl") {
			files[f.Name] = f.Data
		}
	}
	got := All(files, real)
	want := &txtar.Archive{Comment: a.Comment}
	for _, f := range a.Files {
		if !strings.HasSuffix(f.Name, ".hcl") {
			continue
		}
		want.Files = append(want.Files, f)
		if text := got.Files[f.Name]; string(text) != string(f.Data) {
			want.Files = append(want.Files, txtar.File{Name: f.Name + ".fixed", Data: text})
		}
	}
	var left strings.Builder
	for _, d := range got.Found {
		fmt.Fprintf(&left, "%s:%d: %s %s\n", d.Subject.Range.Filename, d.Subject.Range.Start.Line, d.Code, d.Summary)
	}
	want.Files = append(want.Files, txtar.File{Name: "left", Data: []byte(left.String())})
	text := txtar.Format(want)
	if *update {
		if err := os.WriteFile(file, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if now, err := os.ReadFile(file); err != nil || string(now) != string(text) {
		t.Errorf("go test ./lang/fix -update rewrites it (%v); got:\n%s", err, text)
	}
}

// edit replaces the first occurrence of old in a file called f.
func edit(text, old, new string) []diag.Edit {
	n := strings.Index(text, old)
	return []diag.Edit{{Range: hcl.Range{Filename: "f", Start: hcl.Pos{Byte: n}, End: hcl.Pos{Byte: n + len(old)}}, Text: new}}
}

func finding(text, old, new string) *diag.Diagnostic {
	e := edit(text, old, new)
	return &diag.Diagnostic{Code: "E9999", Subject: diag.Span{Range: e[0].Range}, Fix: e}
}

// wants makes a check that finds each of words in the text, with what to write instead ("" offers nothing).
func wants(pairs ...string) Check {
	return func(files map[string][]byte) Checked {
		text := string(files["f"])
		c := Checked{Whole: true}
		for n := 0; n < len(pairs); n += 2 {
			if strings.Contains(text, pairs[n]) {
				d := finding(text, pairs[n], pairs[n+1])
				if pairs[n+1] == "" {
					d.Fix = nil
				}
				c.Found = append(c.Found, d)
			}
		}
		return c
	}
}

func run(text string, check Check) (string, Result) {
	r := All(map[string][]byte{"f": []byte(text)}, check)
	return string(r.Files["f"]), r
}

func TestOneFixBringsTheNextToLight(t *testing.T) {
	got, r := run("a", wants("a", "b", "b", "c"))
	if got != "c" || len(r.Fixed) != 2 || len(r.Found) != 0 {
		t.Errorf("%q, %d fixed, %d left", got, len(r.Fixed), len(r.Found))
	}
}

// A fix that makes two errors of one is taken back; the others are kept.
func TestWorseIsTakenBack(t *testing.T) {
	got, r := run("one two three", wants("one", "1", "two", "bad worse", "bad", "", "worse", "", "three", "3"))
	if got != "1 two 3" || len(r.Fixed) != 2 || len(r.Found) != 1 {
		t.Errorf("%q, %d fixed, %d left", got, len(r.Fixed), len(r.Found))
	}
}

// A fix that changes nothing for the better must not be applied over and over.
func TestUselessIsTakenBack(t *testing.T) {
	got, r := run("a", wants("a", "a a"))
	if got != "a" || len(r.Fixed) != 0 {
		t.Errorf("%q, %d fixed", got, len(r.Fixed))
	}
}

// Fixes that undo each other end.
func TestThereAndBackEnds(t *testing.T) {
	got, r := run("a", wants("a", "b", "b", "a"))
	if (got != "a" && got != "b") || len(r.Fixed) > maxRounds {
		t.Errorf("%q, %d fixed", got, len(r.Fixed))
	}
}

func TestPlaceOutsideTheFile(t *testing.T) {
	check := func(map[string][]byte) Checked {
		far := []diag.Edit{{Range: hcl.Range{Filename: "f", Start: hcl.Pos{Byte: 50}, End: hcl.Pos{Byte: 60}}, Text: "x"}}
		other := []diag.Edit{{Range: hcl.Range{Filename: "g"}, Text: "x"}}
		return Checked{Whole: true, Found: diag.List{{Fix: far}, {Fix: other}}}
	}
	if got, r := run("a", check); got != "a" || len(r.Fixed) != 0 {
		t.Errorf("%q, %d fixed", got, len(r.Fixed))
	}
}

// What could not be seen before does not count as new.
func TestReadableAtLast(t *testing.T) {
	check := func(files map[string][]byte) Checked {
		text := string(files["f"])
		if text == "(" {
			return Checked{Found: diag.List{finding(text, "(", "()")}}
		}
		return Checked{Whole: true, Found: diag.List{{Code: "E0101"}, {Code: "E0102"}}}
	}
	if got, r := run("(", check); got != "()" || len(r.Found) != 2 {
		t.Errorf("%q, %d left", got, len(r.Found))
	}
}
