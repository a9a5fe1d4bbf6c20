package op

import (
	"math"
	"testing"

	"flowc/rt/flow"
)

func TestSum(t *testing.T) {
	var o Sum[float64]
	for _, c := range []struct {
		e    flow.Hap[float64]
		want float64
	}{
		{flow.Hap[float64]{V: 9}, 0}, {flow.Now(1.5), 1.5}, {flow.Hap[float64]{}, 1.5}, {flow.Now(-0.5), 1},
	} {
		if got, err := o.Step(c.e); err != nil || got != c.want {
			t.Errorf("got %v, %v, want %v", got, err, c.want)
		}
	}
}

func TestSumIsNeverInfinite(t *testing.T) {
	var o Sum[float64]
	o.Step(flow.Now(math.MaxFloat64))
	if _, err := o.Step(flow.Now(math.MaxFloat64)); err == nil {
		t.Error("no error")
	}
	if got, err := o.Step(flow.Hap[float64]{}); err != nil || got != math.MaxFloat64 {
		t.Errorf("then %v, %v, want the sum before", got, err)
	}
}
