package flow_test

import (
	"math/rand/v2"
	"testing"

	"flowc/rt/flow"
)

func TestTakeLowest(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		words := make([]uint64, 1+r.IntN(3))
		for range r.IntN(6) {
			k := r.IntN(64 * len(words))
			words[k/64] |= 1 << (k % 64)
		}
		from := r.IntN(64 * len(words))
		n := r.IntN(64*len(words) - from + 1)
		want := -1
		for k := from + n - 1; k >= from; k-- {
			if words[k/64]&(1<<(k%64)) != 0 {
				want = k
			}
		}
		if got := flow.AnyIn(words, from, n); got != (want >= 0) {
			t.Fatalf("any of %x in %d bits from %d: %v", words, n, from, got)
		}
		if got := flow.TakeLowestIn(words, from, n); got != want {
			t.Fatalf("the lowest of %x in %d bits from %d is %d, want %d", words, n, from, got, want)
		}
		if want >= 0 && words[want/64]&(1<<(want%64)) != 0 {
			t.Fatal("the bit was not taken")
		}
	}
	words := []uint64{0, 1 << 63, 1}
	for _, want := range []int{127, 128, -1} {
		if got := flow.TakeLowest(words); got != want {
			t.Errorf("got %d, want %d", got, want)
		}
	}
}
