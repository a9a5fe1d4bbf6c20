package op

import (
	"testing"

	"flowc/rt/flow"
)

func TestLatestReadingInit(t *testing.T) {
	check(t, func() step {
		o := LatestReadingInit[string]{Init: "init"}
		return level(func(_ flow.Tick, v flow.Val[string]) string { return o.Step(v).Or("-") })
	}, []timeline{
		{"init before the first", "", "0s init"},
		{"follows afterwards", "1s a, 2s -, 3s b", "0s init, 1s a, 2s -, 3s b"},
	})
}
