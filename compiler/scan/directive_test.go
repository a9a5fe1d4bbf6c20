package scan

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
)

// Whatever directive nobody knows is a problem at its own line, wherever it
// stands; one letter wrong must not silently change what an operator is.
func TestUnknownDirectives(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		name := unknownName(rng)
		lines := []string{
			"package x", "", "// F is good.", "//", "//flow:func f", "func F() bool { return true }", "",
			"// T is a type.", "type T struct {", "\t// A is a field.", "\tA int", "}", "", "const C = 1", "",
		}
		at := 1 + rng.IntN(len(lines)-1)
		lines = append(lines[:at], append([]string{"//flow:" + name + " v"}, lines[at:]...)...)
		fsys := fstest.MapFS{"rt/x/x.go": {Data: []byte(strings.Join(lines, "\n"))}}
		_, problems := Source(fsys, "rt", "flowc")
		want := fmt.Sprintf("rt/x/x.go:%d: There is no directive //flow:%s.", at+1, name)
		found := false
		for _, p := range problems {
			found = found || strings.HasPrefix(p.String(), want)
		}
		if !found {
			t.Fatalf("no problem at line %d for //flow:%s in\n%s\ngot %v", at+1, name, strings.Join(lines, "\n"), problems)
		}
	}
}

// unknownName is a known directive with a letter changed, or any letters.
func unknownName(rng *rand.Rand) string {
	names := ruleNames()
	for {
		letters := []byte(names[rng.IntN(len(names))])
		if rng.IntN(2) == 0 {
			letters = make([]byte, 1+rng.IntN(8))
			for i := range letters {
				letters[i] = byte('a' + rng.IntN(26))
			}
		} else {
			letters[rng.IntN(len(letters))] = byte('a' + rng.IntN(26))
		}
		if _, known := rules[string(letters)]; !known {
			return string(letters)
		}
	}
}

// No source, however broken, stops a scan or gives a problem without a place.
func FuzzSource(f *testing.F) {
	f.Add("package x\n\n// F is it.\n//\n//flow:func f\nfunc F(v int64) bool { return true }\n")
	f.Add("package x\n\nimport \"flowc/rt/flow\"\n\n//flow:op o\n//flow:call v, {a|b}\ntype O[T flow.Number] struct{ A, B T }\n\nfunc (o *O[T]) Step(v T) T { return v }\n")
	f.Add("package x\n\n//flow:kind k\ntype K struct{ *K; k [2]K; F func(K) K `a:\"b\"` }\n")
	f.Add("package x\n\ntype A = A\n\n//flow:kind a\ntype B A\n")
	base := withRuntime(f, nil)
	f.Fuzz(func(t *testing.T, text string) {
		fsys := fstest.MapFS{"rt/x/x.go": {Data: []byte(text)}}
		for n, file := range base {
			fsys[n] = file
		}
		_, problems := Source(fsys, "rt", "flowc")
		for _, p := range problems {
			if p.File == "" || p.Line < 1 || !strings.HasSuffix(p.Text, ".") && !strings.HasSuffix(p.Text, "?") {
				t.Errorf("a problem without a place or a sentence: %q", p)
			}
		}
	})
}
