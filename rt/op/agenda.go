package op

import (
	"time"

	"flowc/rt/flow"
)

// missLimit is how far the clock may be put forward before the moments that it
// passed over count as missed.
const missLimit = time.Minute

// agenda keeps when something is due by the calendar. Moments are nanoseconds since
// 1970, 0 for none.
type agenda struct {
	begun bool
	// next is what it waits for, last what was due last, which is never due again.
	next, last int64
	// seen is wall time, and at monotonic time, when it was looked at last.
	seen int64
	at   time.Duration
}

// due reports whether a moment has come, and waits for the next; after gives the first
// after another, or the zero moment. Until the clock is set nothing is due.
func (a *agenda) due(t flow.Tick, missed Missed, after func(time.Time) time.Time) bool {
	wall, set := t.Wall()
	if !set {
		a.begun = false
		t.AtWall(time.Time{})
		return false
	}
	now := wall.UnixNano()
	due := false
	switch stepped := time.Duration(now-a.seen) - (t.Mono() - a.at); {
	case !a.begun:
		a.begun = true
		a.plan(max(now, a.last), after)
	case a.next != 0 && now >= a.next:
		due = stepped <= missLimit || missed == MissedRunOnce
		if due {
			a.last = a.next
		}
		a.plan(now, after)
	case stepped < 0: // put back: what was due is not due again
		a.plan(max(now, a.last), after)
	}
	a.seen, a.at = now, t.Mono()
	if a.next == 0 {
		t.AtWall(time.Time{})
	} else {
		t.AtWall(time.Unix(0, a.next))
	}
	return due
}

func (a *agenda) plan(from int64, after func(time.Time) time.Time) {
	a.next = 0
	if next := after(time.Unix(0, from).UTC()); !next.IsZero() {
		a.next = next.UnixNano()
	}
}

// event is due as an occurrence of its own.
func (a *agenda) event(t flow.Tick, missed Missed, after func(time.Time) time.Time) flow.Hap[flow.Unit] {
	if !a.due(t, missed, after) {
		return flow.Hap[flow.Unit]{}
	}
	t.Fresh()
	return flow.Now(flow.Unit{})
}
