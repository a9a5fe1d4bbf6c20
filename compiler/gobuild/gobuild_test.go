package gobuild

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

const small = `package main

import "flowc/rt/flow"

func main() { println("wired", flow.FormatInt(7)) }
`

func smallModule() Module {
	return Module{Name: "garden", Flow: "garden.hcl", Files: map[string][]byte{"main.go": []byte(small)}}
}

func build(t *testing.T, m Module, cache, out string) {
	t.Helper()
	_, err := Build(context.Background(), m, Options{Target: Host(), Out: out, Cache: cache})
	if err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// The same flow gives the same bits whoever builds it, wherever the cache is: the path of the runtime once was part of
// the executable through the replace line.
func TestSameInputSameBits(t *testing.T) {
	one, other := t.TempDir(), filepath.Join(t.TempDir(), "another", "user")
	build(t, smallModule(), one, filepath.Join(one, "a"))
	if err := os.MkdirAll(other, 0o755); err != nil {
		t.Fatal(err)
	}
	build(t, smallModule(), other, filepath.Join(other, "b"))
	a, b := read(t, filepath.Join(one, "a")), read(t, filepath.Join(other, "b"))
	if !bytes.Equal(a, b) {
		t.Error("two builds of one module differ")
	}
	if bytes.Contains(a, []byte(one)) {
		t.Error("the executable holds the path of the cache")
	}
	out, err := exec.Command(filepath.Join(one, "a")).CombinedOutput()
	if err != nil || string(out) != "wired 7\n" {
		t.Errorf("ran to %q, %v", out, err)
	}
}

func TestManyBuildsAtOnce(t *testing.T) {
	cache, out := t.TempDir(), t.TempDir()
	var all sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		all.Go(func() {
			name := filepath.Join(out, string(rune('a'+i)))
			_, errs[i] = Build(context.Background(), smallModule(), Options{Target: Host(), Out: name, Cache: cache})
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	entries, _ := os.ReadDir(out)
	if len(entries) != len(errs) {
		t.Errorf("%d files are left in the output folder, want %d", len(entries), len(errs))
	}
}

func TestDamagedCacheIsMended(t *testing.T) {
	cache := t.TempDir()
	build(t, smallModule(), cache, filepath.Join(cache, "a"))
	found, _ := filepath.Glob(filepath.Join(cache, "rt-*", "rt", "flow", "text.go"))
	if len(found) != 1 {
		t.Fatalf("the runtime is not in the cache: %v", found)
	}
	if err := os.WriteFile(found[0], []byte("package broken"), 0o644); err != nil {
		t.Fatal(err)
	}
	build(t, smallModule(), cache, filepath.Join(cache, "b"))
	if bytes.Contains(read(t, found[0]), []byte("package broken")) {
		t.Error("the damaged file is still there")
	}
}

// What a user's environment holds must not reach the build: each of these broke one or changed its bits.
func TestForeignEnvironment(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "go.work"), []byte("go 1.25\nuse ./nowhere\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOFLAGS", "-mod=vendor -race")
	t.Setenv("GO111MODULE", "off")
	t.Setenv("GOOS", "plan9")
	t.Setenv("GOWORK", filepath.Join(dir, "go.work"))
	t.Setenv("GOPROXY", "off")
	build(t, smallModule(), filepath.Join(dir, "cache"), filepath.Join(dir, "a"))
}

func TestDefectIsNotTheUsersFault(t *testing.T) {
	m := smallModule()
	m.Files["main.go"] = []byte("package main\n\nfunc main() { missing() }\n")
	dir := t.TempDir()
	_, err := Build(context.Background(), m, Options{Target: Host(), Out: filepath.Join(dir, "a"), Cache: dir})
	var defect *DefectError
	if !errors.As(err, &defect) {
		t.Fatalf("got %v, want a DefectError", err)
	}
	message := err.Error()
	for _, part := range []string{"defect in flowc, not in garden.hcl", "main.go:3:15: undefined: missing"} {
		if !strings.Contains(message, part) {
			t.Errorf("the message lacks %q: %s", part, message)
		}
	}
	if strings.Contains(message, "\n") {
		t.Errorf("raw output in the message: %s", message)
	}
}

func TestNoGoCommand(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	_, err := Build(context.Background(), smallModule(), Options{Target: Host(), Out: filepath.Join(dir, "a"), Cache: dir})
	if err == nil || !strings.Contains(err.Error(), "no `go` on the PATH") {
		t.Errorf("got %v", err)
	}
}

func TestUnknownArchitecture(t *testing.T) {
	dir := t.TempDir()
	target, err := ParseTarget("linux/abacus")
	if err != nil {
		t.Fatal(err)
	}
	_, err = Build(context.Background(), smallModule(), Options{Target: target, Out: filepath.Join(dir, "a"), Cache: dir})
	if err == nil || !strings.Contains(err.Error(), "Go cannot build for linux/abacus") {
		t.Errorf("got %v", err)
	}
}

// A kept module builds without flowc: plain `go build`, no cache of flowc's, no network.
func TestGenBuildsAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "kept")
	if err := Gen(dir, smallModule()); err != nil {
		t.Fatal(err)
	}
	for _, absent := range []string{"flowc/rt/mqtt", "flowc/rt/gpio", "flowc/rt/op"} {
		if _, err := os.Stat(filepath.Join(dir, absent)); err == nil {
			t.Errorf("%s is there, and nothing uses it", absent)
		}
	}
	cmd := exec.Command("go", "build", "-mod=readonly", "-o", "program", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOWORK=off", "GOFLAGS=-buildvcs=false", "GOMODCACHE="+t.TempDir())
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func TestGenReplacesOnlyItsOwn(t *testing.T) {
	dir := t.TempDir()
	first := smallModule()
	first.Files["old.go"] = []byte(generatedMark + " from garden.hcl; DO NOT EDIT.\n\npackage main\n")
	first.Files["main.go"] = []byte(generatedMark + " from garden.hcl; DO NOT EDIT.\n\n" + small)
	if err := Gen(dir, first); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "notes.txt"), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	delete(first.Files, "old.go")
	if err := Gen(dir, first); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "old.go")); err == nil {
		t.Error("a file of the earlier program is left")
	}
	if string(read(t, filepath.Join(dir, "notes.txt"))) != "mine" {
		t.Error("a file of the user's is gone")
	}
	if err := os.WriteFile(filepath.Join(dir, "main.go"), []byte("package main\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := Gen(dir, first); err == nil || !strings.Contains(err.Error(), "in the way") {
		t.Errorf("overwrote a file of the user's: %v", err)
	}
}

