package op

import (
	"math"
	"testing"
	"time"

	"flowc/rt/flow"
)

func TestSumDuration(t *testing.T) {
	var o SumDuration
	o.Step(flow.Now(2 * time.Second))
	if got, err := o.Step(flow.Now(3 * time.Minute)); err != nil || got != 182*time.Second {
		t.Errorf("got %v, %v, want 3m2s", got, err)
	}
	if _, err := o.Step(flow.Now(time.Duration(math.MaxInt64))); err == nil {
		t.Error("no error for more than 292 years")
	}
	if got, err := o.Step(flow.Hap[time.Duration]{}); err != nil || got != 182*time.Second {
		t.Errorf("then %v, %v, want the sum before", got, err)
	}
}
