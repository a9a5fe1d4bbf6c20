package scan

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected parts of testdata/*.txtar")

// TestGolden scans the sources of each case beside the real rt/flow and rt/unit,
// and compares the catalogue, the problems and, where a case has one, the table
// for folding.
func TestGolden(t *testing.T) {
	cases, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) { golden(t, name) })
	}
}

func golden(t *testing.T, name string) {
	archive, err := txtar.ParseFile(name)
	if err != nil {
		t.Fatal(err)
	}
	sources, want := fstest.MapFS{}, map[string]string{}
	var kept []txtar.File
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".go") {
			sources[f.Name] = &fstest.MapFile{Data: f.Data}
			kept = append(kept, f)
			continue
		}
		want[f.Name] = string(f.Data)
	}
	got := map[string]string{}
	c, problems := Source(withRuntime(t, sources), "rt", "flowc")
	text, err := Encode(c)
	if err != nil {
		t.Fatal(err)
	}
	got["catalog.json"] = string(text)
	if _, wanted := want["fold_table"]; wanted {
		table, err := FoldTable(c, "flowc")
		if err != nil {
			t.Fatal(err)
		}
		got["fold_table"] = string(table)
	}
	for _, p := range problems {
		got["problems"] += p.String() + "\n"
	}
	if *update {
		for _, part := range []string{"catalog.json", "fold_table", "problems"} {
			if got[part] != "" {
				kept = append(kept, txtar.File{Name: part, Data: []byte(got[part])})
			}
		}
		archive.Files = kept
		if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, part := range []string{"catalog.json", "fold_table", "problems"} {
		if got[part] != want[part] {
			t.Errorf("%s differs (go test ./compiler/scan -update rewrites it)\n%s", part, firstDifference(got[part], want[part]))
		}
	}
}

// withRuntime adds the two packages of rt that every declaration uses.
func withRuntime(t testing.TB, sources fstest.MapFS) fstest.MapFS {
	t.Helper()
	all := fstest.MapFS{}
	root := os.DirFS("../..")
	for _, dir := range []string{"rt/flow", "rt/unit"} {
		names, err := fs.Glob(root, dir+"/*.go")
		if err != nil || len(names) == 0 {
			t.Fatal("no source in", dir, err)
		}
		for _, n := range names {
			data, err := fs.ReadFile(root, n)
			if err != nil {
				t.Fatal(err)
			}
			all[n] = &fstest.MapFile{Data: data}
		}
	}
	for n, f := range sources {
		all[n] = f
	}
	return all
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			before := strings.Join(g[max(0, i-3):i], "\n")
			return before + "\ngot:  " + g[i] + "\nwant: " + strings.Join(w[min(i, len(w)-1):min(i+1, len(w))], "")
		}
	}
	return "want more: " + strings.Join(w[len(g):], "\n")
}

// A scan says the same every time: maps inside must not show.
func TestDeterministic(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/problems.txtar")
	if err != nil {
		t.Fatal(err)
	}
	sources := fstest.MapFS{}
	for _, f := range archive.Files {
		sources[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	fsys := withRuntime(t, sources)
	first := scanText(t, fsys)
	for range 20 {
		if next := scanText(t, fsys); !bytes.Equal(first, next) {
			t.Fatalf("two scans of one source differ:\n%s", firstDifference(string(next), string(first)))
		}
	}
}

func scanText(t *testing.T, fsys fs.FS) []byte {
	c, problems := Source(fsys, "rt", "flowc")
	text, err := Encode(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		text = append(text, p.String()...)
	}
	return text
}
