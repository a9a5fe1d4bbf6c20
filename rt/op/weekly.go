package op

import (
	"time"

	"flowc/rt/flow"
	"flowc/rt/fn"
)

// Weekly happens on some days of the week at a time of the site's clocks: "mon",
// "mon, thu" or "mon-fri". As to changed clocks it does as `daily` does. It remembers
// one moment.
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
//	mqtt_out bins {
//	  via   = home
//	  topic = "house/bins"
//	  send  = "Put the bins out"
//	  when  = weekly("mon, thu", "19:30")
//	}
//
//flow:op weekly
//flow:call on, at, {missed?, zone?}
//flow:out event
//flow:ready always
//flow:rate most 24.h
//flow:calendar
type Weekly struct {
	// On are the days, "mon-fri".
	On fn.Weekdays
	// At is the time of day, "07:00".
	At fn.TimeOfDay
	// Missed is what becomes of the times that the clock passed over when it was put
	// forward by more than a minute.
	Missed Missed `default:"skip"`

	agenda agenda
}

// Step happens when the time has come.
func (o *Weekly) Step(t flow.Tick, zone fn.Zone) flow.Hap[flow.Unit] {
	return o.agenda.event(t, o.Missed, func(after time.Time) time.Time {
		return zone.OnDays(after, o.At.SinceMidnight(), func(day time.Time) bool { return o.On.Has(day.Weekday()) })
	})
}
