package op

import (
	"time"

	"flowc/rt/flow"
)

// SinceOver is what `since(e) > 5.min` compiles to: a switch with an exact timer
// in place of a duration that is looked at again and again. It goes on in the
// instant in which the time is reached, so > and >= are the same to it. Until e
// has happened once it is not ready. It remembers one moment.
type SinceOver[E any] struct {
	// After is the constant that since(e) is compared with.
	After time.Duration

	happened bool
	last     time.Duration
}

// Step is on when the last e is at least After ago.
func (o *SinceOver[E]) Step(t flow.Tick, e flow.Hap[E]) flow.Val[bool] {
	if e.OK {
		o.happened, o.last = true, t.Mono()
		t.At(o.last + o.After)
	}
	return flow.When(o.happened, t.Mono()-o.last >= o.After)
}
