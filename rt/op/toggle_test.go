package op

import (
	"testing"

	"flowc/rt/flow"
)

func TestToggle(t *testing.T) {
	check(t, func() step {
		var o Toggle[string]
		return onChange(func(_ flow.Tick, e flow.Hap[string]) string { return onOff(o.Step(e)) })
	}, []timeline{
		{"starts off", "", "0s off"},
		{"changes sides", "1s a, 2s a, 3s b", "0s off, 1s on, 2s off, 3s on"},
	})
}
