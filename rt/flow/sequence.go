package flow

import (
	"errors"
	"time"
)

// Again is what a sequence does with a start that comes while it runs.
type Again uint8

// The ways to start again.
const (
	// Ignore leaves the running one alone.
	Ignore Again = iota
	// Restart begins anew with the first step.
	Restart
	// Queue runs it once more afterwards.
	Queue
)

// maxQueued bounds the starts that wait.
const maxQueued = 10

var errQueueFull = errors.New("10 starts wait already; this one is lost")

// Sequence is a list of steps in time, of which at most one is active. Each lasts as
// long as it says, or until something ends it early.
type Sequence struct {
	// Steps are how long each step lasts; 0: until something ends it.
	Steps []time.Duration
	Again Again

	// step is the active one, from 1; 0: none.
	step   int
	due    time.Duration
	queued int
	// finished and cancelled are the passes in which it last was.
	finished, cancelled Pass
}

// Until tells what ends a step early: something that happens now, or something that is.
// It is nil where all steps last as long as they say.
type Until func(step int) (happens, is bool)

func (u Until) ends(step int) (happens, is bool) {
	if u == nil {
		return false, false
	}
	return u(step)
}

// Run looks what start, cancel, the time and until make of the sequence, and reports
// whether it moved. Cancelling goes before all else. What happens ends only a step that
// was active before.
func (s *Sequence) Run(t Tick, start, cancel bool, until Until) (moved bool, err error) {
	if cancel {
		return s.cancel(t), nil
	}
	if s.step > 0 {
		if at, over := s.over(t, until); over {
			s.next(t, at, until)
			moved = true
		}
	}
	switch {
	case !start:
	case s.step == 0 || s.Again == Restart:
		s.begin(t, 1, t.Mono(), until)
		moved = true
	case s.Again == Queue && s.queued == maxQueued:
		err = errQueueFull
	case s.Again == Queue:
		s.queued++
	}
	return moved, err
}

func (s *Sequence) cancel(t Tick) bool {
	if s.step == 0 {
		return false
	}
	s.step, s.queued, s.cancelled = 0, 0, t.e.Pass
	t.Cancel()
	return true
}

// over reports whether the active step has come to its end, and when it did: its time
// may have run out long before, while the program was off.
func (s *Sequence) over(t Tick, until Until) (at time.Duration, over bool) {
	if s.Steps[s.step-1] > 0 && t.Mono() >= s.due {
		return s.due, true
	}
	happens, is := until.ends(s.step)
	return t.Mono(), happens || is
}

// begin makes a step active from a moment on that is now or past, or the next one where
// its end is there already.
func (s *Sequence) begin(t Tick, step int, from time.Duration, until Until) {
	s.step = step
	if _, is := until.ends(step); is {
		s.next(t, from, until)
		return
	}
	d := s.Steps[step-1]
	switch {
	case d == 0:
		t.Cancel()
	case d <= t.Mono()-from: // it was over while the program was off
		s.next(t, from+d, until)
	default:
		s.due = t.e.in(d - (t.Mono() - from))
		t.At(s.due)
	}
}

// next goes on to the step after the active one, which ended at a moment; after the
// last one it is finished.
func (s *Sequence) next(t Tick, at time.Duration, until Until) {
	if s.step < len(s.Steps) {
		s.begin(t, s.step+1, at, until)
		return
	}
	s.step, s.finished = 0, t.e.Pass
	t.Cancel()
	if s.queued > 0 {
		s.queued--
		s.begin(t, 1, at, until)
	}
}

// Running reports whether a step is active.
func (s *Sequence) Running() bool { return s.step > 0 }

// Active reports whether step n is, counted from 1.
func (s *Sequence) Active(n int) bool { return s.step == n }

// Finished happens when the last step is over.
func (s *Sequence) Finished(at Pass) Hap[Unit] { return Hap[Unit]{OK: s.finished == at} }

// Cancelled happens when it was ended before.
func (s *Sequence) Cancelled(at Pass) Hap[Unit] { return Hap[Unit]{OK: s.cancelled == at} }
