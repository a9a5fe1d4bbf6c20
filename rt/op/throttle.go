package op

import (
	"time"

	"flowc/rt/flow"
)

// Throttle lets e pass at most once in the time d: the first passes at once, and
// those that come within d after it are left out. What is left out is gone: the
// last one of a burst does not come later (for that use debounce). It remembers
// one moment.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in power {
//	  via   = home
//	  topic = "house/power"
//	  text  = W
//	}
//
//	mqtt_out power_slow {
//	  via   = home
//	  topic = "house/power/slow"
//	  send  = throttle(power, 10.s)
//	}
//
//flow:op throttle
//flow:call e, d
//flow:in e any
//flow:out same
//flow:ready follows
//flow:fresh input
//flow:rate most d
//flow:thins kept
type Throttle[T any] struct {
	// D is the least time between two that pass.
	D time.Duration

	passed bool
	last   time.Duration
}

// Step lets e pass when the last one that passed is at least D ago.
func (o *Throttle[T]) Step(t flow.Tick, e flow.Hap[T]) flow.Hap[T] {
	if !e.OK || o.passed && t.Mono()-o.last < o.D {
		return flow.Hap[T]{}
	}
	o.passed, o.last = true, t.Mono()
	return e
}

// Reset forgets the last one: the first reading after a silence passes.
func (o *Throttle[T]) Reset() { o.passed = false }
