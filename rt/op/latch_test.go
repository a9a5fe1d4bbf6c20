package op

import (
	"testing"

	"flowc/rt/flow"
)

func TestLatch(t *testing.T) {
	check(t, func() step {
		var o Latch[string, string]
		return onChange(func(_ flow.Tick, e flow.Hap[string]) string {
			set := flow.Hap[string]{OK: e.V == "set" || e.V == "both"}
			reset := flow.Hap[string]{OK: e.V == "reset" || e.V == "both"}
			return onOff(o.Step(set, reset))
		})
	}, []timeline{
		{"starts off", "", "0s off"},
		{"stays", "1s set, 2s set, 3s reset, 4s reset", "0s off, 1s on, 3s off"},
		{"reset wins", "1s both, 2s set, 3s both", "0s off, 2s on, 3s off"},
	})
}
