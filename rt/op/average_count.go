package op

import "flowc/rt/flow"

// averageMost bounds the memory of an average over a count.
const averageMost = 10000

// AverageCount is the mean of the last n readings, and happens with each
// reading. Until there were n it is the mean of those there are; a reading may
// be in it for days if few come. It remembers n numbers, at most 10,000.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in level {
//	  via   = home
//	  topic = "garden/tank"
//	  text  = cm
//	  stale = 1.h
//	}
//
//	mqtt_out level_smooth {
//	  via   = home
//	  topic = "garden/tank/smooth"
//	  send  = average(level, 10)
//	}
//
//flow:op average
//flow:call v, n
//flow:in v any
//flow:out same
//flow:ready follows
//flow:rate each
//flow:keeps n
type AverageCount[T flow.Quantity] struct {
	// N is how many readings count.
	N int64 `range:"1,10000"`

	ring []T
	next int
}

// Step takes in v and gives the mean. It adds up the ring each time, in the same
// order, so that no rounding error lasts.
func (o *AverageCount[T]) Step(v flow.Hap[T]) flow.Hap[T] {
	if !v.OK {
		return flow.Hap[T]{}
	}
	o.take(v.V)
	// In two runs: a remainder for each number would take as long as the rest.
	all := total{weight: float64(len(o.ring))}
	for _, x := range o.ring[o.next:] {
		all.sum += float64(float64(x) * meanScale)
	}
	for _, x := range o.ring[:o.next] {
		all.sum += float64(float64(x) * meanScale)
	}
	return flow.Now(T(all.mean()))
}

func (o *AverageCount[T]) take(v T) {
	n := int(max(1, min(o.N, averageMost)))
	if len(o.ring) < n {
		o.ring = append(o.ring, v)
		return
	}
	o.ring[o.next] = v
	if o.next++; o.next >= n {
		o.next = 0
	}
}

// Reset forgets all readings.
func (o *AverageCount[T]) Reset() { o.ring, o.next = o.ring[:0], 0 }
