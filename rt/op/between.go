package op

import (
	"time"

	"flowc/rt/flow"
	"flowc/rt/fn"
)

// Between is on from one time of day to another by the site's clocks, also across
// midnight. It goes on at the first and off at the second. Until the machine's clock
// has been set it is not ready. It remembers one moment.
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
//	led night_light {
//	  pin = 18
//	  on  = hall.active && between("22:00", "06:00")
//	}
//
//flow:op between
//flow:call from, to, {zone?}
//flow:out value
//flow:ready first
//flow:rate most 2 24.h
//flow:calendar
type Between struct {
	// From is when it goes on, "22:00".
	From fn.TimeOfDay
	// To is when it goes off, "06:00".
	To fn.TimeOfDay

	agenda agenda
}

// Step looks which of the two comes next: between them it is the second.
func (o *Between) Step(t flow.Tick, zone fn.Zone) flow.Val[bool] {
	next := func(after time.Time, c fn.TimeOfDay) time.Time {
		return zone.OnDays(after, c.SinceMidnight(), func(time.Time) bool { return true })
	}
	o.agenda.due(t, MissedSkip, func(after time.Time) time.Time {
		if from, to := next(after, o.From), next(after, o.To); from.Before(to) {
			return from
		} else {
			return to
		}
	})
	now, set := t.Wall()
	return flow.When(set, next(now, o.To).Before(next(now, o.From)))
}
