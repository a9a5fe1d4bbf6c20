// Package pace lets only so much in at a time. Sources with a setting `max_rate` share it.
package pace

import (
	"errors"
	"math"
	"time"

	"flowc/rt/flow"
	"flowc/rt/unit"
)

// Limit lets through only so much in a time. It is the generic cell rate algorithm (ITU-T
// I.371): what comes as often as it may on the whole may come unevenly, up to a second's
// worth of it at once, and two in any case. The zero Limit holds nothing back.
type Limit struct {
	// every is the time from one to the next, ahead how far before its time one may come,
	// next when the next one is in time.
	every, ahead, next time.Duration
	// told says that somebody was told of the present flood.
	told bool
}

// New reads a setting `max_rate`, in Hz.
func New(most flow.Opt[unit.Frequency]) (Limit, error) {
	if !most.OK {
		return Limit{}, nil
	}
	every := float64(time.Second) / float64(most.V)
	if !(every >= 1 && every < math.MaxInt64/4) {
		return Limit{}, errors.New("max_rate must be more than 0, and at most 1 GHz")
	}
	atOnce := max(2, math.Ceil(float64(most.V)))
	return Limit{every: time.Duration(every), ahead: time.Duration((atOnce - 1) * every)}, nil
}

// Limits reports whether there is a limit.
func (p *Limit) Limits() bool { return p.every > 0 }

// Wait is how long it is from now on until one more may pass; 0 if it may at once.
func (p *Limit) Wait(now time.Duration) time.Duration {
	return max(0, p.next-p.ahead-now)
}

// Pass counts one that passes.
func (p *Limit) Pass(now time.Duration) {
	if p.next < now {
		p.next, p.told = now, false
	}
	p.next += p.every
}

// Tell reports whether to tell that too much comes: once for each flood.
func (p *Limit) Tell() bool {
	first := !p.told
	p.told = true
	return first
}
