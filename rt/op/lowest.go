package op

import "flowc/rt/flow"

// Lowest is the least v of all keys. It looks only at keys that are ready, so it
// jumps when the key that had it falls silent; when no key is ready, it is not
// ready. It remembers one value for each key.
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
//	log lowest_bed {
//	  show = lowest(soil)
//	}
//
//flow:op lowest
//flow:call v
//flow:in v value
//flow:out value
//flow:ready follows
//flow:across
type Lowest[T flow.Ordered] struct{ parts roster[T] }

// Update takes in that part n's value was old and is new.
func (o *Lowest[T]) Update(n int32, _, new flow.Val[T]) { o.parts.set(n, new) }

// Forget leaves out part n, whose value was old.
func (o *Lowest[T]) Forget(n int32, _ flow.Val[T]) { o.parts.forget(n) }

// Result is the least value of the ready parts.
func (o *Lowest[T]) Result() flow.Val[T] {
	var found flow.Val[T]
	for _, n := range o.parts.order {
		if v := o.parts.values[n]; v.OK && (!found.OK || v.V < found.V) {
			found = v
		}
	}
	return found
}
