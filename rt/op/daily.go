package op

import (
	"time"

	"flowc/rt/flow"
	"flowc/rt/fn"
)

// Daily happens once a day at a time of the site's clocks, or of those that `zone`
// names; with `every = 2` on every second day, counted on the calendar, so that a
// restart does not shift it. A time that is skipped when clocks go forward comes at the
// first moment after the gap, and one that comes twice comes the first time. Until the
// machine's clock has been set nothing happens. It remembers one moment.
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
//	mqtt_out good_morning {
//	  via   = home
//	  topic = "house/morning"
//	  send  = "Good morning"
//	  when  = daily("07:00")
//	}
//
//flow:op daily
//flow:call at, {every?, missed?, zone?}
//flow:out event
//flow:ready always
//flow:rate most 24.h
//flow:calendar
type Daily struct {
	// At is the time of day, "07:00".
	At fn.TimeOfDay
	// Every is how many days lie between two.
	Every int64 `default:"1" range:"1,366"`
	// Missed is what becomes of the times that the clock passed over when it was put
	// forward by more than a minute.
	Missed Missed `default:"skip"`

	agenda agenda
}

// Step happens when the time has come.
func (o *Daily) Step(t flow.Tick, zone fn.Zone) flow.Hap[flow.Unit] {
	return o.agenda.event(t, o.Missed, func(after time.Time) time.Time {
		return zone.OnDays(after, o.At.SinceMidnight(), func(day time.Time) bool {
			return fn.DayNumber(day)%max(1, o.Every) == 0
		})
	})
}
