package op

import (
	"time"

	"flowc/rt/flow"
)

// ThrottleLast happens at most once in the time d, with the last payload of that
// time: it waits d after the first e and then tells what came last. So it is late
// by up to d and the end of a burst is never lost; `throttle` tells the first of it
// at once and loses the end, and `debounce` waits for silence. It remembers one
// payload.
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
//	  send  = throttle_last(power, 10.s)
//	}
//
//flow:op throttle_last
//flow:call e, d
//flow:in e any
//flow:out event
//flow:ready always
//flow:holds
//flow:rate most d
type ThrottleLast[T any] struct {
	// D is the least time between two.
	D time.Duration

	held flow.Hap[T]
	// waits says that a time d is running, which ends at due.
	waits bool
	due   time.Duration
}

// Step holds e, and gives what it held when its time has come, in the timer's own
// instant.
func (o *ThrottleLast[T]) Step(t flow.Tick, e flow.Hap[T]) flow.Hap[T] {
	var now flow.Hap[T]
	if t.Due() && o.waits && t.Mono() >= o.due {
		now, o.held = o.held, flow.Hap[T]{}
		o.waits = now.OK // the next is at least d after this one
		o.due = t.Mono() + o.D
	}
	if e.OK {
		t.Hand()
		o.held = e
		if !o.waits {
			o.waits, o.due = true, t.Mono()+o.D
		}
	}
	if o.waits {
		t.At(o.due)
	}
	if now.OK {
		t.Fresh()
	}
	return now
}
