package op

import (
	"time"

	"flowc/rt/flow"
)

// Every happens again and again, each time d after the last. The first time is d
// after the start and not at the start; times that are missed because the
// machine was busy come once, not one for each. It remembers one moment.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_out alive {
//	  via   = home
//	  topic = "garden/alive"
//	  send  = "yes"
//	  when  = every(30.s)
//	}
//
//flow:op every
//flow:call d
//flow:out event
//flow:ready always
//flow:rate exact d
type Every struct {
	// D is the time between two.
	D time.Duration

	beat beat
}

// Step happens when the time has come; each time is an occurrence of its own.
func (o *Every) Step(t flow.Tick) flow.Hap[flow.Unit] {
	if !o.beat.tick(t, o.D) {
		return flow.Hap[flow.Unit]{}
	}
	t.Fresh()
	return flow.Now(flow.Unit{})
}
