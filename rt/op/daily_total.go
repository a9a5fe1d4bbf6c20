package op

import (
	"errors"
	"math"
	"time"

	"flowc/rt/flow"
	"flowc/rt/fn"
)

// errDailyTooLarge leaves the sum as it was; the event is not added.
var errDailyTooLarge = errors.New("daily_total is too large for its type")

// DailyTotal adds up what e carries since midnight, by the site's clocks: rain of each
// tip, energy of each pulse. It begins at 0 at the start and at each midnight. A meter
// that counts up by itself must not be added up: of that use how far it rises. Until
// the machine's clock has been set it adds up without a midnight. It remembers one
// number.
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
//	mqtt_in rain {
//	  via   = home
//	  topic = "garden/rain"
//	  kind  = command
//	  text  = mm
//	}
//
//	log rain_today {
//	  show = daily_total(rain)
//	}
//
//flow:op daily_total
//flow:call e, {zone?}
//flow:in e any
//flow:out value
//flow:ready always
//flow:keeps 60
//flow:calendar
type DailyTotal[T flow.Linear] struct {
	total  T
	agenda agenda
}

// Step begins anew at midnight and adds e.
func (o *DailyTotal[T]) Step(t flow.Tick, zone fn.Zone, e flow.Hap[T]) (T, error) {
	if o.agenda.due(t, MissedRunOnce, func(after time.Time) time.Time { return zone.Midnight(after) }) {
		o.total = 0
	}
	if !e.OK {
		return o.total, nil
	}
	next := o.total + e.V
	if math.IsInf(float64(next), 0) {
		return o.total, errDailyTooLarge
	}
	o.total = next
	return next, nil
}
