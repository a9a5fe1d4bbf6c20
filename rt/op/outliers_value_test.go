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
		after   time.Duration
		v, want float64
	}{
		{0, 20, 20}, {time.Second, 24, 24}, {time.Second, 85, 24}, {9 * time.Second, 85, 24},
		{time.Second, 85, 85}, {time.Second, 20, 85}, {5 * time.Second, 86, 86}, // it was not away for ten seconds
		{time.Second, 20, 86}, {9 * time.Second, -20, 86}, {time.Second, -20, -20},
	} {
		s.Advance(c.after)
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
