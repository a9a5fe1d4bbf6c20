package op

import "flowc/rt/flow"

// CountOf is for how many keys v is on. Keys that are not ready do not count; 0
// means that there are ready keys and none of them is on, and when no key is
// ready, it is not ready. It remembers two counts.
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
//	log dry_beds {
//	  show = count_of(soil < 30.pct)
//	}
//
//flow:op count_of
//flow:call v
//flow:in v value
//flow:out value
//flow:ready follows
//flow:across
type CountOf struct{ tally tally }

// Update takes in that part n's value was old and is new.
func (o *CountOf) Update(_ int32, old, new flow.Val[bool]) { o.tally.move(old, new) }

// Forget leaves out part n, whose value was old.
func (o *CountOf) Forget(_ int32, old flow.Val[bool]) { o.tally.move(old, flow.Val[bool]{}) }

// Result is how many ready parts are on.
func (o *CountOf) Result() flow.Val[int64] {
	return flow.When(o.tally.ready > 0, int64(o.tally.on))
}
