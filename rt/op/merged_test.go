package op

import (
	"testing"

	"flowc/rt/flow"
)

// TestMerged lets each letter of a moment be a part that happens in that pass.
func TestMerged(t *testing.T) {
	check(t, func() step {
		var o Merged[string]
		return func(tick flow.Tick, e flow.Hap[string]) string {
			for n, part := range e.V {
				o.Update(int32(n), flow.Now(string(part)))
				o.Update(int32(n), flow.Hap[string]{})
			}
			return o.Step(tick).V
		}
	}, []timeline{
		{"one part", "1s a, 2s b", "1s a, 2s b"},
		{"several parts in one instant", "1s abc, 2s d", "1s a, 1s b, 1s c, 2s d"},
	})
}
