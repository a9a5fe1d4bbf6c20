package op

import (
	"testing"

	"flowc/rt/flow"
)

func TestLatestInit(t *testing.T) {
	check(t, func() step {
		o := LatestInit[string]{Init: "init"}
		return onChange(func(_ flow.Tick, e flow.Hap[string]) string { return o.Step(e) })
	}, []timeline{
		{"init before the first", "", "0s init"},
		{"never goes back", "1s a, 3s b", "0s init, 1s a, 3s b"},
	})
}
