package op

import (
	"time"

	"flowc/rt/flow"
)

// Debounce waits until e has been silent for the time d and then happens once,
// with the last payload. So it always comes late by d, and an e that never stops
// for d never gets through: for "at most one per second" use throttle. It
// remembers the last payload.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in slider {
//	  via   = home
//	  topic = "house/slider"
//	  kind  = command
//	  text  = pct
//	}
//
//	mqtt_out dimmer {
//	  via   = home
//	  topic = "house/dimmer"
//	  send  = debounce(slider, 500.ms)
//	}
//
//flow:op debounce
//flow:call e, d
//flow:in e any
//flow:out event
//flow:ready always
//flow:holds
//flow:rate most d
type Debounce[T any] struct {
	// D is how long e must be silent.
	D time.Duration

	held flow.Hap[T]
	due  time.Duration
	// next came when held was due but its timer had not been told yet, as
	// happens on a busy machine.
	next    flow.Hap[T]
	nextDue time.Duration
}

// Step holds e, and gives what it held when its time has come. It gives only in
// the timer's own instant, so that the new token does not end that of an
// occurrence which other equations still use.
func (o *Debounce[T]) Step(t flow.Tick, e flow.Hap[T]) flow.Hap[T] {
	var now flow.Hap[T]
	if t.Due() && o.held.OK && t.Mono() >= o.due {
		now, o.held, o.next, o.due = o.held, o.next, flow.Hap[T]{}, o.nextDue
		if o.held.OK {
			t.At(o.due)
		}
	}
	if e.OK {
		t.Hand()
		o.hold(t, e)
	}
	if now.OK {
		t.Fresh()
	}
	return now
}

func (o *Debounce[T]) hold(t flow.Tick, e flow.Hap[T]) {
	due := t.Mono() + o.D
	if o.held.OK && t.Mono() >= o.due {
		o.next, o.nextDue = e, due
		return
	}
	o.held, o.due = e, due
	t.At(due)
}
