package op

import (
	"slices"
	"testing"

	"flowc/rt/flow"
)

func TestHighestIsTheGreatestOfTheReady(t *testing.T) {
	acrossProperty(t, func() across[float64, float64] { return &Highest[float64]{} }, few,
		func(_ int, ready []float64) flow.Val[float64] {
			if len(ready) == 0 {
				return flow.Val[float64]{}
			}
			return flow.Ready(slices.Max(ready))
		})
}
