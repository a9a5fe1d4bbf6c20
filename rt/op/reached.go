package op

import (
	"time"

	"flowc/rt/flow"
)

// Reached is on once the moment that the value v names has come, and off before. When v
// moves into the future it goes off again. Until the machine's clock has been set it is
// not ready. `when_at` is the event. It remembers one moment.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in parking {
//	  via   = home
//	  topic = "car/parking"
//	  json  = { until = time }
//	  stale = 1.d
//	}
//
//	led move_the_car {
//	  pin = 18
//	  on  = reached(parking.until - 10.min)
//	}
//
//flow:op reached
//flow:call v
//flow:in v value
//flow:out value
//flow:ready follows
//flow:calendar
type Reached struct{ agenda agenda }

// Step compares v with the clock, and waits for it.
func (o *Reached) Step(t flow.Tick, v time.Time) flow.Val[bool] {
	o.agenda.begun = false // v may have moved
	o.agenda.last = 0
	o.agenda.due(t, MissedSkip, func(after time.Time) time.Time {
		if v.After(after) {
			return v
		}
		return time.Time{}
	})
	now, set := t.Wall()
	return flow.When(set, !now.Before(v))
}

// Reset has nothing to forget.
func (o *Reached) Reset() {}
