package op

import "flowc/rt/flow"

// HighestOverCount is the greatest of the last n readings, and happens with each
// reading. Until there were n it is that of those there are. It remembers n numbers,
// at most 1,000.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in power {
//	  via   = home
//	  topic = "house/power"
//	  text  = W
//	  stale = 10.min
//	}
//
//	mqtt_out power_highest {
//	  via   = home
//	  topic = "house/power/highest"
//	  send  = highest_over(power, 10)
//	}
//
//flow:op highest_over
//flow:call v, n
//flow:in v any
//flow:out same
//flow:ready follows
//flow:keeps n
type HighestOverCount[T flow.Ordered] struct {
	// N is how many readings count.
	N int64 `range:"1,1000"`

	last lastOnes[T]
}

// Step takes in v and gives the greatest.
func (o *HighestOverCount[T]) Step(v flow.Hap[T]) flow.Hap[T] {
	if !v.OK {
		return flow.Hap[T]{}
	}
	o.last.take(v.V, o.N)
	found := v.V
	for _, x := range o.last.ring {
		if x > found {
			found = x
		}
	}
	return flow.Now(found)
}

// Reset forgets all readings.
func (o *HighestOverCount[T]) Reset() { o.last = lastOnes[T]{} }
