package op

import (
	"os"
	"strings"
	"testing"
)

// TestWhatIsKeptIsHanded: what the catalogue says of an operator's token is what its
// code does with it. One that keeps occurrences ends their tokens as handed to memory,
// else a source would count as delivered what a crash loses; one that gives what it was
// not just given begins a token, else nobody would count it.
func TestWhatIsKeptIsHanded(t *testing.T) {
	held := 0
	for file := range source(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		says := func(what string) bool { return strings.Contains(string(text), what) }
		if !says("\n//flow:op ") {
			continue
		}
		holds, own := says("\n//flow:holds\n"), says("\n//flow:token ")
		happens := says(" event\n//") && (says("\n//flow:in e any\n") || says("\n//flow:in a any\n"))
		switch {
		case holds && !own && !says("t.Hand()"):
			t.Errorf("%s: it holds occurrences and does not hand over their tokens", file)
		case says("t.Hand()") && !holds:
			t.Errorf("%s: it hands over tokens and does not say //flow:holds", file)
		case says("t.Fresh()") && happens && !holds && !own:
			t.Errorf("%s: it begins tokens of its own and says neither //flow:holds nor //flow:token", file)
		}
		if holds {
			held++
		}
	}
	if held < 8 {
		t.Errorf("only %d operators hold something", held)
	}
}
