package compiler

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The Go in the folders of benchmarks is what the compiler makes of their flows today.
func TestBenchmarksAreFresh(t *testing.T) {
	for _, name := range []string{"exprbench", "scalebench"} {
		dir := filepath.Join("../testdata", name)
		f := Check(filepath.Join(dir, name+".hcl"))
		if f.Found.HasErrors() {
			t.Fatal(rendered(f))
		}
		m, err := f.Generate()
		if err != nil {
			t.Fatal(err)
		}
		for file, want := range m.Files {
			file = filepath.Join(dir, file)
			if *update {
				write(t, file, want)
			} else if have, err := os.ReadFile(file); err != nil || !bytes.Equal(have, want) {
				t.Errorf("%s is stale; run: go test ./compiler -run BenchmarksAreFresh -update", file)
			}
		}
	}
}
