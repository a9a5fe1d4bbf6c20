package check

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"flowc/lang/catalog"
	"flowc/lang/diag"
	"flowc/lang/syntax"
	"flowc/lang/typed"
)

var update = flag.Bool("update", false, "rewrite the diagnostics in testdata/check")

const cases = "../../testdata/check"

// checkFiles parses and checks a flow given as file name and text in turn.
func checkFiles(name string, files map[string][]byte) (*typed.Program, diag.List, map[string][]byte) {
	return checkWith(catalog.Load(), name, files)
}

func checkWith(cat *catalog.Catalog, name string, files map[string][]byte) (*typed.Program, diag.List, map[string][]byte) {
	p, found := syntax.Parse(name, files)
	if found.HasErrors() {
		return nil, found, p.Sources()
	}
	program, more := Check(p, cat)
	return program, append(found, more...), p.Sources()
}

func checkText(src string) (*typed.Program, diag.List, map[string][]byte) {
	return checkFiles("flow", map[string][]byte{"flow.hcl": []byte(src)})
}

// render is what a person sees.
func render(t *testing.T, found diag.List, sources map[string][]byte) string {
	t.Helper()
	var b bytes.Buffer
	if err := found.Text(&b, sources, diag.Options{}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The cases are checked on one day, so that dates in messages stay.
func init() {
	today = func() time.Time { return time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC) }
}

// TestCases runs testdata/check/*.txtar: flows, and the diagnostics they give. A
// case without a file `diagnostics` holds `# ERROR: summary` at the lines that are
// wrong, and nothing else may be found. Those with Go of their own are played by the
// compiler's TestGoCases.
func TestCases(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(cases, "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases in %s (%v)", cases, err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if slices.ContainsFunc(archive.Files, func(f txtar.File) bool { return strings.HasPrefix(f.Name, "go/") }) {
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) { runCase(t, file, archive) })
	}
}

func runCase(t *testing.T, file string, archive *txtar.Archive) {
	files := map[string][]byte{}
	goldens := 0
	for _, f := range archive.Files {
		if strings.Contains(f.Name, ".") { // what a flow consists of, and may ask for
			files[f.Name] = f.Data
		}
	}
	program, found, sources := checkWith(catalogOf(t, archive), "case", files)
	for n := range archive.Files {
		f := &archive.Files[n]
		switch {
		case f.Name == "diagnostics":
			compareGolden(t, f, render(t, found, sources))
		case f.Name == "typed" && program == nil:
			t.Errorf("there are errors:\n%s", render(t, found, sources))
		case f.Name == "typed":
			compareGolden(t, f, dump(program))
		default:
			continue
		}
		goldens++
	}
	if goldens == 0 || !slices.ContainsFunc(archive.Files, isDiagnostics) {
		compareMarks(t, files, found, sources)
	}
	if *update && goldens > 0 {
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// catalogOf is the catalogue, for a case with a file `tags` with other tags of inputs
// too: "mqtt_out.send capacity 1/min". It tries a notion before there is a kind for it.
func catalogOf(t *testing.T, archive *txtar.Archive) *catalog.Catalog {
	t.Helper()
	cat := *catalog.Load()
	for _, f := range archive.Files {
		if f.Name != "tags" {
			continue
		}
		cat.Kinds = slices.Clone(cat.Kinds)
		for _, line := range strings.Split(strings.TrimSpace(string(f.Data)), "\n") {
			words := strings.Fields(line)
			kind, field, _ := strings.Cut(words[0], ".")
			retag(&cat, kind, field, words[1], words[2])
		}
	}
	return &cat
}

func retag(cat *catalog.Catalog, kind, field, tag, value string) {
	for i, k := range cat.Kinds {
		if k.Name != kind {
			continue
		}
		k := *k
		k.Fields = slices.Clone(k.Fields)
		for n, f := range k.Fields {
			if f.Name == field {
				f := *f
				f.Tags = maps.Clone(f.Tags)
				f.Tags[tag] = value
				k.Fields[n] = &f
			}
		}
		cat.Kinds[i] = &k
	}
}

func isDiagnostics(f txtar.File) bool { return f.Name == "diagnostics" }

func compareGolden(t *testing.T, f *txtar.File, got string) {
	t.Helper()
	if *update {
		f.Data = []byte(got)
	}
	if got != string(f.Data) {
		t.Errorf("%s differs; go test ./lang/check -update rewrites it\ngot:\n%s\nwant:\n%s", f.Name, got, f.Data)
	}
}

var mark = regexp.MustCompile(`# (ERROR|WARNING): (.*)$`)

// compareMarks holds the findings against the marks in the flow itself.
func compareMarks(t *testing.T, files map[string][]byte, found diag.List, sources map[string][]byte) {
	t.Helper()
	var want, got []string
	for name, src := range files {
		for n, line := range strings.Split(string(src), "\n") {
			if m := mark.FindStringSubmatch(line); m != nil {
				for _, summary := range strings.Split(m[2], " | ") {
					want = append(want, fmt.Sprintf("%s:%d: %s", name, n+1, strings.TrimSpace(summary)))
				}
			}
		}
	}
	for _, d := range found {
		got = append(got, fmt.Sprintf("%s:%d: %s", d.Subject.Range.Filename, d.Subject.Range.Start.Line, d.Summary))
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		t.Errorf("got:\n%s\nwant:\n%s\n\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"), render(t, found, sources))
	}
}

var codeInSource = regexp.MustCompile(`"([EW]\d{4})"`)

// TestEveryCodeHasACase: a code without a golden case named after it is a message
// that nobody has looked at.
func TestEveryCodeHasACase(t *testing.T) {
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range sources {
		if !strings.HasPrefix(file, "errors") {
			continue
		}
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range codeInSource.FindAllStringSubmatch(string(src), -1) {
			if found, _ := filepath.Glob(filepath.Join(cases, m[1]+"*.txtar")); len(found) == 0 {
				t.Errorf("%s uses %s, and there is no %s*.txtar", file, m[1], m[1])
			}
		}
	}
}
