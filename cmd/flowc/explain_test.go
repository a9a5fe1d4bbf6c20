package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestContracts holds what `flowc explain` tells of the examples, word for word:
// testdata/explain/EXAMPLE.NAME.txt.
func TestContracts(t *testing.T) {
	files, err := filepath.Glob("testdata/explain/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no contracts: %v", err)
	}
	for _, file := range files {
		base := strings.TrimSuffix(filepath.Base(file), ".txt")
		example, name, _ := strings.Cut(base, ".")
		t.Run(base, func(t *testing.T) {
			var out, problems bytes.Buffer
			c := &console{out: &out, err: &problems}
			args := []string{name, "../../examples/" + example}
			run := runExplain
			if name == "check" {
				args, run = []string{"-v", args[1]}, runCheck
			}
			if code := run(c, args); code != exitFine {
				t.Fatalf("exit code %d: %s", code, problems.String())
			}
			if *update {
				if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if out.String() != string(want) {
				t.Errorf("go test ./cmd/flowc -run TestContracts -update rewrites it\ngot:\n%s\nwant:\n%s", out.String(), want)
			}
		})
	}
}
