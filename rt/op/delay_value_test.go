package op

import (
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/flow/flowtest"
)

func newDelayValue() step {
	o := DelayValue[string]{D: 3 * time.Second}
	return level(func(tick flow.Tick, v flow.Val[string]) string {
		if !v.OK {
			o.Reset()
			return "-"
		}
		return o.Step(tick, v.V).Or("-")
	})
}

func TestDelayValue(t *testing.T) {
	check(t, newDelayValue, []timeline{
		{"not ready for d", "start a", "0s -, 3s a"},
		{"each change later", "start a, 4s b, 5s c", "0s -, 3s a, 7s b, 8s c"},
		{"not ready at once", "start a, 4s -, 5s b", "0s -, 3s a, 4s -, 8s b"},
		{"what was on its way is forgotten", "start a, 1s b, 2s -, 3s c", "0s -, 6s c"},
	})
}

func TestDelayValueIsWhatItWas(t *testing.T) {
	const d = 3 * time.Second
	property(t, newDelayValue, []time.Duration{d}, func(before []moment, at time.Duration) string {
		for i := len(before) - 1; i >= 0 && before[i].what != "-"; i-- {
			if at-before[i].at >= d {
				return before[i].what
			}
		}
		return "-"
	}, "a", "b", "c", "-")
}

// TestDelayValueIsBounded has a value change far more often than can be kept. It
// comes out right to a five hundredth of d, and its last value for certain.
func TestDelayValueIsBounded(t *testing.T) {
	const d = 5 * time.Second
	o := DelayValue[time.Duration]{D: d}
	var v time.Duration
	s := flowtest.New(t, func(tick flow.Tick) {
		now := o.Step(tick, v)
		if n := o.waiting.n; n > queueLimit {
			t.Fatalf("keeps %d changes", n)
		}
		at := tick.Mono()
		if age := at - now.V; at > d+d/500 && at < 20*time.Second && (age < d-d/500 || age > d+d/500) {
			t.Fatalf("at %v it shows what was %v ago", at, age)
		}
	})
	for v < 20*time.Second {
		s.Advance(v + time.Millisecond)
		v = s.Mono()
		s.Run()
	}
	s.Advance(time.Minute)
	if o.now.V != v {
		t.Errorf("ends at %v, want the last value %v", o.now.V, v)
	}
}
