package op

import "flowc/rt/flow"

// MedianCount is the middle one of the last n readings, and happens with each
// reading. Until there were n it is that of those there are. It remembers n numbers,
// at most 1,000.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in distance {
//	  via   = home
//	  topic = "garden/tank"
//	  text  = cm
//	  stale = 10.min
//	}
//
//	mqtt_out level {
//	  via   = home
//	  topic = "garden/tank/level"
//	  send  = median(distance, 5)
//	}
//
//flow:op median
//flow:call v, n
//flow:in v any
//flow:out same
//flow:ready follows
//flow:keeps n
type MedianCount[T flow.Quantity] struct {
	// N is how many readings count.
	N int64 `range:"1,1000"`

	last lastOnes[T]
}

// Step takes in v and gives the median.
func (o *MedianCount[T]) Step(v flow.Hap[T]) flow.Hap[T] {
	if !v.OK {
		return flow.Hap[T]{}
	}
	o.last.take(v.V, o.N)
	return flow.Now(middle(append([]T(nil), o.last.ring...)))
}

// Reset forgets all readings.
func (o *MedianCount[T]) Reset() { o.last = lastOnes[T]{} }
