package op

import (
	"testing"

	"flowc/rt/flow"
)

func TestRises(t *testing.T) {
	check(t, func() step {
		var o Rises
		return edges(func(v flow.Val[string]) string { return onlyNow(o.Step(isOn(v))) })
	}, []timeline{
		{"the first is no edge", "start on", ""},
		{"from off to on", "start off, 1s on, 2s on, 3s off, 4s on", "1s now, 4s now"},
		{"becoming ready is no edge", "start -, 1s on", ""},
		{"a silence forgets", "start off, 1s -, 2s on, 3s off, 4s on", "4s now"},
	})
}
