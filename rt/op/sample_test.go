package op

import (
	"testing"
	"time"

	"flowc/rt/flow"
)

func TestSample(t *testing.T) {
	check(t, func() step {
		o := Sample[string]{D: 20 * time.Second}
		var v flow.Val[string]
		return func(tick flow.Tick, e flow.Hap[string]) string {
			if e.OK {
				v = flow.When(e.V != "-", e.V)
			}
			h := o.Step(tick, v)
			if !h.OK {
				return ""
			}
			return "[" + h.V + "]"
		}
	}, []timeline{
		{"whether it changed or not", "start a, 50s b", "20s [a], 40s [a], 1m0s [b]"},
		{"skips what is not ready", "5s a, 25s -, 45s b", "20s [a], 1m0s [b]"},
		{"what comes at the same time is too late", "20s a", "40s [a], 1m0s [a]"},
	})
}
