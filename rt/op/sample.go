package op

import (
	"time"

	"flowc/rt/flow"
)

// Sample happens every d with what v is at that moment, whether v changed or
// not. A moment in which v is not ready is skipped without a word. The first is
// d after the start. It remembers one moment.
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
//	  send  = sample(gate.closed, 1.min)
//	}
//
//flow:op sample
//flow:call v, d
//flow:in v value
//flow:out event
//flow:ready always
//flow:fresh input
//flow:rate exact d
type Sample[T any] struct {
	// D is the time between two samples.
	D time.Duration

	beat beat
}

// Step happens when the time has come and v is ready; each sample is an
// occurrence of its own.
func (o *Sample[T]) Step(t flow.Tick, v flow.Val[T]) flow.Hap[T] {
	if !o.beat.tick(t, o.D) || !v.OK {
		return flow.Hap[T]{}
	}
	t.Fresh()
	return flow.Now(v.V)
}
