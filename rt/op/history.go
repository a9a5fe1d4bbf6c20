package op

import (
	"time"

	"flowc/rt/flow"
)

// History is the list of the readings of the last d, the oldest first, and happens
// with each reading; the newest is always in it. It remembers at most 1,000 readings:
// when more come within d the oldest are left out.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in power {
//	  via   = home
//	  topic = "house/power"
//	  text  = W
//	  stale = 10.min
//	}
//
//	mqtt_out power_recent {
//	  via   = home
//	  topic = "house/power/recent"
//	  send  = history(power, 1.h)
//	}
//
//flow:op history
//flow:call v, d
//flow:in v any
//flow:out same
//flow:ready follows
//flow:keeps 1000
type History[T any] struct {
	// D is how far it goes back.
	D time.Duration

	readings queue[delayed[T]]
}

// Step takes in v and gives the list. Each list is a new one: others keep the last.
func (o *History[T]) Step(t flow.Tick, v flow.Hap[T]) flow.Hap[[]T] {
	if !v.OK {
		return flow.Hap[[]T]{}
	}
	for o.readings.n > 0 && o.readings.at(0).due <= t.Mono() {
		o.readings.pop()
	}
	o.readings.push(delayed[T]{v.V, t.Mono() + o.D})
	list := make([]T, 0, o.readings.n)
	for i := range o.readings.n {
		list = append(list, o.readings.at(i).v)
	}
	return flow.Now(list)
}

// Reset forgets all readings.
func (o *History[T]) Reset() { o.readings.clear() }
