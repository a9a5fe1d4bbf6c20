package faults

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"flowc/compiler"
)

// change is an edit of one file of the runtime: a planted bug, or a piece of the
// machine that a test puts in place of the real one.
type change struct {
	// file is in this repository: "rt/mqtt/incoming.go".
	file string
	// old stands in the file exactly once; now takes its place. Where old is empty,
	// now is the whole file.
	old, now string
}

// text is the file as changed.
func (c change) text(t testing.TB) string {
	t.Helper()
	if c.old == "" {
		return c.now
	}
	source, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(c.file)))
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(source), c.old); n != 1 {
		t.Fatalf("%s holds the text to change %d times, and not once:\n%s", c.file, n, c.old)
	}
	return strings.Replace(string(source), c.old, c.now, 1)
}

// source is a flow of testdata, and what a rig does to it before and after it is
// compiled.
type source struct {
	flow string
	// set replaces words of the flow's text.
	set map[string]string
	// edit changes what was generated.
	edit    func(files map[string][]byte)
	changes []change
}

// build compiles a flow as flowc does, with the runtime of this repository but for
// the changes, and gives the executable.
func build(t testing.TB, flow string, changes ...change) string {
	t.Helper()
	return source{flow: flow, changes: changes}.build(t)
}

func (s source) build(t testing.TB) string {
	t.Helper()
	name := strings.TrimSuffix(s.flow, ".hcl")
	text := fixture(t, s.flow)
	for old, now := range s.set {
		if !strings.Contains(text, old) {
			t.Fatalf("%s: no %s", s.flow, old)
		}
		text = strings.ReplaceAll(text, old, now)
	}
	f := compiler.CheckText(name, map[string][]byte{s.flow: []byte(text)})
	if f.Found.HasErrors() {
		t.Fatalf("%s does not check: %v", s.flow, f.Found)
	}
	m, err := f.Generate()
	if err != nil {
		t.Fatal(err)
	}
	if s.edit != nil {
		s.edit(m.Files)
	}
	dir := t.TempDir()
	for file, data := range m.Files {
		write(t, filepath.Join(dir, file), data)
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	writeModule(t, dir, root)
	program := filepath.Join(dir, name)
	cmd := exec.Command("go", "build", "-overlay", overlay(t, dir, root, s.changes), "-ldflags=-s -w", "-o", program, ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return program
}

// writeModule makes a module of the program that uses the runtime in root.
func writeModule(t testing.TB, dir, root string) {
	t.Helper()
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(mod), "module flowc\n", "module flows\n\nrequire flowc v0.0.0\n\nreplace flowc => "+root+"\n", 1)
	write(t, filepath.Join(dir, "go.mod"), []byte(text))
	write(t, filepath.Join(dir, "go.sum"), sum)
}

// overlay tells the go command which files it is to read instead of others.
func overlay(t testing.TB, dir, root string, changes []change) string {
	t.Helper()
	replace := map[string]string{}
	for _, c := range changes {
		file := filepath.Join(dir, "changed", strings.ReplaceAll(c.file, "/", "_"))
		if _, twice := replace[filepath.Join(root, filepath.FromSlash(c.file))]; twice {
			t.Fatalf("two changes of %s", c.file)
		}
		write(t, file, []byte(c.text(t)))
		replace[filepath.Join(root, filepath.FromSlash(c.file))] = file
	}
	data, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "overlay.json")
	write(t, file, data)
	return file
}

func fixture(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func write(t testing.TB, file string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
