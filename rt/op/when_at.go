package op

import (
	"time"

	"flowc/rt/flow"
)

// WhenAt happens at the moment that the value v names, once for each moment: an alarm
// whose time is computed or comes from outside. When v moves it waits for the new one;
// a moment that is over when it becomes known does not come. It remembers one moment.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in alarm {
//	  via   = home
//	  topic = "bedroom/alarm"
//	  json  = { at = time }
//	}
//
//	led lamp {
//	  pin = 18
//	  on  = pulse(when_at(alarm.at - 10.min), 30.min)
//	}
//
//flow:op when_at
//flow:call v, {missed?}
//flow:in v value
//flow:out event
//flow:ready always
//flow:rate each
//flow:calendar
type WhenAt struct {
	// Missed is what becomes of the times that the clock passed over when it was put
	// forward by more than a minute.
	Missed Missed `default:"skip"`

	agenda agenda
	moment int64
}

// Step waits for v.
func (o *WhenAt) Step(t flow.Tick, v flow.Val[time.Time]) flow.Hap[flow.Unit] {
	if !v.OK {
		o.agenda, o.moment = agenda{}, 0
		return flow.Hap[flow.Unit]{}
	}
	if m := v.V.UnixNano(); m != o.moment {
		o.agenda, o.moment = agenda{}, m
	}
	return o.agenda.event(t, o.Missed, func(after time.Time) time.Time {
		if v.V.After(after) {
			return v.V
		}
		return time.Time{}
	})
}
