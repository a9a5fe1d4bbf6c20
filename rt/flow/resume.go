package flow

import "time"

// Memory lets what a program remembers outlive it; package persist has one.
type Memory interface {
	// Open puts back what is stored, before the program starts, and stores what it
	// remembers from then on.
	Open(e *Engine) error
	// Close stores the last of it, when the program has stopped.
	Close()
	// Take gives all that outlives the program, by name, and Put gives it back: for a
	// simulation, which has no files. It is taken every so often.
	Take(e *Engine) map[string][]byte
	Put(e *Engine, stored map[string][]byte)
	Every() time.Duration
}

// Keeper is a thing with a memory that outlives the program, where the flow asks for
// it. Kept points to plain data; it is filled in before Start.
type Keeper interface{ Kept() any }

// resumed says that a program goes on where another stopped.
type resumed struct {
	// first is the pass of its first instant; nodes are those that were put back.
	first Pass
	nodes map[int32]bool
	// waits says that timers which are overdue come before anything is driven.
	waits bool
	// at is when it goes on, in monotonic time.
	at time.Duration
}

// laterClock is a clock whose monotonic time does not begin at zero.
type laterClock struct {
	Clock
	by time.Duration
}

func (c laterClock) Mono() time.Duration { return c.Clock.Mono() + c.by }

func (c laterClock) AlarmAt(at time.Duration) Alarm { return c.Clock.AlarmAt(at - c.by) }

// Resume lets the program go on after the given pass, at the given monotonic time, with
// the nodes that were put back. It is called before Start.
func (e *Engine) Resume(pass Pass, mono time.Duration, nodes map[int32]bool) {
	if by := mono - e.clock.Mono(); by != 0 {
		e.clock = laterClock{e.clock, by}
	}
	e.Pass = pass
	e.resumed = &resumed{first: pass + 1, nodes: nodes, waits: true, at: mono}
	e.read()
}

// Since is the monotonic time at which this run of the program began: what was silent
// before then may have been so for want of somebody who listens.
func (t Tick) Since() time.Duration {
	if t.e.resumed == nil {
		return 0
	}
	return t.e.resumed.at
}

// Born is the pass in which an operator outside keyed regions began: this run's first,
// or one before it where the operator was put back.
func (e *Engine) Born(node int32) Pass {
	switch {
	case e.resumed == nil:
		return 1
	case e.resumed.nodes[node]:
		return 0
	}
	return e.resumed.first
}

// BornIn is Born for a part that appeared in pass part; 0 is one that was put back.
func (e *Engine) BornIn(node int32, part Pass) Pass {
	if part > 0 {
		return part
	}
	return e.Born(node)
}

// catchUp rings the timers that ran out while the program was off, in order, and only
// then drives the outputs.
func (e *Engine) catchUp() {
	e.look()
	for e.ringDue() {
	}
	e.resumed.waits = false
	r := instantRun{e: e, stage: stageApply}
	for !r.attempt() {
	}
}

// Armed tells when a timer is due, and its place among those due together.
func (e *Engine) Armed(id TimerID) (due time.Duration, seq uint64, armed bool) {
	s := &e.timers.slots[id]
	return s.due, s.seq, s.armed
}

// ArmAt sets a timer to a moment of the monotonic clock.
func (e *Engine) ArmAt(id TimerID, due time.Duration) { e.arm(id, due) }

// Program is what the engine runs.
func (e *Engine) Program() Program {
	if p, ok := e.program.(interface{ Itself() Program }); ok {
		return p.Itself() // what a simulation put before it
	}
	return e.program
}

// Note writes a line about the program as a whole.
func (e *Engine) Note(level LogLevel, message string) {
	e.log.put(string(level) + " " + message)
}
