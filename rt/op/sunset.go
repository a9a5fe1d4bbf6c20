package op

import (
	"time"

	"flowc/rt/flow"
	"flowc/rt/fn"
)

// Sunset happens at sunset of the site, or so long after it; a negative time is so long
// before it. Sunset is when the upper edge of the sun touches a flat horizon. Where the
// sun does not cross the horizon for weeks it does not happen. It is an event;
// `sun.down` is the level. It remembers one moment.
//
//	site {
//	  latitude  = 52.52
//	  longitude = 13.40
//	  timezone  = "Europe/Berlin"
//	}
//
//	motion hall {
//	  pin = 4
//	}
//
//	led lamp {
//	  pin = 18
//	  on  = latch(sunset(-30.min), rises(hall.active))
//	}
//
//flow:op sunset
//flow:call offset?, {missed?}
//flow:out event
//flow:ready always
//flow:rate most 24.h
//flow:calendar
type Sunset struct {
	// Offset is how much later it happens.
	Offset time.Duration `default:"0.s"`
	// Missed is what becomes of the times that the clock passed over when it was put
	// forward by more than a minute.
	Missed Missed `default:"skip"`

	agenda agenda
}

// Step happens when the time has come.
func (o *Sunset) Step(t flow.Tick, site fn.Site) flow.Hap[flow.Unit] {
	return o.agenda.event(t, o.Missed, func(after time.Time) time.Time {
		if next := site.NextSunset(after.Add(-o.Offset)); !next.IsZero() {
			return next.Add(o.Offset)
		}
		return time.Time{}
	})
}
