package op

import "flowc/rt/flow"

// AnyOf is on while v is on for at least one key. Keys that are not ready do not
// count, so a silent one can neither switch it on nor hold it on; when no key is
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
//	relay pump {
//	  pin    = 22
//	  on     = any_of(hysteresis(soil, { on_below = 30.pct, off_above = 45.pct }))
//	  max_on = 10.min
//	  safe   = off
//	}
//
//flow:op any_of
//flow:call v
//flow:in v value
//flow:out value
//flow:ready follows
//flow:across
type AnyOf struct{ tally tally }

// Update takes in that part n's value was old and is new.
func (o *AnyOf) Update(_ int32, old, new flow.Val[bool]) { o.tally.move(old, new) }

// Forget leaves out part n, whose value was old.
func (o *AnyOf) Forget(_ int32, old flow.Val[bool]) { o.tally.move(old, flow.Val[bool]{}) }

// Result is on when a ready part is on.
func (o *AnyOf) Result() flow.Val[bool] {
	return flow.When(o.tally.ready > 0, o.tally.on > 0)
}
