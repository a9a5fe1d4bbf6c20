package op

import (
	"time"

	"flowc/rt/flow"
)

// MinOn goes on at once with v and stays on for at least d, also when v goes off
// sooner. When v is on for longer than d it adds nothing; `off_delay` adds its time
// to every run. It remembers one moment.
//
//	motion hall {
//	  pin = 4
//	}
//
//	led light {
//	  pin = 18
//	  on  = min_on(hall.active, 30.s)
//	}
//
//flow:op min_on
//flow:call v, d
//flow:in v value
//flow:out value
//flow:ready follows
type MinOn struct {
	// D is the least time on.
	D time.Duration

	on    bool
	until time.Duration
}

// Step keeps the switch on until D has passed since it went on.
func (o *MinOn) Step(t flow.Tick, v bool) bool {
	switch {
	case v && !o.on:
		o.on, o.until = true, t.Mono()+o.D
	case !v && o.on && t.Mono() < o.until:
		t.At(o.until)
	case !v:
		o.on = false
	}
	return o.on
}

// Reset goes off, as at start.
func (o *MinOn) Reset() { o.on = false }
