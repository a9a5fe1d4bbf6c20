package op

import (
	"testing"
	"time"

	"flowc/rt/flow"
)

// known follows a value that is there from "yes" on and gone from "no" on.
func known() func(flow.Hap[string]) flow.Val[string] {
	var v flow.Val[string]
	return func(e flow.Hap[string]) flow.Val[string] {
		switch {
		case e.OK && e.V == "yes":
			v = flow.Ready("x")
		case e.OK && e.V == "no":
			v = flow.Val[string]{}
		}
		return v
	}
}

func TestStaleFor(t *testing.T) {
	check(t, func() step {
		var o StaleFor[string]
		value := known()
		return func(tick flow.Tick, e flow.Hap[string]) string { return o.Step(tick, value(e)).String() }
	}, []timeline{
		{"counts from the start", "2s look, 3s yes, 5s look", "0s 0s, 2s 2s, 3s 0s, 5s 0s"},
		{"counts from when it was lost", "start yes, 5s no, 7s look, 8s yes", "0s 0s, 5s 0s, 7s 2s, 8s 0s"},
	})
}

func TestStaleOver(t *testing.T) {
	check(t, func() step {
		o := StaleOver[string]{After: 3 * time.Second}
		value := known()
		return onChange(func(tick flow.Tick, e flow.Hap[string]) string { return onOff(o.Step(tick, value(e))) })
	}, []timeline{
		{"on when nothing came in time", "", "0s off, 3s on"},
		{"off as soon as it is known", "5s yes", "0s off, 3s on, 5s off"},
		{"counts anew each time", "start yes, 1s no, 2s yes, 3s no, 7s yes", "0s off, 6s on, 7s off"},
		{"no timer while it is known", "1s yes, 9s look", "0s off"},
	})
}
