package gpio

import (
	"time"

	"flowc/rt/flow"
)

// drive is what the outputs share: a claimed line, and the limits that hold
// whatever the flow wants. What counts as a run is what was written to the line,
// so that Decide may run several times in one instant.
type drive struct {
	line flow.Outside[OutputLine]
	// on is what was last written, since when that was (monotonic), or the start.
	on    bool
	since time.Duration
	// cut says that max_on ended the last run and nobody has stopped wanting it
	// since.
	cut bool
}

// plug is how an output is wired, as its kind declares it. Without a limit maxOn
// is 0.
type plug struct {
	pin             Pin
	activeLow, safe bool
	maxOn           flow.Opt[time.Duration]
	rest            time.Duration
	on              *flow.Drive[bool]
	wanted          *flow.Value[bool]
}

// Timers of an output.
const (
	timerMaxOn = iota
	timerRest
	timerRetry
)

// retryWrite is the time between attempts to drive a line that refuses.
const retryWrite = time.Second

func (p plug) check() error {
	if p.maxOn.OK {
		if err := positive("max_on", p.maxOn.V); err != nil {
			return err
		}
		if p.safe {
			return &LimitError{"max_on", "cannot be kept with safe = on"}
		}
	}
	return notNegative("rest", p.rest)
}

// free reports what would keep the pin from being claimed.
func (p plug) free() error {
	if err := p.check(); err != nil {
		return err
	}
	return lines().Check(p.pin)
}

func (p plug) request(owner string) OutputRequest {
	return OutputRequest{Pin: p.pin, ActiveLow: p.activeLow, On: p.safe, Owner: owner}
}

func (d *drive) start(h *flow.Host, p plug) error {
	if err := p.check(); err != nil {
		return err
	}
	line, err := lines().Output(p.request(owner(h)))
	if err != nil {
		return err
	}
	d.line.It, d.on = line, p.safe
	return nil
}

func (d *drive) react(h *flow.Host, w flow.Wake, p plug) {
	switch {
	case w.Why == flow.AtStart:
		d.begun(h, p)
		p.on.Set(h.Pass(), d.on)
	case w.Why == flow.OnTimer && w.Timer == timerRetry:
		d.apply(h, p)
	case w.Why == flow.OnTimer:
		d.decide(h, p)
	}
}

// begun starts the rest of an output: when it was last on is not known, it may
// have been a moment ago. In a world that is simulated from its beginning, it was
// never on.
func (d *drive) begun(h *flow.Host, p plug) {
	d.since = h.Mono()
	if w, ok := lines().(interface{ Rested() bool }); ok && w.Rested() {
		d.since -= p.rest
	} else if p.rest > 0 {
		h.After(timerRest, p.rest)
	}
}

// decide sets what is commanded: wanted, or safe where that is not ready, within
// the limits.
func (d *drive) decide(h *flow.Host, p plug) {
	want := p.on.Want
	p.wanted.Put(h.Pass(), want)
	if !want.OK || !want.V {
		d.cut = false
	}
	p.on.Set(h.Pass(), want.Or(p.safe) && d.may(h.Mono(), p))
}

// may reports whether the limits let it be on.
func (d *drive) may(now time.Duration, p plug) bool {
	if d.on {
		return !d.over(now, p)
	}
	return !d.cut && now-d.since >= p.rest
}

// over reports whether the running run has reached max_on.
func (d *drive) over(now time.Duration, p plug) bool {
	return d.on && p.maxOn.OK && now-d.since >= p.maxOn.V
}

// apply writes what is commanded, if that is not what was written last.
func (d *drive) apply(h *flow.Host, p plug) {
	if d.line.It == nil || !p.on.OK || p.on.V == d.on {
		h.Cancel(timerRetry)
		return
	}
	if err := d.line.It.Set(p.on.V); err != nil {
		h.Fault("cannot drive " + p.pin.String() + ": " + err.Error())
		h.After(timerRetry, retryWrite)
		return
	}
	h.Cancel(timerRetry)
	cut := d.over(h.Mono(), p) && p.on.Want.OK && p.on.Want.V
	d.on, d.since = p.on.V, h.Mono()
	if d.on {
		d.begin(h, p)
	} else {
		d.end(h, p, cut)
	}
}

func (d *drive) begin(h *flow.Host, p plug) {
	h.Cancel(timerRest)
	if p.maxOn.OK {
		h.After(timerMaxOn, p.maxOn.V)
	}
}

func (d *drive) end(h *flow.Host, p plug, cut bool) {
	h.Cancel(timerMaxOn)
	if p.rest > 0 {
		h.After(timerRest, p.rest)
	}
	if !cut {
		return
	}
	d.cut = p.rest == 0
	message := "max_on: switched off after " + spoken(p.maxOn.V) + ", though still wanted; "
	if d.cut {
		message += "it stays off until it was not wanted once"
	} else {
		message += "it may be on again in " + spoken(p.rest)
	}
	h.Fault(message)
}

func (d *drive) stop(h *flow.Host, p plug) {
	if d.line.It == nil {
		return
	}
	if err := d.line.It.Set(p.safe); err != nil {
		h.Fault("cannot drive " + p.pin.String() + " safe: " + err.Error())
	}
	d.line.It.Close()
	d.line.It = nil
}

// safeState claims the line in its safe state and lets it go; a line that the
// flow has is driven safe. The settings may be missing, so limits are not
// checked.
func (d *drive) safeState(h *flow.Host, p plug) error {
	if line := d.line.It; line != nil {
		return line.Set(p.safe)
	}
	line, err := lines().Output(p.request(owner(h)))
	if err != nil {
		return err
	}
	return line.Close()
}
