package op

import (
	"testing"

	"flowc/rt/flow"
)

func TestSince(t *testing.T) {
	check(t, func() step {
		var o Since[string]
		return func(tick flow.Tick, e flow.Hap[string]) string {
			since := o.Step(tick, hap(e.V == "a", e.V))
			if !since.OK {
				return "-"
			}
			return since.V.String()
		}
	}, []timeline{
		{"not ready before the first", "1s look", "0s -, 1s -"},
		{"sampled when it runs", "1s a, 5s look, 6s a, 8s look", "0s -, 1s 0s, 5s 4s, 6s 0s, 8s 2s"},
	})
}
