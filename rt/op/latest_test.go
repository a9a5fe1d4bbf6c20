package op

import (
	"testing"

	"flowc/rt/flow"
)

func TestLatest(t *testing.T) {
	check(t, func() step {
		var o Latest[string]
		return onChange(func(_ flow.Tick, e flow.Hap[string]) string { return o.Step(e).Or("-") })
	}, []timeline{
		{"not ready before the first", "", "0s -"},
		{"stays", "1s a, 2s a, 3s b", "0s -, 1s a, 3s b"},
	})
}
