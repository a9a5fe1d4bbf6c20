package op

import (
	"flowc/rt/flow"
	"flowc/rt/fn"
)

// SunUp is on from sunrise to sunset at the site: the opposite of `sun.down`. Until the
// machine's clock has been set it is not ready. It remembers one moment.
//
//	site {
//	  latitude  = 52.52
//	  longitude = 13.40
//	  timezone  = "Europe/Berlin"
//	}
//
//	led day {
//	  pin = 18
//	  on  = sun.up
//	}
//
//flow:op sun.up
//flow:call
//flow:out value
//flow:ready first
//flow:rate most 2 24.h
//flow:calendar
type SunUp struct{ agenda agenda }

// Step looks where the sun is, and waits until it crosses the horizon.
func (o *SunUp) Step(t flow.Tick, site fn.Site) flow.Val[bool] { return sunUp(t, &o.agenda, site) }
