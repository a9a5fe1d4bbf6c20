package op

import (
	"math/rand/v2"
	"testing"

	"flowc/rt/flow"
)

// TestMeanOfToTheBit wants the same bits as a mean made anew in order of first
// appearance, so that forgetting and replaying leave no trace.
func TestMeanOfToTheBit(t *testing.T) {
	acrossProperty(t, func() across[float64, float64] { return &MeanOf[float64]{} },
		func(r *rand.Rand) float64 { return r.NormFloat64() * 1e3 },
		func(_ int, ready []float64) flow.Val[float64] {
			sum := 0.0
			for _, v := range ready {
				sum += v
			}
			return flow.When(len(ready) > 0, sum/float64(len(ready)))
		})
}
