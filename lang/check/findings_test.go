package check

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"flowc/lang/diag"
)

// flowCase is the flow of a case, without those that have Go of their own.
type flowCase struct {
	name  string
	files map[string][]byte
}

func flowCases(t *testing.T) []flowCase {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(cases, "*.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	// E0101.txtar comes before E0101-elsewhere.txtar.
	slices.SortFunc(paths, func(a, b string) int {
		return cmp.Compare(strings.TrimSuffix(a, ".txtar"), strings.TrimSuffix(b, ".txtar"))
	})
	var list []flowCase
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		c := flowCase{strings.TrimSuffix(filepath.Base(path), ".txtar"), map[string][]byte{}}
		for _, f := range archive.Files {
			switch {
			case strings.HasPrefix(f.Name, "go/"):
				c.files = nil
			case strings.Contains(f.Name, ".") && c.files != nil: // the flow, and what it may ask for
				c.files[f.Name] = f.Data
			}
		}
		if c.files != nil {
			list = append(list, c)
		}
	}
	return list
}

// TestFindingsAsJSON holds the JSON form of each code: the first finding of it in the
// case named after it, one line each in findings.jsonl.
func TestFindingsAsJSON(t *testing.T) {
	first := map[string][]byte{}
	for _, c := range flowCases(t) {
		_, found, _ := checkFiles("case", c.files)
		for _, d := range found {
			if _, seen := first[d.Code]; !seen && strings.HasPrefix(c.name, d.Code) {
				first[d.Code] = diag.JSON(d)
			}
		}
	}
	codes := make([]string, 0, len(first))
	for code := range first {
		codes = append(codes, code)
	}
	slices.SortFunc(codes, func(a, b string) int { return cmp.Or(cmp.Compare(a[1:], b[1:]), cmp.Compare(a, b)) })
	var got bytes.Buffer
	for _, code := range codes {
		got.Write(first[code])
		got.WriteByte('\n')
	}
	golden := filepath.Join(cases, "findings.jsonl")
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("findings.jsonl differs; go test ./lang/check -update rewrites it\ngot:\n%s", got.Bytes())
	}
}

// TestEveryFixMends: each edit that is offered mends what it is offered for, and breaks
// nothing else on the way.
func TestEveryFixMends(t *testing.T) {
	for _, c := range flowCases(t) {
		_, found, _ := checkFiles("case", c.files)
		for _, d := range found {
			if len(d.Fix) == 0 {
				continue
			}
			_, after, sources := checkFiles("case", edited(c.files, d.Fix))
			for _, other := range after {
				if other.Code == d.Code && other.Summary == d.Summary && other.Subject.Range.Start == d.Subject.Range.Start {
					t.Errorf("%s: %s is still there after its fix:\n%s", c.name, d.Code, render(t, diag.List{other}, sources))
				}
				if strings.HasPrefix(other.Code, "E000") && !hasSyntaxError(found) {
					t.Errorf("%s: the fix of %s at line %d breaks the file:\n%s", c.name, d.Code, d.Subject.Range.Start.Line, render(t, diag.List{other}, sources))
				}
			}
		}
	}
}

func hasSyntaxError(found diag.List) bool {
	return slices.ContainsFunc(found, func(d *diag.Diagnostic) bool { return strings.HasPrefix(d.Code, "E000") })
}

// edited are files after some edits.
func edited(files map[string][]byte, edits []diag.Edit) map[string][]byte {
	out := map[string][]byte{}
	for name, src := range files {
		mine := slices.DeleteFunc(slices.Clone(edits), func(e diag.Edit) bool { return e.Range.Filename != name })
		slices.SortFunc(mine, func(a, b diag.Edit) int { return cmp.Compare(b.Range.Start.Byte, a.Range.Start.Byte) })
		for _, e := range mine {
			src = slices.Concat(src[:e.Range.Start.Byte], []byte(e.Text), src[e.Range.End.Byte:])
		}
		out[name] = src
	}
	return out
}
