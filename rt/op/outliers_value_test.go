package op

import (
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/flow/flowtest"
)

func TestOutliersValue(t *testing.T) {
	o := OutliersValue[float64]{Limit: 4, D: 10 * time.Second}
	v, got := 20.0, 0.0
	s := flowtest.New(t, func(tick flow.Tick) { got = o.Step(tick, v) })
	for n, c := range []struct {
		at      time.Duration
		v, want float64
	}{
		{0, 20, 20}, {1, 24, 24}, {2, 85, 24}, {11, 85, 24},
		{12, 85, 85}, {13, 20, 85}, {18, 86, 86}, // it was not away for ten seconds
		{19, 20, 86}, {28, -20, 86}, {29, -20, -20},
	} {
		s.Advance(c.at * time.Second)
		v = c.v
		s.Run()
		if got != c.want {
			t.Errorf("step %d: %v, want %v", n, got, c.want)
		}
	}
	if due, set := s.Timer(); set {
		t.Errorf("a timer is set for %v though nothing is away", due)
	}
	v = 500
	o.Reset()
	s.Run()
	if got != 500 {
		t.Errorf("after a silence: %v, want 500", got)
	}
}
