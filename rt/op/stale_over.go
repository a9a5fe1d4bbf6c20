package op

import (
	"time"

	"flowc/rt/flow"
)

// StaleOver is what `stale_for(v) > 1.h` compiles to: a switch with an exact timer.
// It goes on in the instant in which the time is reached, so > and >= are the same
// to it. It remembers one moment.
type StaleOver[T any] struct {
	// After is the constant that stale_for(v) is compared with.
	After time.Duration

	known bool
	since time.Duration
}

// Step is on when v has not been known for After.
func (o *StaleOver[T]) Step(t flow.Tick, v flow.Val[T]) bool {
	if t.Start() || o.known && !v.OK {
		o.since = t.Mono()
		t.At(o.since + o.After)
	}
	if o.known = v.OK; o.known {
		t.Cancel()
		return o.After <= 0
	}
	return t.Mono()-o.since >= o.After
}
