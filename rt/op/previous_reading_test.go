package op

import (
	"testing"

	"flowc/rt/flow"
)

func TestPreviousReading(t *testing.T) {
	check(t, func() step {
		o := PreviousReading[string]{Init: "init"}
		return onChange(func(_ flow.Tick, e flow.Hap[string]) string { return o.Step(e) })
	}, []timeline{
		{"init until there were two", "1s a", "0s init"},
		{"moves with equal readings too", "1s a, 2s b, 3s b, 4s c", "0s init, 2s a, 3s b"},
	})
}
