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
	awake := map[string]bool{}
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
			want, numbers[k], awake[k] = append(want, k), n, true
		case r.IntN(3) == 0:
			delete(awake, k)
			p.Remove(n)
			p.Remove(n) // twice is once
			if p.At(n) != nil {
				t.Fatal("a part that was removed is still there")
			}
			want = slices.DeleteFunc(want, func(w string) bool { return w == k })
		case *part != int(n)+1:
			t.Fatalf("part %d holds %d", n, *part)
		}
		switch r.IntN(8) {
		case 0:
			if part, ok := p.Hear(k); ok != slices.Contains(want, k) || ok && *part != int(numbers[k])+1 {
				t.Fatalf("%s is known: %v", k, ok)
			} else if ok {
				awake[k] = true
			}
		case 1:
			if len(want) > 0 {
				k := want[r.IntN(len(want))]
				p.Wake(numbers[k])
				awake[k] = true
			}
		case 2:
			for _, n := range p.WakeAll() {
				awake[p.Key(n)] = true
			}
		case 3:
			p.Rest(&flow.Engine{})
			clear(awake)
		}
		if got := named(p.Order(), &p); !slices.Equal(got, want) || p.Len() != len(want) {
			t.Fatalf("%s, want %s", got, want)
		}
		up := slices.DeleteFunc(slices.Clone(want), func(k string) bool { return !awake[k] })
		if got := named(p.Awake(), &p); !slices.Equal(got, up) {
			t.Fatalf("%s are to run, want %s", got, up)
		}
	}
}

func named(numbers []int32, p *flow.Parts[string, int]) (keys []string) {
	for _, n := range numbers {
		keys = append(keys, p.Key(n))
	}
	return keys
}
