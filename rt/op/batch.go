package op

import (
	"errors"
	"time"

	"flowc/rt/flow"
)

// errBatchFull tells of a lost event; each is a fault and counts as dead.
var errBatchFull = errors.New("batch already keeps twice its size: the oldest is lost")

// Batch gathers e into lists: it happens with n of them as soon as there are n, and
// with fewer when the time d has passed since the first. An empty list never comes.
// Unlike a window it begins with the first e and not on the clock. It remembers the
// list, at most 1,000 long.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in power {
//	  via   = home
//	  topic = "house/power"
//	  kind  = command
//	  text  = W
//	}
//
//	mqtt_out power_batch {
//	  via   = home
//	  topic = "house/power/batch"
//	  send  = batch(power, 50, 1.min)
//	}
//
//flow:op batch
//flow:call e, n, d
//flow:in e any
//flow:out event
//flow:ready always
//flow:holds
//flow:keeps n
type Batch[T any] struct {
	// N is how many make a full list.
	N int64 `range:"1,1000"`
	// D is how long the first of a list waits at most.
	D time.Duration

	items []T
	due   time.Duration
}

// Step keeps e, and gives the list in the timer's own instant.
func (o *Batch[T]) Step(t flow.Tick, e flow.Hap[T]) (now flow.Hap[[]T], err error) {
	n := int(max(1, o.N))
	if t.Due() && len(o.items) > 0 && t.Mono() >= o.due {
		full := min(n, len(o.items))
		now = flow.Now(o.items[:full:full])
		o.items = append([]T(nil), o.items[full:]...)
		o.due = t.Mono() + o.D
	}
	if e.OK {
		t.Hand()
		if len(o.items) == 0 {
			o.due = t.Mono() + o.D
		}
		if len(o.items) == 2*n { // the machine was too busy to ring
			o.items, err = o.items[1:], errBatchFull
		}
		o.items = append(o.items, e.V)
	}
	if len(o.items) >= n {
		o.due = min(o.due, t.Mono())
	}
	if len(o.items) > 0 {
		t.At(o.due)
	}
	if now.OK {
		t.Fresh()
	}
	return now, err
}
