package op

import (
	"time"

	"flowc/rt/flow"
	"flowc/rt/fn"
)

// Cron happens as the five fields of cron say, by the site's clocks: minute, hour, day
// of the month, month, day of the week. Where both days are given either is enough, as
// in every cron. A fixed hour does as `daily` does when clocks change; with a star for
// the hour every minute that fits counts, also the doubled ones. It remembers one
// moment.
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
//	mqtt_out school_bell {
//	  via   = home
//	  topic = "school/bell"
//	  send  = "ring"
//	  when  = cron("45 7-12 * * mon-fri")
//	}
//
//flow:op cron
//flow:call fields, {missed?, zone?}
//flow:out event
//flow:ready always
//flow:rate most 1.min
//flow:calendar
type Cron struct {
	// Fields are the five fields, "*/15 8-18 * * mon-fri".
	Fields fn.Cron
	// Missed is what becomes of the times that the clock passed over when it was put
	// forward by more than a minute.
	Missed Missed `default:"skip"`

	agenda agenda
}

// Step happens when the time has come.
func (o *Cron) Step(t flow.Tick, zone fn.Zone) flow.Hap[flow.Unit] {
	return o.agenda.event(t, o.Missed, func(after time.Time) time.Time { return o.Fields.Next(zone, after) })
}
