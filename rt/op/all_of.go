package op

import "flowc/rt/flow"

// AllOf is on while v is on for every key that is known. One known key that is
// silent is enough to make it not ready: what is not known of one is not known of
// all. Without any key it is not ready. It remembers two counts and one switch
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
//	led all_wet {
//	  pin = 18
//	  on  = all_of(soil > 40.pct)
//	}
//
//flow:op all_of
//flow:call v
//flow:in v value
//flow:out value
//flow:ready follows
//flow:across
type AllOf struct {
	tally tally
	known []bool
	parts int
}

// Update takes in that part n's value was old and is new. A part of which
// nothing is known yet is told of with two values that are not ready.
func (o *AllOf) Update(n int32, old, new flow.Val[bool]) {
	for len(o.known) <= int(n) {
		o.known = append(o.known, false)
	}
	if !o.known[n] {
		o.known[n] = true
		o.parts++
	}
	o.tally.move(old, new)
}

// Forget leaves out part n, whose value was old.
func (o *AllOf) Forget(n int32, old flow.Val[bool]) {
	if int(n) < len(o.known) && o.known[n] {
		o.known[n] = false
		o.parts--
	}
	o.tally.move(old, flow.Val[bool]{})
}

// Result is on when all parts are on; it is not ready while one is not.
func (o *AllOf) Result() flow.Val[bool] {
	return flow.When(o.parts > 0 && o.tally.ready == o.parts, o.tally.on == o.parts)
}
