package op

import "flowc/rt/flow"

// MeanOf is the mean of v over all keys. Every ready key counts the same, however
// often it speaks; when no key is ready, it is not ready. It remembers one value
// for each key.
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
//	log mean_moisture {
//	  show = mean_of(soil)
//	}
//
//flow:op mean_of
//flow:call v
//flow:in v value
//flow:out value
//flow:ready follows
//flow:across
type MeanOf[T flow.Quantity] struct{ parts roster[T] }

// Update takes in that part n's value was old and is new.
func (o *MeanOf[T]) Update(n int32, _, new flow.Val[T]) { o.parts.set(n, new) }

// Forget leaves out part n, whose value was old.
func (o *MeanOf[T]) Forget(n int32, _ flow.Val[T]) { o.parts.forget(n) }

// Result is the mean of the ready parts.
func (o *MeanOf[T]) Result() flow.Val[T] {
	var all total
	for _, n := range o.parts.order {
		if v := o.parts.values[n]; v.OK {
			all.add(float64(v.V))
		}
	}
	if all.weight == 0 {
		return flow.Val[T]{}
	}
	return flow.Ready(T(all.mean()))
}
