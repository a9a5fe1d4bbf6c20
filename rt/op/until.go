package op

import "flowc/rt/flow"

// Until lets e pass until stop has happened once, and never again after that.
// When both happen at the same moment, e does not pass. For something that goes on
// again use a latch and `where`. It remembers one switch.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	button done {
//	  pin = 17
//	}
//
//	mqtt_out remind {
//	  via   = home
//	  topic = "house/remind"
//	  send  = "Take the laundry out"
//	  when  = until(every(10.min), done.pressed)
//	}
//
//flow:op until
//flow:call e, stop
//flow:in e any
//flow:in stop any
//flow:out same
//flow:ready follows
//flow:fresh input
//flow:rate first
//flow:thins kept
type Until[T, S any] struct{ over bool }

// Step lets e pass as long as stop has not happened.
func (o *Until[T, S]) Step(e flow.Hap[T], stop flow.Hap[S]) flow.Hap[T] {
	o.over = o.over || stop.OK
	if o.over {
		return flow.Hap[T]{}
	}
	return e
}

// Reset forgets nothing: what is over stays over.
func (o *Until[T, S]) Reset() {}
