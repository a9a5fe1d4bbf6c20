package op

import "flowc/rt/flow"

// SumInt adds up the whole numbers that e carries since the start. It starts at
// 0. A sum that no longer fits is a failure and never wraps around. It remembers
// one number.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in eggs {
//	  via   = home
//	  topic = "henhouse/eggs"
//	  kind  = command
//	  text  = int
//	}
//
//	log eggs_total {
//	  show = sum(eggs)
//	}
//
//flow:op sum
//flow:call e
//flow:in e any
//flow:out value
//flow:ready always
type SumInt struct{ total int64 }

// Step adds e. It fails when the sum would not fit.
func (o *SumInt) Step(e flow.Hap[int64]) (int64, error) {
	if !e.OK {
		return o.total, nil
	}
	next := o.total + e.V
	if overflows(o.total, e.V, next) {
		return o.total, errSumTooLarge
	}
	o.total = next
	return next, nil
}

// overflows reports whether a + b wrapped around: both have the sign that their
// sum has not.
func overflows(a, b, sum int64) bool { return (a^sum)&(b^sum) < 0 }
