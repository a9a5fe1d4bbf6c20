package op

import "flowc/rt/flow"

// SumOf is the sum of v over all keys. It looks only at keys that are ready, so it
// falls when one falls silent; when no key is ready, it is not ready. Points such as
// a temperature in C cannot be added. It remembers one value for each key.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in plug {
//	  via   = home
//	  topic = "plugs/{name}/power"
//	  text  = W
//	  stale = 10.min
//	}
//
//	log all_plugs {
//	  show = sum_of(plug)
//	}
//
//flow:op sum_of
//flow:call v
//flow:in v value
//flow:out value
//flow:ready follows
//flow:across
type SumOf[T flow.Linear] struct{ parts roster[T] }

// Update takes in that part n's value was old and is new.
func (o *SumOf[T]) Update(n int32, _, new flow.Val[T]) { o.parts.set(n, new) }

// Forget leaves out part n, whose value was old.
func (o *SumOf[T]) Forget(n int32, _ flow.Val[T]) { o.parts.forget(n) }

// Result is the sum of the ready parts; one that would be infinite is none.
func (o *SumOf[T]) Result() flow.Val[T] {
	var sum T
	ready := false
	for _, n := range o.parts.order {
		if v := o.parts.values[n]; v.OK {
			sum, ready = sum+v.V, true
		}
	}
	return flow.When(ready && sum-sum == 0, sum)
}
