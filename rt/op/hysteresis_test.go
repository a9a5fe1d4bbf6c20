package op

import (
	"strconv"
	"testing"
	"time"

	"flowc/rt/flow"
)

func hysteresisOf(o Hysteresis[float64]) func() step {
	return func() step {
		o := o
		return level(func(_ flow.Tick, v flow.Val[string]) string {
			if !v.OK {
				o.Reset()
				return "-"
			}
			x, _ := strconv.ParseFloat(v.V, 64)
			return onOff(o.Step(x))
		})
	}
}

var (
	below = hysteresisOf(Hysteresis[float64]{OnBelow: flow.Some(30.0), OffAbove: flow.Some(45.0)})
	above = hysteresisOf(Hysteresis[float64]{OnAbove: flow.Some(45.0), OffBelow: flow.Some(30.0)})
)

func TestHysteresisBelow(t *testing.T) {
	check(t, below, []timeline{
		{"starts off between the limits", "start 40, 1s 31", "0s off"},
		{"on and off", "start 50, 1s 29, 2s 44, 3s 46, 4s 31", "0s off, 1s on, 3s off"},
		{"a limit itself is not beyond", "start 30, 1s 29, 2s 45", "0s off, 1s on"},
		{"a silence forgets", "start 20, 1s -, 2s 40", "0s on, 1s -, 2s off"},
	})
}

func TestHysteresisAbove(t *testing.T) {
	check(t, above, []timeline{
		{"on and off", "start 20, 1s 46, 2s 31, 3s 29, 4s 44", "0s off, 1s on, 3s off"},
		{"a limit itself is not beyond", "start 45, 1s 46, 2s 30", "0s off, 1s on"},
	})
}

func TestHysteresisOffWinsWhenLimitsCross(t *testing.T) {
	o := Hysteresis[float64]{OnBelow: flow.Some(45.0), OffAbove: flow.Some(30.0)}
	if o.Step(40) {
		t.Error("on between crossed limits, want off")
	}
}

func TestHysteresisIsWhatTheLastLimitSaid(t *testing.T) {
	say := func(on, off func(string) bool) model {
		return func(before []moment, _ time.Duration) string {
			if what, _, _ := newest(before); what == "-" {
				return "-"
			}
			for i := len(before) - 1; i >= 0 && before[i].what != "-"; i-- {
				if on(before[i].what) {
					return "on"
				}
				if off(before[i].what) {
					return "off"
				}
			}
			return "off"
		}
	}
	low := func(s string) bool { return s == "10" || s == "29" }
	high := func(s string) bool { return s == "46" || s == "80" }
	what := []string{"10", "29", "30", "31", "44", "45", "46", "80", "40", "-"}
	property(t, below, nil, say(low, high), what...)
	property(t, above, nil, say(high, low), what...)
}

func BenchmarkHysteresis(b *testing.B) {
	o := Hysteresis[float64]{OnBelow: flow.Some(30.0), OffAbove: flow.Some(45.0)}
	on := 0
	b.ReportAllocs()
	for i := range b.N {
		if o.Step(float64(i % 64)) {
			on++
		}
	}
	if b.N > 1000 && on == 0 {
		b.Error("never on")
	}
}
