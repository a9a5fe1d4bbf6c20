package op

import (
	"time"

	"flowc/rt/flow"
)

// Heartbeat happens with e, and again with the last payload whenever nothing has
// happened for the time d: who listens can tell that the program still lives. Before
// the first e it is silent. It remembers one payload.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	contact gate {
//	  pin = 17
//	}
//
//	mqtt_out gate_state {
//	  via   = home
//	  topic = "garden/gate"
//	  send  = heartbeat(changes(gate.closed), 5.min)
//	}
//
//flow:op heartbeat
//flow:call e, d
//flow:in e any
//flow:out event
//flow:ready always
//flow:holds
//flow:token both
//flow:rate plus d
type Heartbeat[T any] struct {
	// D is the longest silence.
	D time.Duration

	last flow.Hap[T]
	due  time.Duration
}

// Step lets e pass, and repeats it in the timer's own instant.
func (o *Heartbeat[T]) Step(t flow.Tick, e flow.Hap[T]) flow.Hap[T] {
	switch {
	case e.OK:
		o.last = e
	case !o.last.OK || !t.Due() || t.Mono() < o.due:
		return flow.Hap[T]{}
	default:
		t.Fresh()
	}
	o.due = t.Mono() + o.D
	t.At(o.due)
	return o.last
}
