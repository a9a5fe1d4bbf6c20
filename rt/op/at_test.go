package op

import (
	"testing"

	"flowc/rt/flow"
)

func TestAt(t *testing.T) {
	var o At[flow.Unit, int64]
	if got := o.Step(flow.Now(flow.Unit{}), 7); got != flow.Now(int64(7)) {
		t.Errorf("got %v, want 7", got)
	}
	if got := o.Step(flow.Hap[flow.Unit]{}, 8); got.OK {
		t.Errorf("happens with %v though the event did not", got.V)
	}
}
