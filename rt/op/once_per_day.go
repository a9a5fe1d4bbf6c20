package op

import (
	"flowc/rt/flow"
	"flowc/rt/fn"
)

// OncePerDay lets the first e of each day of the calendar pass, by the site's clocks, and
// leaves out the others: one motion in the morning and not one a day apart, for which
// `throttle(e, 24.h)` would wait. As long as the machine's clock has not been set it
// lets one pass. It remembers one day.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	site {
//	  latitude  = 52.52
//	  longitude = 13.40
//	  timezone  = "Europe/Berlin"
//	}
//
//	motion kitchen {
//	  pin = 4
//	}
//
//	mqtt_out awake {
//	  via   = home
//	  topic = "house/awake"
//	  send  = "somebody is up"
//	  when  = once_a_day(rises(kitchen.active))
//	}
//
//flow:op once_a_day
//flow:call e, {zone?}
//flow:in e any
//flow:out event
//flow:ready always
//flow:rate most 24.h
//flow:thins kept
//flow:calendar
type OncePerDay[T any] struct {
	passed bool
	day    int64
}

// Step lets e pass when its day is another than that of the last.
func (o *OncePerDay[T]) Step(t flow.Tick, zone fn.Zone, e flow.Hap[T]) flow.Hap[T] {
	if !e.OK {
		return flow.Hap[T]{}
	}
	day := int64(-1)
	if now, set := t.Wall(); set {
		day = zone.Day(now)
	}
	if o.passed && day == o.day {
		return flow.Hap[T]{}
	}
	o.passed, o.day = true, day
	return e
}
