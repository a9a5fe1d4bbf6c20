package op

import "flowc/rt/flow"

// Take lets the first n of e pass and none after them. `take(list, n)` is another
// function, the first n elements of a list. It remembers one count.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in doorbell {
//	  via   = home
//	  topic = "house/bell"
//	  kind  = command
//	  text  = string
//	}
//
//	mqtt_out first_rings {
//	  via   = home
//	  topic = "house/bell/first"
//	  send  = take(doorbell, 3)
//	}
//
//flow:op take
//flow:call e, n
//flow:in e any
//flow:out same
//flow:ready follows
//flow:fresh input
//flow:thins kept
type Take[T any] struct {
	// N is how many pass.
	N int64 `range:"0,1000000000"`

	passed int64
}

// Step counts e until N have passed.
func (o *Take[T]) Step(e flow.Hap[T]) flow.Hap[T] {
	if !e.OK || o.passed >= o.N {
		return flow.Hap[T]{}
	}
	o.passed++
	return e
}

// Reset forgets nothing: a silence does not begin the count anew.
func (o *Take[T]) Reset() {}
