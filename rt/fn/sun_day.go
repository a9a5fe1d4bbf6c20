package fn

import (
	"time"

	"flowc/rt/flow"
)

// SunriseOn is the moment of sunrise on a day, at the flow's site and by its
// calendar. It is missing on days without one, as beyond the polar circles. What is to
// happen at sunrise uses the event `sunrise()`; this one is for reckoning.
//
//	hour(default(sunrise_on("2026-06-21"), from_unix(0, s)))  # 2
//
//flow:func sunrise_on
func SunriseOn(zone Zone, site Site, day Date) flow.Opt[time.Time] {
	return onDate(zone, day, site.NextSunrise)
}

// SunsetOn is the moment of sunset on a day, at the flow's site and by its calendar. It
// is missing on days without one, as beyond the polar circles. What is to happen at
// sunset uses the event `sunset()`; this one is for reckoning.
//
//	hour(default(sunset_on("2026-06-21"), from_unix(0, s)))  # 19
//
//flow:func sunset_on
func SunsetOn(zone Zone, site Site, day Date) flow.Opt[time.Time] {
	return onDate(zone, day, site.NextSunset)
}

// onDate is the first of the moments that next finds on a day, if one is.
func onDate(zone Zone, day Date, next func(after time.Time) time.Time) flow.Opt[time.Time] {
	begin := at(zone.local(time.Unix(0, 0)), int(day.Year), int(day.Month), int(day.Day), 0)
	t := next(begin.Add(-time.Second))
	if t.IsZero() || DateOf(zone, t) != day {
		return flow.Opt[time.Time]{}
	}
	return flow.Opt[time.Time]{V: t, OK: true}
}
