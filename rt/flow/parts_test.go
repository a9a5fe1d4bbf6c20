package flow_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"flowc/rt/flow"
)

// TestParts compares parts with a list of keys in order of first appearance.
func TestParts(t *testing.T) {
	var p flow.Parts[string, int]
	var want []string
	numbers := map[string]int32{}
	r := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		k := fmt.Sprint("bed", r.IntN(40))
		part, n, ok := p.Find(k)
		if ok != slices.Contains(want, k) || ok && n != numbers[k] {
			t.Fatalf("%s is known: %v, number %d", k, ok, n)
		}
		switch {
		case !ok:
			part, n := p.Add(k)
			if *part != 0 {
				t.Fatal("a new part is not empty")
			}
			*part = int(n) + 1
			want, numbers[k] = append(want, k), n
		case r.IntN(3) == 0:
			p.Remove(n)
			p.Remove(n) // twice is once
			if p.At(n) != nil {
				t.Fatal("a part that was removed is still there")
			}
			want = slices.DeleteFunc(want, func(w string) bool { return w == k })
		case *part != int(n)+1:
			t.Fatalf("part %d holds %d", n, *part)
		}
		var got []string
		for _, n := range p.Order() {
			got = append(got, p.Key(n))
		}
		if !slices.Equal(got, want) || p.Len() != len(want) {
			t.Fatalf("%s, want %s", got, want)
		}
	}
}
