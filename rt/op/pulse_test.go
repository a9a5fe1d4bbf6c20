package op

import (
	"testing"
	"time"

	"flowc/rt/flow"
)

func newPulse() step {
	o := Pulse[string]{D: 3 * time.Second}
	return onChange(func(tick flow.Tick, e flow.Hap[string]) string { return onOff(o.Step(tick, e)) })
}

func TestPulse(t *testing.T) {
	check(t, newPulse, []timeline{
		{"goes off by itself", "1s a", "0s off, 1s on, 4s off"},
		{"starts anew", "1s a, 3s a", "0s off, 1s on, 6s off"},
		{"again at its end", "1s a, 4s a", "0s off, 1s on, 4s off, 4s on, 7s off"},
	})
}

func TestPulseIsOnWithinDOfAnEvent(t *testing.T) {
	property(t, newPulse, []time.Duration{3 * time.Second}, func(before []moment, at time.Duration) string {
		for _, m := range before {
			if at-m.at < 3*time.Second {
				return "on"
			}
		}
		return "off"
	}, "a")
}
