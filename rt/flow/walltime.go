package flow

import (
	"math"
	"time"
)

const (
	// wallPace is how often an idle program looks whether its clock was set.
	wallPace = 5 * time.Second
	// wallSlack is by how much wall time may drift from monotonic time before what
	// waits for a moment of the calendar plans anew.
	wallSlack = 500 * time.Millisecond
)

// wallTime follows the calendar's clock for those equations that wait for a moment
// of it. A program without any links none of this.
type wallTime struct {
	// watch is set by the first that asks; look compares the clocks.
	watch func(*Engine)
	// set says that the clock can be believed, once and for all.
	set bool
	// offset is wall time less monotonic time when equations planned last, in
	// nanoseconds.
	offset int64
}

// Wall is the wall time of the instant, and whether the clock can be believed. One
// that cannot yet is told of once.
func (t Tick) Wall() (now time.Time, set bool) {
	e := t.e
	if e.wall.watch == nil {
		e.wall.watch = (*Engine).watchWall
		e.wall.set = e.clock.Synced()
		e.wall.offset = e.Time.UnixNano() - int64(e.Mono)
		if !e.wall.set {
			e.log.put(string(LevelWarning) + " the clock of this machine has not been set yet; schedules and the sun wait for it")
		}
	}
	return e.Time, e.wall.set
}

// AtWall sets the operator's timer to ring at a moment of the calendar, and at once
// when the clock is set or stepped. For the zero moment it rings only then.
func (t Tick) AtWall(moment time.Time) {
	due := time.Duration(math.MaxInt64)
	if !moment.IsZero() {
		due = t.e.in(moment.Sub(t.e.Time))
	}
	t.e.arm(t.timer, due)
	t.e.timers.slots[t.timer].wall = true
}

// watchWall lets all that wait for a moment of the calendar plan anew when the clock
// was set, stepped, or has drifted.
func (e *Engine) watchWall() {
	now, mono := e.clock.Now().UnixNano(), e.clock.Mono()
	offset := now - int64(mono)
	moved := offset-e.wall.offset > int64(wallSlack) || e.wall.offset-offset > int64(wallSlack)
	if !e.wall.set && e.clock.Synced() {
		e.wall.set, moved = true, true
		e.log.put(string(LevelInfo) + " the clock of this machine has been set")
	}
	if !moved {
		return
	}
	e.wall.offset = offset
	e.Replan()
}

// Replan lets all that wait for a moment of the calendar look at it again.
func (e *Engine) Replan() {
	mono := e.clock.Mono()
	for id := range e.timers.slots {
		if s := &e.timers.slots[id]; s.wall && s.armed && s.due > mono {
			e.arm(TimerID(id), mono)
		}
	}
}
