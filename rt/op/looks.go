package op

import (
	"time"

	"flowc/rt/flow"
)

// looks is a window of time over a value that is looked at in every sixtieth: each slot
// holds what the value was at its end, the newest what it is.
type looks[T comparable] struct {
	window slots[look[T]]
	last   flow.Val[T]
}

// look is what a value was, and at which moment.
type look[T any] struct {
	v  T
	at time.Duration
}

// look takes in what the value is now; until now it was what it was at the last look.
func (l *looks[T]) look(now, d time.Duration, v T) {
	width := bucketWidth(d)
	newest := int64(now / width)
	if l.last.OK {
		for n := max(l.window.now, newest-windowBuckets); n < newest; n++ {
			l.window.move(n)
			*l.window.newest() = flow.Ready(look[T]{l.last.V, time.Duration(n+1) * width})
		}
	}
	l.window.move(newest)
	*l.window.newest() = flow.Ready(look[T]{v, now})
	l.last = flow.Ready(v)
}

// next is when the window moves on.
func (l *looks[T]) next(d time.Duration) time.Duration {
	return time.Duration(l.window.now+1) * bucketWidth(d)
}
