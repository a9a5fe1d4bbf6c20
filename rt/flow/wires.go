package flow

import "time"

// Pass numbers the passes of a program. A wire remembers the pass in which it
// last happened or changed, so nothing has to be cleared between passes.
type Pass uint64

// Value is a wire that is: known since some pass, or not ready.
type Value[T comparable] struct {
	V  T
	OK bool
	// At is the pass in which the value last changed.
	At Pass
}

// Set makes the value v and reports whether that changed anything.
func (w *Value[T]) Set(at Pass, v T) bool {
	if w.OK && w.V == v {
		return false
	}
	w.V, w.OK, w.At = v, true, at
	return true
}

// Unset makes the value not ready and reports whether that changed anything.
func (w *Value[T]) Unset(at Pass) bool {
	if !w.OK {
		return false
	}
	w.OK, w.At = false, at
	return true
}

// Put is Set or Unset, as v is ready or not.
func (w *Value[T]) Put(at Pass, v Val[T]) bool {
	if v.OK {
		return w.Set(at, v.V)
	}
	return w.Unset(at)
}

// Val is what the value is now.
func (w *Value[T]) Val() Val[T] { return Val[T]{V: w.V, OK: w.OK} }

// Changed reports whether the value changed in this pass.
func (w *Value[T]) Changed(at Pass) bool { return w.At == at }

// Event is a wire that happens.
type Event[T any] struct {
	V T
	// At is the pass in which it last happened.
	At Pass
	// Wired says that the flow reads it: a failure that somebody hears of is no
	// fault. Generated code sets it for outputs called failed.
	Wired bool
}

// Happen lets the event happen with payload v.
func (w *Event[T]) Happen(at Pass, v T) { w.V, w.At = v, at }

// Put lets the event happen if h does, and reports whether it did.
func (w *Event[T]) Put(at Pass, h Hap[T]) bool {
	if h.OK {
		w.V, w.At = h.V, at
	}
	return h.OK
}

// Happened reports whether the event happens in this pass.
func (w *Event[T]) Happened(at Pass) bool { return w.At == at }

// Hap is the event as seen in this pass.
func (w *Event[T]) Hap(at Pass) Hap[T] { return Hap[T]{V: w.V, OK: w.At == at} }

// Before is the event as seen in the pass before this one: what an operator that
// waits hears of a wire that comes after it in a circle.
func (w *Event[T]) Before(at Pass) Hap[T] { return Hap[T]{V: w.V, OK: w.At != 0 && w.At == at-1} }

// Reading is a wire that happens and then is, until the next one or until stale.
type Reading[T any] struct {
	V  T
	OK bool
	// At is the pass in which it last happened or went stale.
	At Pass
	// Happens tells the two apart: true after Happen, false after Unset.
	Happens bool
	// Time is the moment of the last happening.
	Time time.Time
}

// Happen lets the reading happen with payload v at time t.
func (w *Reading[T]) Happen(at Pass, t time.Time, v T) {
	w.V, w.OK, w.At, w.Happens, w.Time = v, true, at, true, t
}

// Unset makes the reading not ready (stale, or failed) and reports whether
// that changed anything.
func (w *Reading[T]) Unset(at Pass) bool {
	if !w.OK {
		return false
	}
	w.OK, w.At, w.Happens = false, at, false
	return true
}

// Follow keeps the level up to date without a happening: a reading that also
// follows a value has moved because the value did.
func (w *Reading[T]) Follow(at Pass, v T) {
	w.V, w.OK = v, true
	if w.At != at {
		w.At, w.Happens = at, false
	}
}

// Track is an expression over a reading: it happens when its source does, moves
// when another operand moves it, and is not ready while v is not.
func (w *Reading[T]) Track(at Pass, t time.Time, happened bool, v Val[T]) bool {
	switch {
	case !v.OK:
		return w.Unset(at)
	case happened:
		w.Happen(at, t, v.V)
	default:
		w.Follow(at, v.V)
	}
	return true
}

// Catch lets the reading happen if h does, and reports whether it did.
func (w *Reading[T]) Catch(at Pass, t time.Time, h Hap[T]) bool {
	if h.OK {
		w.Happen(at, t, h.V)
	}
	return h.OK
}

// CatchWhile is Catch for a reading that is only as fresh as another: it stops
// being ready while ok does not hold.
func (w *Reading[T]) CatchWhile(ok bool, at Pass, t time.Time, h Hap[T]) bool {
	if !ok {
		return w.Unset(at)
	}
	return w.Catch(at, t, h)
}

// Happened reports whether the reading happens in this pass.
func (w *Reading[T]) Happened(at Pass) bool { return w.At == at && w.Happens }

// Changed reports whether the reading happened, moved or went stale in this pass.
func (w *Reading[T]) Changed(at Pass) bool { return w.At == at }

// Hap is the reading as an event of this pass.
func (w *Reading[T]) Hap(at Pass) Hap[T] { return Hap[T]{V: w.V, OK: w.Happened(at)} }

// Before is the reading as an event of the pass before this one; see Event.Before.
func (w *Reading[T]) Before(at Pass) Hap[T] { return w.Hap(at - 1) }

// Val is the reading as a level.
func (w *Reading[T]) Val() Val[T] { return Val[T]{V: w.V, OK: w.OK} }

// Bulk is a value that Go cannot compare (a list, a map, bytes): every
// evaluation counts as a change.
type Bulk[T any] struct {
	V  T
	OK bool
	// At is the pass in which the value was last set or lost.
	At Pass
}

// Set makes the value v.
func (w *Bulk[T]) Set(at Pass, v T) bool {
	w.V, w.OK, w.At = v, true, at
	return true
}

// Unset makes the value not ready and reports whether that changed anything.
func (w *Bulk[T]) Unset(at Pass) bool {
	if !w.OK {
		return false
	}
	var none T
	w.V, w.OK, w.At = none, false, at
	return true
}

// Put is Set or Unset, as v is ready or not.
func (w *Bulk[T]) Put(at Pass, v Val[T]) bool {
	if v.OK {
		return w.Set(at, v.V)
	}
	return w.Unset(at)
}

// Val is what the value is now.
func (w *Bulk[T]) Val() Val[T] { return Val[T]{V: w.V, OK: w.OK} }

// Changed reports whether the value was set or lost in this pass.
func (w *Bulk[T]) Changed(at Pass) bool { return w.At == at }

// Mirror follows one key's reading from outside its region.
func (w *Reading[T]) Mirror(at Pass, r Reading[T]) bool {
	moved := r.At == at || w.OK != r.OK
	at0 := w.At
	*w = r
	if moved {
		w.At = at
		w.Happens = r.At == at && r.Happens
	} else {
		w.At = at0
	}
	return moved
}
