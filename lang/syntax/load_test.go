package syntax

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestLoadFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "My-Garden 2")
	write(t, filepath.Join(dir, "b.hcl"), "b = 1\n")
	write(t, filepath.Join(dir, "a.hcl"), "a = 1\n")
	write(t, filepath.Join(dir, ".#a.hcl"), "not = = read")
	write(t, filepath.Join(dir, "notes.txt"), "not = = read")
	write(t, filepath.Join(dir, "inner", "c.hcl"), "not = = read")
	if err := os.Mkdir(filepath.Join(dir, "folder.hcl"), 0o755); err != nil {
		t.Fatal(err)
	}
	p, found := Load(dir)
	if len(found) > 0 {
		t.Fatalf("%s: %s", found[0].Summary, found[0].Why)
	}
	if p.Name != "my_garden_2" || p.Dir != dir {
		t.Errorf("name %q, dir %q", p.Name, p.Dir)
	}
	if len(p.Files) != 2 || p.Files[0].Name != "a.hcl" || p.Files[1].Name != "b.hcl" {
		t.Errorf("files %v", p.Sources())
	}
	if len(p.Equations) != 2 || p.Equations[0].Name != "a" {
		t.Errorf("equations %v", p.Equations)
	}
}

func TestLoadFile(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "green.hcl"), "a = 1\n")
	write(t, filepath.Join(dir, "other.hcl"), "b = = 1\n")
	p, found := Load(filepath.Join(dir, "green.hcl"))
	if len(found) > 0 || p.Name != "green" || p.Dir != dir || len(p.Equations) != 1 {
		t.Errorf("%v %q %q %v", found, p.Name, p.Dir, p.Equations)
	}
}

func TestLoadRefuses(t *testing.T) {
	dir := t.TempDir()
	outside := filepath.Join(t.TempDir(), "secret.hcl")
	write(t, outside, "password = 1\n")
	write(t, filepath.Join(dir, "text", "a.txt"), "x")
	write(t, filepath.Join(dir, "linked", "a.hcl"), "a = 1\n")
	if err := os.Symlink(outside, filepath.Join(dir, "linked", "b.hcl")); err != nil {
		t.Skip("no symbolic links here: " + err.Error())
	}
	if err := os.MkdirAll(filepath.Join(dir, "dangling"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", filepath.Join(dir, "dangling", "a.hcl")); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ path, summary, why string }{
		{"missing", "This cannot be read", "does not exist"},
		{"missing/a.hcl", "This cannot be read", "does not exist"},
		{"text", "There is no flow here", "no .hcl file"},
		{"text/a.txt", "This is not a flow file", "does not end in .hcl"},
		{"linked", "This cannot be read", "leads out of its folder"},
		{"dangling", "This cannot be read", "does not exist"},
	}
	for _, test := range tests {
		p, found := Load(filepath.Join(dir, test.path))
		if len(found) != 1 || found[0].Code != "E0002" {
			t.Errorf("%s: %v", test.path, found)
			continue
		}
		if found[0].Summary != test.summary || !strings.Contains(found[0].Why, test.why) {
			t.Errorf("%s: %s: %s", test.path, found[0].Summary, found[0].Why)
		}
		for name, src := range p.Sources() {
			if strings.Contains(string(src), "password") {
				t.Errorf("%s was read through a link", name)
			}
		}
	}
}

func TestProgramName(t *testing.T) {
	for path, want := range map[string]string{
		"garden": "garden", "a/b/GreenHouse.hcl": "green_house", "7up": "flow_7up", "": "flow", "/": "flow", "..": "flow",
		"Küche": "kueche", "my-garden.v2": "my_garden_v2", "日本": "flow",
	} {
		if got := programName(path); got != want {
			t.Errorf("%q gives %q, want %q", path, got, want)
		}
	}
}
