package unit

import (
	"os"
	"path/filepath"
	"regexp"
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

// An operator that asks whether the clock was set, and does not say so, would wait for ever.
func TestOperatorsThatAskTheClockSaySo(t *testing.T) {
	says := map[string]bool{}
	for _, o := range catalog.Load().Operators {
		says[o.Type] = says[o.Type] || o.Calendar
	}
	files, _ := filepath.Glob("../../rt/op/*.go")
	found := map[string]bool{}
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		m := operatorType.FindSubmatch(src)
		if m == nil || strings.HasSuffix(file, "_test.go") || !asksTheClock.Match(src) {
			continue
		}
		found[string(m[1])] = true
		if !says[string(m[1])] {
			t.Errorf("%s asks the clock: write //flow:calendar above %s", file, m[1])
		}
	}
	for name, calendar := range says {
		if calendar && !found[name] {
			t.Errorf("%s says //flow:calendar and asks no clock", name)
		}
	}
}
