package op

import (
	"testing"

	"flowc/rt/flow"
)

// edges makes a step of an operator that gives events of a value.
func edges(f func(v flow.Val[string]) string) step {
	var v flow.Val[string]
	return func(_ flow.Tick, e flow.Hap[string]) string {
		if e.OK {
			v = flow.When(e.V != "-", e.V)
		}
		return f(v)
	}
}

func TestChanges(t *testing.T) {
	check(t, func() step {
		var o Changes[string]
		return edges(func(v flow.Val[string]) string { return o.Step(v).V })
	}, []timeline{
		{"the first is no change", "start a", ""},
		{"becoming ready is no change", "start -, 1s a", ""},
		{"gives what it became", "start a, 1s a, 2s b, 3s a", "2s b, 3s a"},
		{"a silence forgets", "start a, 1s -, 2s b, 3s c", "3s c"},
	})
}
