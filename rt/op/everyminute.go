package op

import (
	"time"

	"flowc/rt/flow"
)

// everyMinute is the wall time, and looks again when the next minute begins.
func everyMinute(t flow.Tick, a *agenda) (now time.Time, set bool) {
	a.due(t, MissedSkip, func(after time.Time) time.Time { return after.Truncate(time.Minute).Add(time.Minute) })
	return t.Wall()
}
