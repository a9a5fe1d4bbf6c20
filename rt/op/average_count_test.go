package op

import (
	"testing"

	"flowc/rt/flow"
)

func TestAverageCount(t *testing.T) {
	o := AverageCount[float64]{N: 3}
	for i, c := range []struct{ v, want float64 }{{3, 3}, {5, 4}, {10, 6}, {6, 7}, {2, 6}, {1, 3}} {
		if got := o.Step(flow.Now(c.v)); !got.OK || got.V != c.want {
			t.Errorf("reading %d: got %v, want %v", i, got, c.want)
		}
	}
	if o.Step(flow.Hap[float64]{}).OK {
		t.Error("happens without a reading")
	}
	o.Reset()
	if got := o.Step(flow.Now(8.0)); got.V != 8 {
		t.Errorf("after a silence: %v, want 8", got.V)
	}
}

func TestAverageCountIsBounded(t *testing.T) {
	o := AverageCount[float64]{N: 1 << 40}
	for range averageMost + 10 {
		o.take(1)
	}
	if len(o.ring) != averageMost {
		t.Errorf("keeps %d readings, want %d", len(o.ring), averageMost)
	}
	if o = (AverageCount[float64]{}); o.Step(flow.Now(2.0)).V != 2 {
		t.Error("an average over no readings does not give the newest")
	}
}
