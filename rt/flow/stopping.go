package flow

import (
	"math"
	"time"
)

// AtStop sets the operator's timer to ring when the program stops: what it starts
// then is still finished, as all that is under way.
func (t Tick) AtStop() {
	t.e.arm(t.timer, time.Duration(math.MaxInt64))
	t.e.timers.slots[t.timer].stop = true
	t.e.atStop = (*Engine).ringStop
}

// Stopping reports whether the program stops.
func (t Tick) Stopping() bool { return t.e.stopping }

func (e *Engine) ringStop() {
	e.stopping = true
	now := e.clock.Mono()
	for id := range e.timers.slots {
		if s := &e.timers.slots[id]; s.stop && s.armed {
			e.arm(TimerID(id), now)
		}
	}
	for e.next() { // with a drain of no time at all this is the only chance
	}
}
