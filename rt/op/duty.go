package op

import (
	"time"

	"flowc/rt/flow"
	"flowc/rt/unit"
)

// Duty is on for a share of each period d: 25 % of 10 minutes are two and a half
// minutes on and seven and a half off. It is slow pulse width modulation, for a
// heater behind a relay. Each period begins on; a share that shrinks counts at once,
// one that grows after it has gone off waits for the next period. It remembers two
// moments.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in demand {
//	  via   = home
//	  topic = "house/floor/demand"
//	  text  = pct
//	  stale = 1.h
//	}
//
//	relay floor {
//	  pin  = 22
//	  on   = duty(demand, 10.min)
//	  safe = off
//	}
//
//flow:op duty
//flow:call share, d
//flow:in share value
//flow:out value
//flow:ready follows
//flow:rate plus 2 d
type Duty struct {
	// D is the length of a period.
	D time.Duration

	begun, over bool
	start       time.Duration
}

// Step finds the place in the period.
func (o *Duty) Step(t flow.Tick, share unit.Percent) bool {
	if o.D <= 0 {
		return false
	}
	now := t.Mono()
	switch {
	case !o.begun:
		o.begun, o.over, o.start = true, false, now
	case now-o.start >= o.D:
		o.over = false
		o.start += (now - o.start) / o.D * o.D
	}
	end := o.start + o.D
	part := min(1, max(0, float64(share)/100))
	off := o.start + time.Duration(float64(o.D)*part)
	if now >= off {
		o.over = true
	}
	if o.over {
		t.At(end)
		return false
	}
	t.At(off)
	return true
}

// Reset begins a new period.
func (o *Duty) Reset() { o.begun = false }
