package scan

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// The committed catalogue is what rt declares, and rt has no problems.
func TestCatalogIsFresh(t *testing.T) {
	problems, err := Commit("../..", false)
	for _, p := range problems {
		t.Error(p)
	}
	if err != nil {
		t.Error(err)
	}
}

// A change in rt makes the catalogue stale until it is written again.
func TestCommit(t *testing.T) {
	dir := t.TempDir()
	put := func(name, text string) {
		t.Helper()
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	check := func(write bool, want error) {
		t.Helper()
		problems, err := Commit(dir, write)
		if !errors.Is(err, want) || len(problems) > 0 {
			t.Fatalf("write %v: %v %v, want %v", write, err, problems, want)
		}
	}
	put(catalogFile, "{}\n")
	put(foldFile, "package check\n")
	put("rt/fn/f.go", "package fn\n\n// F is one.\n//\n//flow:func f\nfunc F() bool { return true }\n")
	check(false, ErrStale)
	check(true, nil)
	check(false, nil)
	put("rt/fn/f.go", "package fn\n\n// F is one.\n//\n//flow:func f\nfunc F(v bool) bool { return true }\n")
	check(false, ErrStale)
	put("rt/fn/f.go", "package fn\n\n\n\n// F is one.\n//\n//flow:func f\nfunc F() bool { return 1 > 2 }\n")
	check(false, nil) // neither lines nor bodies matter
}
