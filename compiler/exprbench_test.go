package compiler

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The Go in testdata/exprbench is what the compiler makes of its flow today.
func TestExpressionBenchmarkIsFresh(t *testing.T) {
	f := Check("../testdata/exprbench/exprbench.hcl")
	if f.Found.HasErrors() {
		t.Fatal(rendered(f))
	}
	m, err := f.Generate()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range m.Files {
		file := filepath.Join("../testdata/exprbench", name)
		if *update {
			write(t, file, want)
		} else if have, err := os.ReadFile(file); err != nil || !bytes.Equal(have, want) {
			t.Errorf("%s is stale; run: go test ./compiler -run ExpressionBenchmark -update", file)
		}
	}
}
