package op

import (
	"flowc/rt/flow"
	"flowc/rt/fn"
	"flowc/rt/unit"
)

// SunElevation is how high the centre of the sun stands above the horizon, below it less than
// nothing, without the bending of light by the air. It is worked out on every full
// minute. Until the machine's clock has been set it is not ready. It remembers one
// moment.
//
//	site {
//	  latitude  = 52.52
//	  longitude = 13.40
//	  timezone  = "Europe/Berlin"
//	}
//
//	led lamp {
//	  pin = 18
//	  on  = sun.elevation < -6.deg
//	}
//
//flow:op sun.elevation
//flow:call
//flow:out value
//flow:ready first
//flow:rate exact 1.min
//flow:calendar
type SunElevation struct{ agenda agenda }

// Step works it out, and waits for the next minute.
func (o *SunElevation) Step(t flow.Tick, site fn.Site) flow.Val[unit.Angle] {
	now, set := everyMinute(t, &o.agenda)
	if !set {
		return flow.Val[unit.Angle]{}
	}
	e, _ := site.SunAt(now)
	return flow.Ready(unit.Angle(e))
}
