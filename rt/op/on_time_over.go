package op

import (
	"time"

	"flowc/rt/flow"
)

// OnTimeOver is what `on_time(v) > 5.h` compiles to: a switch with an exact timer. It
// goes on in the instant in which the time is reached, so > and >= are the same to
// it. It remembers one time.
type OnTimeOver struct {
	// After is the constant that on_time(v) is compared with.
	After time.Duration

	run runTime
}

// Step is on when v has been on for After in all.
func (o *OnTimeOver) Step(t flow.Tick, v flow.Val[bool]) bool {
	total := o.run.take(t.Mono(), v.OK && v.V)
	switch {
	case total >= o.After:
		t.Cancel()
		return true
	case o.run.on:
		t.After(o.After - total)
	default:
		t.Cancel()
	}
	return false
}
