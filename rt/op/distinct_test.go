package op

import (
	"math/rand/v2"
	"testing"
	"time"

	"flowc/rt/flow"
)

func newDistinct() step {
	var o Distinct[string]
	return func(_ flow.Tick, e flow.Hap[string]) string {
		if e.V == "-" {
			o.Reset()
			return ""
		}
		return o.Step(e).V
	}
}

func TestDistinct(t *testing.T) {
	check(t, newDistinct, []timeline{
		{"the first passes", "1s a", "1s a"},
		{"only the last counts", "1s a, 2s a, 3s b, 4s a", "1s a, 3s b, 4s a"},
		{"a silence forgets", "1s a, 2s -, 3s a, 4s a", "1s a, 3s a"},
	})
}

func TestDistinctGivesNoTwoEqualInARow(t *testing.T) {
	property(t, func() step { return onChange(newDistinct()) }, nil, func(before []moment, _ time.Duration) string {
		what, _, _ := newest(before)
		return what
	}, "a", "b", "c")
	// onChange would hide a repetition, so count what passes as well.
	for seed := range uint64(100) {
		in := random(rand.New(rand.NewPCG(seed, 2)), 40, "a", "b")
		passed, want := 0, 1
		for i := 1; i < len(in); i++ {
			if in[i].what != in[i-1].what {
				want++
			}
		}
		s := newDistinct()
		play(t, in, 0, func(tick flow.Tick, e flow.Hap[string]) string {
			if s(tick, e) != "" {
				passed++
			}
			return ""
		})
		if passed != want {
			t.Fatalf("seed %d: %d passed, want %d", seed, passed, want)
		}
	}
}
