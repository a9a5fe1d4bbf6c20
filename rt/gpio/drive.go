package gpio

import (
	"time"

	"flowc/rt/flow"
	"flowc/rt/limit"
)

// drive is what the outputs share: a claimed line, and the limits that hold
// whatever the flow wants. Its run's On is what was last written.
type drive struct {
	line flow.Outside[OutputLine]
	run  limit.Run
}

// plug is how an output is wired, as its kind declares it. Without a limit maxOn
// is missing.
type plug struct {
	pin             Pin
	activeLow, safe bool
	maxOn           flow.Opt[time.Duration]
	rest            time.Duration
	on              *flow.Drive[bool]
	wanted          *flow.Value[bool]
}

// timerRetry follows the timers of the limits.
const timerRetry = limit.NextTimer

// retryWrite is the time between attempts to drive a line that refuses.
const retryWrite = time.Second

func (p plug) limits() limit.Limits { return limit.Limits{MaxOn: p.maxOn, Rest: p.rest} }

// wants reports whether the flow wants it on.
func (p plug) wants() bool { return p.on.Want.OK && p.on.Want.V }

// free reports what would keep the pin from being claimed.
func (p plug) free() error {
	if err := p.limits().Check(p.safe); err != nil {
		return err
	}
	return lines().Check(p.pin)
}

func (p plug) request(owner string) OutputRequest {
	return OutputRequest{Pin: p.pin, ActiveLow: p.activeLow, On: p.safe, Owner: owner}
}

func (d *drive) start(h *flow.Host, p plug) error {
	if err := p.limits().Check(p.safe); err != nil {
		return err
	}
	line, err := lines().Output(p.request(owner(h)))
	if err != nil {
		return err
	}
	d.line.It, p.on.Live = line, p.safe
	return nil
}

// react begins, and writes again what a line refused. When a limit is over there is
// nothing to do: whenever a thing has reacted its Decide runs, in its turn, after all
// that changed at the same moment.
func (d *drive) react(h *flow.Host, w flow.Wake, p plug) {
	switch {
	case w.Why == flow.AtStart:
		world, ok := lines().(interface{ Rested() bool })
		d.run.Begin(h, p.limits(), ok && world.Rested(), p.safe)
		p.on.Set(h.Pass(), d.run.On)
	case w.Why == flow.OnTimer && w.Timer == timerRetry:
		d.apply(h, p)
	}
}

// decide sets what is commanded: wanted, or safe where that is not ready, within
// the limits.
func (d *drive) decide(h *flow.Host, p plug) {
	p.wanted.Put(h.Pass(), p.on.Want)
	allowed := d.run.Allows(h, p.limits(), p.wants())
	p.on.Set(h.Pass(), p.on.Wish(p.safe) && allowed)
}

// apply writes what is commanded, if that is not what was written last.
func (d *drive) apply(h *flow.Host, p plug) {
	h.Cancel(timerRetry)
	if d.line.It == nil || !p.on.OK || p.on.V == d.run.On {
		return
	}
	if err := d.line.It.Set(p.on.V); err != nil {
		h.Fault("cannot drive " + p.pin.String() + ": " + err.Error())
		h.After(timerRetry, retryWrite)
		return
	}
	p.on.Live = p.on.V
	d.run.Carried(h, p.limits(), p.on.V, p.wants())
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
