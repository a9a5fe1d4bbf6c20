package op

import "testing"

func TestLatestReading(t *testing.T) {
	var o LatestReading[int64]
	if got := o.Step(7); got != 7 {
		t.Errorf("got %d, want 7", got)
	}
	o.Reset()
	if got := o.Step(8); got != 8 {
		t.Errorf("got %d after a silence, want 8", got)
	}
}
