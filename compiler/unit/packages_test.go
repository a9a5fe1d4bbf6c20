package unit

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"flowc/lang/catalog"
)

// A kind of which nobody says what it opens would have its program run outside the sandbox.
func TestEveryKindSaysWhatItOpens(t *testing.T) {
	for _, k := range catalog.Load().Kinds {
		if k.Opens == "" {
			t.Errorf("%s of %s: what does it open? Write //flow:opens above the kind or the package", k.Name, k.Package)
		}
	}
}

var (
	operatorType = regexp.MustCompile(`(?m)^//flow:op [^\n]*\n(?://[^\n]*\n)*type ([A-Z]\w*)`)
	asksTheClock = regexp.MustCompile(`\.Wall\(\)|AtWall\(|\bagenda\b|\beveryMinute\(`)
)

// An operator that asks whether the clock was set, of which nobody thought here, would wait for ever.
func TestOperatorsThatAskTheClockAreKnown(t *testing.T) {
	files, _ := filepath.Glob("../../rt/op/*.go")
	found := 0
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m := operatorType.FindSubmatch(src)
		if m == nil || strings.HasSuffix(file, "_test.go") || !asksTheClock.Match(src) {
			continue
		}
		found++
		if !slices.Contains(clockOperators, string(m[1])) {
			t.Errorf("%s asks the clock: add %s to clockOperators", file, m[1])
		}
	}
	if found != len(clockOperators) {
		t.Errorf("found %d operators that ask the clock, %d are known", found, len(clockOperators))
	}
}
