package op

import (
	"strconv"
	"testing"

	"flowc/rt/flow"
)

func TestCount(t *testing.T) {
	check(t, func() step {
		var o Count[string]
		return onChange(func(_ flow.Tick, e flow.Hap[string]) string { return strconv.FormatInt(o.Step(e), 10) })
	}, []timeline{
		{"starts at 0", "", "0s 0"},
		{"counts", "1s a, 2s a, 3s b", "0s 0, 1s 1, 2s 2, 3s 3"},
	})
}
