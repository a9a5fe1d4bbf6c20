package op

import (
	"testing"
	"time"

	"flowc/rt/flow"
)

func newOnDelay() step {
	o := OnDelay{D: 3 * time.Second}
	return level(func(tick flow.Tick, v flow.Val[string]) string {
		if !v.OK {
			o.Reset()
			return "-"
		}
		return onOff(o.Step(tick, v.V == "on"))
	})
}

func TestOnDelay(t *testing.T) {
	check(t, newOnDelay, []timeline{
		{"on after d", "start off, 1s on, 9s off", "0s off, 4s on, 9s off"},
		{"on from the start", "start on", "0s off, 3s on"},
		{"a break starts anew", "start on, 2s off, 3s on", "0s off, 6s on"},
		{"too short never shows", "start off, 1s on, 3s off", "0s off"},
		{"off just when it is due", "start on, 3s off", "0s off, 3s on, 3s off"},
		{"a silence forgets", "start on, 2s -, 4s on", "0s off, 2s -, 4s off, 7s on"},
		{"saying on again changes nothing", "start on, 2s on", "0s off, 3s on"},
	})
}

func TestOnDelayIsOnAfterDWithoutABreak(t *testing.T) {
	property(t, newOnDelay, []time.Duration{3 * time.Second}, func(before []moment, at time.Duration) string {
		what, since, _ := newest(before)
		if what == "on" {
			return onOff(at-since >= 3*time.Second)
		}
		return what
	}, "on", "on", "off", "-")
}
