package op

import (
	"testing"

	"flowc/rt/flow"
)

func TestStartup(t *testing.T) {
	check(t, func() step {
		var o Startup
		return func(tick flow.Tick, _ flow.Hap[string]) string { return onlyNow(o.Step(tick)) }
	}, []timeline{
		{"once", "1s a, 2s b", "0s now"},
	})
}
