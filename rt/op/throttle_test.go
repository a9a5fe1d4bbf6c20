package op

import (
	"testing"
	"time"

	"flowc/rt/flow"
)

func newThrottle() step {
	o := Throttle[string]{D: 3 * time.Second}
	return func(tick flow.Tick, e flow.Hap[string]) string {
		if e.V == "-" {
			o.Reset()
			return ""
		}
		return o.Step(tick, e).V
	}
}

func TestThrottle(t *testing.T) {
	check(t, newThrottle, []timeline{
		{"the first passes at once", "1s a", "1s a"},
		{"what comes within d is gone", "1s a, 2s b, 3s c", "1s a"},
		{"d after the last that passed", "1s a, 3s b, 4s c, 5s d", "1s a, 4s c"},
		{"a silence forgets", "1s a, 2s -, 3s b", "1s a, 3s b"},
	})
}

func TestThrottlePassesOncePerD(t *testing.T) {
	const d = 3 * time.Second
	sayAll(t, newThrottle, func(in []moment) (out []moment) {
		free := time.Duration(0)
		for _, m := range in {
			if m.at >= free {
				out, free = append(out, m), m.at+d
			}
		}
		return out
	})
}
