package op

import (
	"time"

	"flowc/rt/flow"
)

// Dedupe leaves out what it has let pass already: an e passes unless one with the
// same key passed within the time d before. So a message that a network delivers
// twice counts once, also when others came in between; `distinct` looks at the last
// one only. The time counts from the one that passed, and is not begun anew by those
// that are left out. It remembers at most 1,000 keys; one more pushes out the
// oldest.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in order {
//	  via   = home
//	  topic = "shop/orders"
//	  kind  = command
//	  json  = { id = string, amount = int }
//	}
//
//	mqtt_out order_once {
//	  via   = home
//	  topic = "shop/orders/once"
//	  send  = dedupe(order, order.id, 10.min)
//	}
//
//flow:op dedupe
//flow:call e, key, d
//flow:in e any
//flow:in key any
//flow:with key
//flow:out same
//flow:ready follows
//flow:fresh input
//flow:rate first
//flow:thins kept
//flow:keeps 1000
type Dedupe[T any, K comparable] struct {
	// D is how long a key is remembered.
	D time.Duration

	passed queue[keyPassed[K]]
}

// keyPassed is a key and the monotonic time until which it is left out.
type keyPassed[K any] struct {
	key   K
	until time.Duration
}

// Step lets e pass when its key is not remembered.
func (o *Dedupe[T, K]) Step(t flow.Tick, e flow.Hap[T], key flow.Hap[K]) flow.Hap[T] {
	if !e.OK || !key.OK {
		return flow.Hap[T]{}
	}
	for o.passed.n > 0 && o.passed.at(0).until <= t.Mono() {
		o.passed.pop()
	}
	for i := range o.passed.n {
		if o.passed.at(i).key == key.V {
			return flow.Hap[T]{}
		}
	}
	o.passed.push(keyPassed[K]{key.V, t.Mono() + o.D})
	return e
}

// Reset forgets nothing: what passed before a silence has passed.
func (o *Dedupe[T, K]) Reset() {}
