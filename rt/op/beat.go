package op

import (
	"time"

	"flowc/rt/flow"
)

// beat is a clock of even steps, counted from the first time it is asked. Beats
// that come late come once, and the next stays on the grid.
type beat struct {
	started bool
	next    time.Duration
}

// tick reports whether a beat of period d falls into this instant, and sets the
// timer for the next. A period that is not positive never beats: a flow cannot
// write one, and looping for ever would be the worse answer.
func (b *beat) tick(t flow.Tick, d time.Duration) bool {
	if d <= 0 {
		return false
	}
	if !b.started {
		b.started, b.next = true, t.Mono()+d
		t.At(b.next)
		return false
	}
	if !t.Due() || t.Mono() < b.next {
		return false
	}
	b.next += d * ((t.Mono()-b.next)/d + 1)
	t.At(b.next)
	return true
}
