package op

import "flowc/rt/flow"

// Skip leaves out the first n of e, as readings of a sensor that warms up, and
// lets all later ones pass. A silence of e does not begin the count anew; a start of
// the program does. It remembers one count.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in gas {
//	  via   = home
//	  topic = "house/gas"
//	  text  = ppm
//	}
//
//	mqtt_out gas_warm {
//	  via   = home
//	  topic = "house/gas/warm"
//	  send  = skip(gas, 5)
//	}
//
//flow:op skip
//flow:call e, n
//flow:in e any
//flow:out same
//flow:ready follows
//flow:fresh input
//flow:thins anew
type Skip[T any] struct {
	// N is how many are left out.
	N int64 `range:"0,1000000000"`

	seen int64
}

// Step counts e until N have been left out.
func (o *Skip[T]) Step(e flow.Hap[T]) flow.Hap[T] {
	if e.OK && o.seen < o.N {
		o.seen++
		return flow.Hap[T]{}
	}
	return e
}

// Reset forgets nothing: a silence does not make a sensor cold.
func (o *Skip[T]) Reset() {}
