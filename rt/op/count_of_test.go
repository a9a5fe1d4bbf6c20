package op

import (
	"testing"

	"flowc/rt/flow"
)

func TestCountOfCountsTheReady(t *testing.T) {
	acrossProperty(t, func() across[bool, int64] { return &CountOf{} }, coin,
		func(_ int, ready []bool) flow.Val[int64] {
			n := int64(0)
			for _, on := range ready {
				if on {
					n++
				}
			}
			return flow.When(len(ready) > 0, n)
		})
}
