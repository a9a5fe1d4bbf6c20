package compiler

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"flowc/compiler/gobuild"
	"flowc/lang/catalog"
	"flowc/lang/check"
	"flowc/lang/diag"
)

// The examples in the documentation of kinds and operators are what people copy:
// each must check without an error and build.
func TestDocumentationExamplesBuild(t *testing.T) {
	dir := newWorkspace(t)
	for name, doc := range documentation() {
		for i, text := range hclExamples(doc) {
			f := CheckText(name+strconv.Itoa(i), map[string][]byte{name + ".hcl": []byte(text)})
			if f.Found.HasErrors() {
				t.Errorf("%s: example %d does not check:\n%s\n%s", name, i, text, rendered(f))
				continue
			}
			dir.add(t, f)
		}
	}
	dir.vet(t)
}

// aroundForms is what the examples of forms and blocks refer to.
const aroundForms = `
mqtt home {
  url = "tcp://localhost:1883"
}

mqtt_in attic {
  via   = home
  topic = "attic"
  json  = { temperature = C }
  stale = 1.h
}
`

// So do the examples of the forms and blocks that the checker knows by name.
func TestFormExamplesBuild(t *testing.T) {
	dir := newWorkspace(t)
	for _, form := range check.Reference(catalog.Load()).Forms {
		name := form.Sort + "_" + form.Name
		text := aroundForms + strings.Join(hclExamples(form.Doc), "\n\n")
		f := CheckText(name, map[string][]byte{name + ".hcl": []byte(text), "greeting.txt": []byte("hello"), "clean.sql": []byte("DELETE FROM weather WHERE temp < -100"),
			"lib/lamp.hcl": []byte("component lamp_of {\n  inputs  = { lit = value(bool) }\n  outputs = { on = lamp.on }\n\n  led lamp {\n    pin = 18\n    on  = lit\n  }\n}\n")})
		if f.Found.HasErrors() {
			t.Errorf("%s does not check:\n%s\n%s", name, text, rendered(f))
			continue
		}
		dir.add(t, f)
	}
	dir.vet(t)
}

// What the checker's own cases call good builds.
func TestGoodFlowsBuild(t *testing.T) {
	files, err := filepath.Glob("../testdata/check/good-*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	w := newWorkspace(t)
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.NewReplacer("-", "_", ".txtar", "").Replace(filepath.Base(file))
		folder := filepath.Join(t.TempDir(), name)
		for _, f := range a.Files {
			write(t, filepath.Join(folder, f.Name), f.Data)
		}
		if f := Check(folder); f.Found.HasErrors() {
			t.Errorf("%s does not check:\n%s", file, rendered(f))
		} else {
			w.add(t, f)
		}
	}
	w.vet(t)
}

func documentation() map[string]string {
	c := catalog.Load()
	docs := map[string]string{}
	for _, k := range c.Kinds {
		docs["kind_"+k.Name] = k.Doc
	}
	for i, o := range c.Operators {
		docs["op_"+o.Name+strconv.Itoa(i)] = o.Doc
	}
	return docs
}

// hclExamples are the indented blocks of a doc comment.
func hclExamples(doc string) []string {
	var list []string
	var block []string
	flush := func() {
		if text := strings.Trim(strings.Join(block, "\n"), "\n"); strings.Contains(text, "{\n") {
			list = append(list, text+"\n")
		}
		block = nil
	}
	for _, l := range strings.Split(doc, "\n") {
		switch {
		case strings.HasPrefix(l, "\t"):
			block = append(block, l[1:])
		case strings.TrimSpace(l) == "":
			block = append(block, "")
		default:
			flush()
		}
	}
	flush()
	return list
}

func rendered(f *Flow) string {
	var b bytes.Buffer
	f.Found.Text(&b, f.Sources, diag.Options{})
	return b.String()
}

// workspace is a module with a package for each generated flow, so that one go
// command looks at all of them.
type workspace struct {
	dir string
	n   int
}

func newWorkspace(t testing.TB) *workspace {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	w := &workspace{dir: t.TempDir()}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	sum, err := os.ReadFile(filepath.Join(root, "go.sum"))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(mod), "module flowc\n", "module flows\n\nrequire flowc v0.0.0\n\nreplace flowc => "+root+"\n", 1)
	write(t, filepath.Join(w.dir, "go.mod"), []byte(text))
	write(t, filepath.Join(w.dir, "go.sum"), sum)
	return w
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

// add generates a flow into a package of its own, and gives its name.
func (w *workspace) add(t testing.TB, f *Flow) string {
	t.Helper()
	m, err := f.Generate()
	if err != nil {
		t.Errorf("%s: %v", f.Name, err)
		return ""
	}
	return w.addModule(t, f, m)
}

func (w *workspace) addModule(t testing.TB, f *Flow, m gobuild.Module) string {
	t.Helper()
	w.n++
	pkg := "f" + strconv.Itoa(w.n) + "_" + f.Name
	for name, data := range m.Files {
		data = bytes.ReplaceAll(data, []byte(gobuild.OwnPath(f.Name)), []byte("flows/"+pkg+"/go"))
		write(t, filepath.Join(w.dir, pkg, name), data)
	}
	return pkg
}

// build compiles every package and gives the folder of the executables.
func (w *workspace) build(t testing.TB, flags ...string) string {
	t.Helper()
	bin := t.TempDir()
	cmd := w.command(append(append([]string{"build", "-o", bin}, flags...), "./...")...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return bin
}

func (w *workspace) command(args ...string) *exec.Cmd {
	cmd := exec.Command("go", args...)
	cmd.Dir = w.dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	return cmd
}

// vet type-checks and vets everything that was generated, with and without the
// simulator, and asks for gofmt's form.
func (w *workspace) vet(t testing.TB) {
	t.Helper()
	for _, args := range [][]string{{"vet", "./..."}, {"vet", "-tags", "sim", "./..."}} {
		if out, err := w.command(args...).CombinedOutput(); err != nil {
			t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	if out, err := exec.Command("gofmt", "-l", w.dir).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("gofmt: %v\n%s", err, out)
	}
}
