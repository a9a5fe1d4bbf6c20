package op

import (
	"flowc/rt/flow"
	"flowc/rt/fn"
	"flowc/rt/unit"
)

// SunAzimuth is in which direction the sun stands, in degrees from north over east: 90.deg is
// east, 180.deg south. It is worked out on every full
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
//	  on  = sun.azimuth > 120.deg && sun.azimuth < 240.deg
//	}
//
//flow:op sun.azimuth
//flow:call
//flow:out value
//flow:ready first
//flow:rate exact 1.min
//flow:calendar
type SunAzimuth struct{ agenda agenda }

// Step works it out, and waits for the next minute.
func (o *SunAzimuth) Step(t flow.Tick, site fn.Site) flow.Val[unit.Angle] {
	now, set := everyMinute(t, &o.agenda)
	if !set {
		return flow.Val[unit.Angle]{}
	}
	_, e := site.SunAt(now)
	return flow.Ready(unit.Angle(e))
}
