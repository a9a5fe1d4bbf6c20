package op

import (
	"time"

	"flowc/rt/flow"
	"flowc/rt/fn"
)

// SunDown is on from sunset to sunrise at the site. Until the machine's clock has been
// set it is not ready. For dusk compare `sun.elevation`: civil dusk is -6.deg, full
// night -18.deg. It remembers one moment.
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
//	  on  = hall.active && sun.down
//	}
//
//flow:op sun.down
//flow:call
//flow:out value
//flow:ready first
//flow:rate most 2 24.h
//flow:calendar
type SunDown struct{ agenda agenda }

// Step looks where the sun is, and waits until it crosses the horizon.
func (o *SunDown) Step(t flow.Tick, site fn.Site) flow.Val[bool] {
	up := sunUp(t, &o.agenda, site)
	return flow.When(up.OK, !up.V)
}

// sunUp looks again when the sun rises and sets.
func sunUp(t flow.Tick, a *agenda, site fn.Site) flow.Val[bool] {
	a.due(t, MissedSkip, func(after time.Time) time.Time {
		rise, set := site.NextSunrise(after), site.NextSunset(after)
		if rise.IsZero() || !set.IsZero() && set.Before(rise) {
			return set
		}
		return rise
	})
	now, set := t.Wall()
	return flow.When(set, set && site.SunIsUp(now))
}
