// Package limit holds actuators to their limits and settings to their ranges. What
// drives a pin and what sends a command over a network share it, so that `max_on`
// and `rest` mean the same to both.
package limit

import (
	"time"

	"flowc/rt/flow"
)

// Limits hold whatever the flow wants. Without a longest run MaxOn is missing.
type Limits struct {
	MaxOn flow.Opt[time.Duration]
	Rest  time.Duration
}

// Run is what the limits remember of an actuator. What counts as a run is what was
// carried out, so that Allows may be asked several times in one instant.
type Run struct {
	// On is what was last carried out, Since when that was (monotonic), or the
	// start.
	On    bool
	Since time.Duration
	// Cut says that max_on ended the last run and nobody has stopped wanting it
	// since.
	Cut bool
	// Begun says that the rest counts for something: where the memory of a program
	// outlives it, this comes from the one before.
	Begun bool
	// resumes is when a run began that goes on after a restart.
	resumes flow.Val[time.Duration]
}

// Timers of the limits; an actuator numbers its own from NextTimer.
const (
	TimerMaxOn = iota
	TimerRest
	NextTimer
)

// Check reports limits that cannot be kept. safe is the state in which an actuator
// is left alone.
func (l Limits) Check(safe bool) error {
	if l.MaxOn.OK {
		if err := Positive("max_on", l.MaxOn.V); err != nil {
			return err
		}
		if safe {
			return &Error{"max_on", "cannot be kept with safe = on"}
		}
	}
	return NotNegative("rest", l.Rest)
}

// Begin starts the rest: when it was last on is not known, it may have been a
// moment ago. In a world that is simulated from its beginning, it has rested. on is
// how the actuator is now.
func (r *Run) Begin(h *flow.Host, l Limits, rested, on bool) {
	before := *r
	*r = Run{On: on, Since: h.Mono(), Begun: true}
	if before.Begun {
		r.resume(h, l, before)
	} else if rested {
		r.Since -= l.Rest
	} else if l.Rest > 0 {
		h.After(TimerRest, l.Rest)
	}
}

// resume goes on with what is known from before a restart. Meanwhile it was safe. A run
// goes on as one, with what is left of max_on; one that would be over has just ended.
func (r *Run) resume(h *flow.Host, l Limits, before Run) {
	now := h.Mono()
	switch {
	case !before.On:
		r.Since, r.Cut = before.Since, before.Cut
	case before.over(now, l):
		r.Cut = l.Rest == 0
	default:
		r.Since, r.resumes = now-l.Rest, flow.Ready(before.Since)
	}
	if left := l.Rest - (now - r.Since); left > 0 {
		h.After(TimerRest, left)
	}
}

// Allows reports whether the limits let it be on, while it is wanted or not.
func (r *Run) Allows(h *flow.Host, l Limits, wanted bool) bool {
	if !wanted {
		r.Cut, r.resumes.OK = false, false
	}
	if r.On {
		return !r.over(h.Mono(), l)
	}
	return !r.Cut && h.Mono()-r.Since >= l.Rest
}

// over reports whether the running run has reached max_on.
func (r *Run) over(now time.Duration, l Limits) bool {
	return r.On && l.MaxOn.OK && now-r.Since >= l.MaxOn.V
}

// Carried notes that a change was carried out, and sets the timers for what comes
// next. A run that was cut off although it is wanted is a fault.
func (r *Run) Carried(h *flow.Host, l Limits, on, wanted bool) {
	cut := !on && wanted && r.over(h.Mono(), l)
	r.On, r.Since = on, h.Mono()
	if on {
		h.Cancel(TimerRest)
		r.Since = r.resumes.Or(r.Since)
		r.resumes.OK = false
		if l.MaxOn.OK {
			h.After(TimerMaxOn, max(0, r.Since+l.MaxOn.V-h.Mono()))
		}
		return
	}
	h.Cancel(TimerMaxOn)
	if l.Rest > 0 {
		h.After(TimerRest, l.Rest)
	}
	if cut {
		r.cutOff(h, l)
	}
}

func (r *Run) cutOff(h *flow.Host, l Limits) {
	r.Cut = l.Rest == 0
	message := "max_on: switched off after " + Spoken(l.MaxOn.V) + ", though still wanted; "
	if r.Cut {
		message += "it stays off until it was not wanted once"
	} else {
		message += "it may be on again in " + Spoken(l.Rest)
	}
	h.Fault(message)
}
