package op

import (
	"testing"
	"time"

	"flowc/rt/flow"
)

func newOffDelay() step {
	o := OffDelay{D: 3 * time.Second}
	return level(func(tick flow.Tick, v flow.Val[string]) string {
		if !v.OK {
			o.Reset()
			return "-"
		}
		return onOff(o.Step(tick, v.V == "on"))
	})
}

func TestOffDelay(t *testing.T) {
	check(t, newOffDelay, []timeline{
		{"off at the start", "start off", "0s off"},
		{"off after d", "start on, 1s off", "0s on, 4s off"},
		{"counts from the last on", "start on, 1s off, 3s on, 4s off", "0s on, 7s off"},
		{"on just when it is due", "start on, 1s off, 4s on", "0s on, 4s off, 4s on"},
		{"a silence forgets", "start on, 1s off, 2s -, 3s off", "0s on, 2s -, 3s off"},
	})
}

func TestOffDelayIsOnUntilDWithoutOn(t *testing.T) {
	property(t, newOffDelay, []time.Duration{3 * time.Second}, func(before []moment, at time.Duration) string {
		what, since, first := newest(before)
		if what != "off" || first == 0 || before[first-1].what != "on" {
			return what
		}
		return onOff(at-since < 3*time.Second)
	}, "on", "off", "off", "-")
}
