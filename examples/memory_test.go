package examples

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// A timer is of the same node as what it moves: where a damaged memory has lost the one, the
// other begins anew with it. A siren would be on for ever without the timer that ends it.
func TestATimerIsOfWhatItMoves(t *testing.T) {
	files, err := filepath.Glob("*/gen/memory.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	item, timer := regexp.MustCompile(`Node: (\w+), +It:`), regexp.MustCompile(`\{Name: "([\w.]+)",.* Node: (\w+), +ID:`)
	timers := 0
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		kept := map[string]bool{}
		for _, m := range item.FindAllStringSubmatch(string(text), -1) {
			kept[m[1]] = true
		}
		for _, m := range timer.FindAllStringSubmatch(string(text), -1) {
			if timers++; !kept[m[2]] {
				t.Errorf("%s: the timer %s is of %s, of which nothing is kept", name, m[1], m[2])
			}
		}
	}
	if timers < 10 {
		t.Errorf("there are %d timers", timers)
	}
}
