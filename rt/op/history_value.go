package op

import (
	"time"

	"flowc/rt/flow"
)

// HistoryValue is the list of what the value v was within the last d, the oldest first
// and what it is now last. What v was stays in it for d after v moved on, so the list
// grows shorter while v stands still. It remembers at most 1,000 values: when v moves
// more often within d the oldest are left out.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in solar {
//	  via   = home
//	  topic = "house/solar"
//	  text  = W
//	  stale = 10.min
//	}
//
//	mqtt_in power {
//	  via   = home
//	  topic = "house/power"
//	  text  = W
//	  stale = 10.min
//	}
//
//	mqtt_out surplus {
//	  via   = home
//	  topic = "house/surplus"
//	  send  = at(every(10.min), history(solar - power, 1.h))
//	}
//
//flow:op history
//flow:call v, d
//flow:in v value
//flow:out value
//flow:ready follows
//flow:keeps 1000
type HistoryValue[T comparable] struct {
	// D is how far it goes back.
	D time.Duration

	before queue[delayed[T]]
	last   flow.Val[T]
}

// Step keeps what v was when it moved. Each list is a new one: others keep the last.
func (o *HistoryValue[T]) Step(t flow.Tick, v T) []T {
	if o.last.OK && o.last.V != v {
		o.before.push(delayed[T]{o.last.V, t.Mono() + o.D})
	}
	o.last = flow.Ready(v)
	for o.before.n > 0 && o.before.at(0).due <= t.Mono() {
		o.before.pop()
	}
	list := make([]T, 0, o.before.n+1)
	for i := range o.before.n {
		list = append(list, o.before.at(i).v)
	}
	if o.before.n > 0 {
		t.At(o.before.at(0).due)
	} else {
		t.Cancel()
	}
	return append(list, v)
}

// Reset forgets what v was.
func (o *HistoryValue[T]) Reset() {
	o.before.clear()
	o.last = flow.Val[T]{}
}
