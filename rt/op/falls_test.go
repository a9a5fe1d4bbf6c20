package op

import (
	"testing"

	"flowc/rt/flow"
)

func TestFalls(t *testing.T) {
	check(t, func() step {
		var o Falls
		return edges(func(v flow.Val[string]) string { return onlyNow(o.Step(isOn(v))) })
	}, []timeline{
		{"the first is no edge", "start off", ""},
		{"from on to off", "start on, 1s off, 2s off, 3s on, 4s off", "1s now, 4s now"},
		{"silence is not off", "start on, 1s -, 2s off, 3s on, 4s off", "4s now"},
	})
}
