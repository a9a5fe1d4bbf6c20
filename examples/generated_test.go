// Package examples holds flows to read and to start from, with the Go that flowc makes of them. Its tests keep that Go
// up to date, build it for the Raspberry Pi and guard how large it is.
package examples

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"flowc/compiler"
	"flowc/compiler/gobuild"
	"flowc/lang/diag"
)

var update = flag.Bool("update", false, "write the generated Go of the examples, once it has passed its tests")

// names lists the examples: the folders with a flow of the same name.
func names(t testing.TB) []string {
	t.Helper()
	found, err := filepath.Glob("*/*.hcl")
	if err != nil || len(found) == 0 {
		t.Fatalf("no examples found: %v", err)
	}
	var list []string
	for _, f := range found {
		list = append(list, filepath.Dir(f))
	}
	return slices.Compact(list)
}

// generate checks a flow and gives its Go.
func generate(t testing.TB, path string) gobuild.Module {
	t.Helper()
	f := compiler.Check(path)
	if len(f.Found) > 0 {
		var said bytes.Buffer
		f.Found.Text(&said, f.Sources, diag.Options{})
		t.Fatal(said.String())
	}
	m, err := f.Generate()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// hereToo lets the program be a package of this module, beside the flow's own Go: that is not copied, and has the
// import path of its folder.
func hereToo(path string, m gobuild.Module) gobuild.Module {
	own := []byte(gobuild.OwnPath(m.Name))
	for name, text := range m.Files {
		if strings.HasPrefix(name, "go/") {
			delete(m.Files, name)
			continue
		}
		m.Files[name] = bytes.ReplaceAll(text, own, []byte("flowc/examples/"+path+"/go"))
	}
	return m
}

// The Go beside each flow is what flowc makes of it today. With -update it is replaced, after the new Go has been
// vetted and has passed the tests that stand beside it.
func TestGeneratedIsUpToDate(t *testing.T) {
	for _, name := range names(t) {
		t.Run(name, func(t *testing.T) {
			m := hereToo(name, generate(t, name))
			dir := filepath.Join(name, "gen")
			stale := differing(t, dir, m.Files)
			switch {
			case len(stale) == 0:
			case *update:
				try(t, dir, m.Files)
				save(t, dir, m.Files)
			default:
				t.Errorf("%s in %s: not what flowc makes of the flow; run: go test ./examples -update", strings.Join(stale, ", "), dir)
			}
		})
	}
}

// differing lists the generated files that are not as they should be.
func differing(t *testing.T, dir string, want map[string][]byte) (stale []string) {
	for _, name := range slices.Sorted(maps.Keys(want)) {
		have, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if !bytes.Equal(have, want[name]) {
			stale = append(stale, name)
		}
	}
	for _, name := range goFiles(t, dir) {
		if want[name] == nil {
			stale = append(stale, name)
		}
	}
	return stale
}

// goFiles lists the Go files of a folder without its tests.
func goFiles(t *testing.T, dir string) (list []string) {
	found, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if name := filepath.Base(f); !strings.HasSuffix(name, "_test.go") {
			list = append(list, name)
		}
	}
	return list
}

// try vets and tests the new files in place of those on disk.
func try(t *testing.T, dir string, files map[string][]byte) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	overlay := overlayOf(t, dir, files)
	for _, args := range [][]string{
		{"vet", "-overlay", overlay, "."},
		{"vet", "-tags", "sim", "-overlay", overlay, "."},
		{"test", "-overlay", overlay, "."},
	} {
		cmd := exec.Command("go", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("nothing was saved: go %s: %v\n%s", args[0], err, out)
		}
	}
}

// overlayOf tells the go command to read the new files for the old ones.
func overlayOf(t *testing.T, dir string, files map[string][]byte) string {
	temporary := t.TempDir()
	whole, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	replace := map[string]string{}
	for _, name := range goFiles(t, dir) {
		replace[filepath.Join(whole, name)] = ""
	}
	for name, text := range files {
		file := filepath.Join(temporary, name)
		write(t, file, text)
		replace[filepath.Join(whole, name)] = file
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(temporary, "overlay.json")
	write(t, file, text)
	return file
}

func save(t *testing.T, dir string, files map[string][]byte) {
	for _, name := range goFiles(t, dir) {
		if files[name] == nil {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, text := range files {
		write(t, filepath.Join(dir, name), text)
	}
}

func write(t *testing.T, name string, text []byte) {
	t.Helper()
	if err := os.WriteFile(name, text, 0o644); err != nil {
		t.Fatal(err)
	}
}
