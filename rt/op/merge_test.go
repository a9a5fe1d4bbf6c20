package op

import (
	"strings"
	"testing"

	"flowc/rt/flow"
)

func TestMerge(t *testing.T) {
	check(t, func() step {
		var o Merge[string]
		return func(tick flow.Tick, e flow.Hap[string]) string {
			has := func(what string) flow.Hap[string] { return hap(strings.Contains(e.V, what), what) }
			return o.Step(tick, has("a"), has("b"), has("c")).V
		}
	}, []timeline{
		{"each happens", "1s a, 2s c, 3s b", "1s a, 2s c, 3s b"},
		{"in argument order within an instant", "1s cba, 2s ca", "1s a, 1s b, 1s c, 2s a, 2s c"},
	})
}

// TestMergeKeepsOrderOverPasses has new events come while older ones wait: as
// after a merge of merges.
func TestMergeKeepsOrderOverPasses(t *testing.T) {
	var o Merge[string]
	pass := 0
	got := play(t, moments(t, "1s x"), 0, func(tick flow.Tick, e flow.Hap[string]) string {
		if e.OK {
			pass = 1
		} else if pass > 0 {
			pass++
		}
		var a, b flow.Hap[string]
		switch pass {
		case 1:
			a, b = flow.Now("a1"), flow.Now("b1")
		case 2:
			a = flow.Now("a2")
		}
		return o.Step(tick, a, b).V
	})
	if want := "1s a1, 1s b1, 1s a2"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestMergeAllocatesNothingForOne(t *testing.T) {
	var o Merge[int64]
	n := testing.AllocsPerRun(100, func() { o.Step(flow.Tick{}, flow.Now(int64(1)), flow.Hap[int64]{}) })
	if n != 0 {
		t.Errorf("%v allocations, want 0", n)
	}
}
