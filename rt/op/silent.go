package op

import (
	"time"

	"flowc/rt/flow"
)

// Silent happens when e has not happened for the time d, once for each silence; the
// first silence begins with the start of the program. For a level use
// `off_delay` or `ready`: this one is an event. It remembers one moment.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in sensor {
//	  via   = home
//	  topic = "garden/soil"
//	  text  = pct
//	  stale = 2.h
//	}
//
//	mqtt_out sensor_lost {
//	  via   = home
//	  topic = "garden/soil/lost"
//	  send  = "no reading for half an hour"
//	  when  = silent(sensor, 30.min)
//	}
//
//flow:op silent
//flow:call e, d
//flow:in e any
//flow:out event
//flow:ready always
//flow:holds
//flow:token begins
//flow:rate most d
type Silent[E any] struct {
	// D is how long the silence lasts.
	D time.Duration

	begun bool
	due   time.Duration
}

// Step happens when the time has come; each is an occurrence of its own.
func (o *Silent[E]) Step(t flow.Tick, e flow.Hap[E]) flow.Hap[flow.Unit] {
	if e.OK || !o.begun {
		o.begun, o.due = true, t.Mono()+o.D
		t.At(o.due)
		return flow.Hap[flow.Unit]{}
	}
	if !t.Due() || t.Mono() < o.due {
		return flow.Hap[flow.Unit]{}
	}
	t.Fresh()
	return flow.Now(flow.Unit{})
}
