package compiler

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// flowToRun is the variable that tells the executable of buildTogether which flow
// to be.
const flowToRun = "FLOWC_TEST_FLOW"

// buildTogether compiles all packages into one executable and gives its name: to
// link fifty programs takes most of a minute, to link one a second. Only the
// package clause and the name of main are not what was generated.
func (w *workspace) buildTogether(t testing.TB) string {
	t.Helper()
	var all bytes.Buffer
	all.WriteString("package main\n\nimport (\n\t\"os\"\n")
	var cases bytes.Buffer
	files, err := filepath.Glob(filepath.Join(w.dir, "*", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		pkg := filepath.Base(filepath.Dir(file))
		w.rename(t, file, pkg)
		if filepath.Base(file) == "main.go" {
			all.WriteString("\t" + pkg + " \"flows/" + pkg + "\"\n")
			cases.WriteString("\tcase \"" + pkg + "\":\n\t\t" + pkg + ".Main()\n")
		}
	}
	all.WriteString(")\n\nfunc main() {\n\tswitch os.Getenv(\"" + flowToRun + "\") {\n")
	all.Write(cases.Bytes())
	all.WriteString("\t}\n}\n")
	write(t, filepath.Join(w.dir, "together", "main.go"), all.Bytes())
	return filepath.Join(w.build(t, "-tags", "sim"), "together")
}

// rename makes an importable package of a generated main.
func (w *workspace) rename(t testing.TB, file, pkg string) {
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(src), "\npackage main\n", "\npackage "+pkg+"\n", 1)
	text = strings.Replace(text, "\nfunc main() {\n", "\nfunc Main() {\n", 1)
	write(t, file, []byte(text))
}