// A simulation's files bring the fake buses and their modules; what runs on a Pi has neither.
func TestSimulationIsLeftOut(t *testing.T) {
	m := smallModule()
	m.Files["watch.go"] = []byte("// Code generated.\n\n//go:build sim\n\npackage main\n\nimport _ \"flowc/rt/sim\"\n")
	m.Files["real.go"] = []byte("//go:build !sim\n\npackage main\n")
	for sim, want := range map[string]string{"": "main.go real.go", "sim": "main.go watch.go"} {
		names := slices.Sorted(maps.Keys(m.withTags([]string{sim}).Files))
		if got := strings.Join(names, " "); got != want {
			t.Errorf("with tag %q: %s, want %s", sim, got, want)
		}
	}
}

// What the runtime's own source does not tell (modules that others need in turn) is compared with what is linked.
func TestRequirementsAreComplete(t *testing.T) {
	cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", "flowc/rt/...")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	r, err := carried()
	if err != nil {
		t.Fatal(err)
	}
	have := r.modules()
	for _, m := range strings.Fields(string(out)) {
		if !slices.Contains(have, m) {
			t.Errorf("the runtime links %s, and the generated go.mod would not name it: see further", m)
		}
	}
}

func TestParseTarget(t *testing.T) {
	for in, want := range map[string]string{
		"": "garden-arm64", "pi": "garden-arm64", "pi-zero": "garden-armv6", "armv7": "garden-armv7",
		"linux/arm": "garden-armv6", "darwin/arm64": "garden-darwin-arm64", "windows/amd64": "garden-windows-amd64.exe",
	} {
		target, err := ParseTarget(in)
		if err != nil || target.Executable("garden") != want {
			t.Errorf("ParseTarget(%q) gives %q, %v; want %q", in, target.Executable("garden"), err, want)
		}
	}
	for _, bad := range []string{"pie", "linux/", "/arm", "Linux/arm64", "linux/arm64/7", "-o/x"} {
		if _, err := ParseTarget(bad); err == nil {
			t.Errorf("ParseTarget(%q) was accepted", bad)
		}
	}
}
