package flow

import "time"

// Tick is what an operator that remembers sees of the instant it runs in. An
// operator has one timer.
type Tick struct {
	e     *Engine
	timer TimerID
	node  int32
	born  Pass
}

// Tick is the view of an operator of node with the given timer (or NoTimer);
// born is the pass in which its part appeared, 1 outside keyed regions.
func (e *Engine) Tick(node int32, timer TimerID, born Pass) Tick {
	return Tick{e: e, node: node, timer: timer, born: born}
}

// NoTimer is the timer of an operator that needs none.
const NoTimer TimerID = -1

// Mono is the monotonic time of the instant: for intervals.
func (t Tick) Mono() time.Duration { return t.e.Mono }

// Time is the wall time of the instant: for time stamps.
func (t Tick) Time() time.Time { return t.e.Time }

// Due reports whether the operator runs because its timer rang.
func (t Tick) Due() bool { return t.timer != NoTimer && t.e.Rang(t.timer) }

// Start reports whether this is instant 0, or the first instant of the key.
func (t Tick) Start() bool { return t.e.Pass == t.born }

// After sets the operator's timer to ring in d.
func (t Tick) After(d time.Duration) { t.e.Arm(t.timer, d) }

// At sets the operator's timer to ring at monotonic time due.
func (t Tick) At(due time.Duration) { t.e.arm(t.timer, due) }

// Cancel stops the operator's timer.
func (t Tick) Cancel() { t.e.disarm(t.timer) }

// Again asks for a further pass of the same instant, in which the operator runs
// again: a merge has more to tell.
func (t Tick) Again() { t.e.again, t.e.asked = true, true }

// Hand says that the operator keeps the occurrence of this instant: its token
// ends here as handed to memory.
func (t Tick) Hand() { t.e.mark(OutcomeHanded) }

// Fresh says that the operator emits what it kept: an occurrence of its own.
func (t Tick) Fresh() { t.e.take(t.node) }

// Asked reports whether an operator has asked for a further pass since the last
// call: its dirty bit stays.
func (e *Engine) Asked() bool {
	asked := e.asked
	e.asked = false
	return asked
}

// Again asks for a further pass: a wire moved that an earlier step reads, in a
// circle through an operator that waits.
func (e *Engine) Again() { e.again, e.asked = true, true }
