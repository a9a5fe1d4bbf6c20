package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"
)

// The flow that shows the checker every sort of step also passes when it is played, and says what it left out.
func TestEveryStepPlays(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	a, err := txtar.ParseFile(filepath.Join("..", "..", "testdata", "check", "good-tests.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range a.Files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out, errors bytes.Buffer
	if code := run(&console{out: &out, err: &errors}, []string{"test", "-v", "-coverage", dir}); code != exitFine {
		t.Fatalf("exit code %d\n%s\n%s", code, &out, &errors)
	}
	for _, want := range []string{"✔ a little of everything", "coverage: 5 of 9", "`word` never had a fault", "`lamp.on` never went off"} {
		if !bytes.Contains(out.Bytes(), []byte(want)) {
			t.Errorf("%q is not told:\n%s", want, &out)
		}
	}
}
