package op

import (
	"testing"
	"time"

	"flowc/rt/flow"
)

func newSinceOver() step {
	o := SinceOver[string]{After: 3 * time.Second}
	return onChange(func(tick flow.Tick, e flow.Hap[string]) string { return onOffVal(o.Step(tick, e)) })
}

func TestSinceOver(t *testing.T) {
	check(t, newSinceOver, []timeline{
		{"not ready before the first", "", "0s -"},
		{"on when the time is reached", "1s a", "0s -, 1s off, 4s on"},
		{"off with the next", "1s a, 3s a, 7s a", "0s -, 1s off, 6s on, 7s off, 10s on"},
	})
}

func TestSinceOverIsAfterDOfSilence(t *testing.T) {
	property(t, newSinceOver, []time.Duration{3 * time.Second}, func(before []moment, at time.Duration) string {
		if len(before) == 0 {
			return "-"
		}
		return onOff(at-before[len(before)-1].at >= 3*time.Second)
	}, "a")
}
