package op

import "flowc/rt/flow"

// outlierReadings is how many readings an outlier is measured against: three that
// agree outvote two that are wild.
const outlierReadings = 5

// Outliers leaves out readings that are more than the limit away from the median of
// the five readings before. Those that were left out are among the five, so a level
// that has really moved gets through after the third reading. Nothing gets through
// while a sensor sends only wild ones, and the result goes stale, counted from the
// last that passed. It remembers five numbers. A state that was worked out from several
// has no readings: see the form with a time.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in tank {
//	  via   = home
//	  topic = "garden/tank"
//	  text  = cm
//	  stale = 10.min
//	}
//
//	mqtt_out tank_clean {
//	  via   = home
//	  topic = "garden/tank/clean"
//	  send  = outliers(tank, 20.cm)
//	}
//
//flow:op outliers
//flow:call v, limit
//flow:in v any
//flow:out same
//flow:ready follows
//flow:fresh own
//flow:delta limit
type Outliers[T flow.Quantity] struct {
	// Limit is the greatest distance that is believed.
	Limit T `range:"0,"`

	last lastOnes[T]
}

// Step lets v pass when it is near the median of those before, or the first.
func (o *Outliers[T]) Step(v flow.Hap[T]) flow.Hap[T] {
	if !v.OK {
		return flow.Hap[T]{}
	}
	wild := false
	if len(o.last.ring) > 0 {
		var list [outlierReadings]T
		m := middle(append(list[:0], o.last.ring...))
		wild = v.V-m > o.Limit || m-v.V > o.Limit
	}
	o.last.take(v.V, outlierReadings)
	if wild {
		return flow.Hap[T]{}
	}
	return v
}

// Reset forgets all readings: the first after a silence passes.
func (o *Outliers[T]) Reset() { o.last = lastOnes[T]{} }
