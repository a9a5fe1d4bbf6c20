package op

import (
	"slices"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/flow/flowtest"
)

func TestEvery(t *testing.T) {
	check(t, func() step {
		o := Every{D: 20 * time.Second}
		return func(tick flow.Tick, _ flow.Hap[string]) string { return onlyNow(o.Step(tick)) }
	}, []timeline{
		{"first d after the start", "", "20s now, 40s now, 1m0s now"},
		{"other runs change nothing", "19s a, 21s b", "20s now, 40s now, 1m0s now"},
	})
}

func onlyNow(e flow.Hap[flow.Unit]) string {
	if e.OK {
		return "now"
	}
	return ""
}

func TestEveryComesOnceAfterABusyTimeAndStaysOnTheGrid(t *testing.T) {
	o := Every{D: 10 * time.Second}
	var got []time.Duration
	s := flowtest.New(t, func(tick flow.Tick) {
		if o.Step(tick).OK {
			got = append(got, tick.Mono())
		}
	})
	s.Advance(10 * time.Second)
	s.Jump(43 * time.Second)
	s.Advance(60 * time.Second)
	want := []time.Duration{10 * time.Second, 43 * time.Second, 50 * time.Second, 60 * time.Second}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if c := s.Counters(); c.Delivered != 4 {
		t.Errorf("%d occurrences delivered, want 4", c.Delivered)
	}
}
