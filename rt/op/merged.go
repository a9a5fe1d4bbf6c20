package op

import "flowc/rt/flow"

// Merged makes one event of the events of all keys: it happens whenever one of
// them does, and no longer tells which. When several keys happen at the same
// moment they come one after the other, the key that was known first going
// first. It remembers what is still to come of the moment, at most 1,000.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in soil {
//	  via   = home
//	  topic = "garden/{bed}/soil"
//	  text  = pct
//	  stale = 2.h
//	}
//
//	log anything_heard {
//	  show = count(merged(soil))
//	}
//
//flow:op merged
//flow:call e
//flow:in e any
//flow:out event
//flow:ready always
//flow:across
//flow:rate each
//flow:keeps 1000
type Merged[T any] struct{ rest queue[T] }

// Update takes the event of one part; the parts that happen in a pass come in
// order of first appearance.
func (o *Merged[T]) Update(_ int32, h flow.Hap[T]) {
	if h.OK {
		o.rest.push(h.V)
	}
}

// Step gives the next event; the others follow in further passes of the instant.
func (o *Merged[T]) Step(t flow.Tick) flow.Hap[T] {
	if o.rest.n == 0 {
		return flow.Hap[T]{}
	}
	now := flow.Now(o.rest.pop())
	if o.rest.n > 0 {
		t.Again()
	}
	return now
}
