package op

import (
	"time"

	"flowc/rt/flow"
	"flowc/rt/fn"
)

// Monthly happens once a month on a day at a time of the site's clocks. In a month that
// has no such day it is the last one, so 31 is always the last. As to changed clocks it
// does as `daily` does. It remembers one moment.
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
//	mqtt_out read_meters {
//	  via   = home
//	  topic = "house/meters"
//	  send  = "Read the meters"
//	  when  = monthly(1, "08:00")
//	}
//
//flow:op monthly
//flow:call day, at, {missed?, zone?}
//flow:out event
//flow:ready always
//flow:rate most 24.h
//flow:calendar
type Monthly struct {
	// Day is the day of the month.
	Day int64 `range:"1,31"`
	// At is the time of day, "07:00".
	At fn.TimeOfDay
	// Missed is what becomes of the times that the clock passed over when it was put
	// forward by more than a minute.
	Missed Missed `default:"skip"`

	agenda agenda
}

// Step happens when the time has come.
func (o *Monthly) Step(t flow.Tick, zone fn.Zone) flow.Hap[flow.Unit] {
	return o.agenda.event(t, o.Missed, func(after time.Time) time.Time {
		return zone.OnDays(after, o.At.SinceMidnight(), func(day time.Time) bool {
			n := int64(day.Day())
			return n == o.Day || n < o.Day && fn.LastOfMonth(day)
		})
	})
}
