package rows

import (
	"time"

	"flowc/rt/flow"
	"flowc/rt/wiresql"
)

// portion is how many rows that are too old go in one transaction: a few milliseconds for
// the rows that wait behind it, and little for the log that is written before the file.
const portion = 1000

// Prune takes out the rows of a table that are older than it keeps them, in portions.
// What is added meanwhile is committed together with the next of them. The end of the
// program waits for none: what is left goes after the next start.
func (l *Line) Prune(t flow.Table, now time.Time) {
	l.Take(&Job{SQL: l.store.Oldest(t, portion), Args: wiresql.AppendTime(nil, now.Add(-t.Keep)), Writes: true, prunes: true})
}

// rest reports whether a job that is over has left something of the same, and keeps it for
// the next transaction then.
func (l *Line) rest(j *Job) bool {
	if !j.prunes || j.Failure != "" || j.Changed < portion {
		return false
	}
	l.old = append(l.old, j)
	return true
}

// older adds to what waits the portions that are to follow.
func (l *Line) older(list []*Job) []*Job {
	if l.stopped() {
		return list
	}
	list, l.old = append(list, l.old...), nil
	return list
}
