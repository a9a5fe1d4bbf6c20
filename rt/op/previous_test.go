package op

import (
	"testing"

	"flowc/rt/flow"
)

func TestPrevious(t *testing.T) {
	check(t, func() step {
		o := Previous[string]{Init: "init"}
		return level(func(_ flow.Tick, v flow.Val[string]) string { return o.Step(v) })
	}, []timeline{
		{"init until the first change", "start a, 1s a", "0s init"},
		{"before the last change", "start a, 1s b, 2s b, 3s c", "0s init, 1s a, 3s b"},
		{"a silence is no change", "start a, 1s b, 2s -, 3s b, 4s -, 5s c", "0s init, 1s a, 5s b"},
	})
}
