package fn

import (
	"testing"
	"time"
)

// Each day's sunrise and sunset are those that the event finds in it.
func TestSunOnADay(t *testing.T) {
	for _, place := range []struct {
		site Site
		zone string
	}{
		{Site{52.52, 13.40}, "Europe/Berlin"},
		{Site{-36.85, 174.76}, "Pacific/Auckland"},
		{Site{69.65, 18.96}, "Europe/Oslo"}, // two months of day, two of night
		{Site{0, 179.9}, "Pacific/Kiritimati"},
	} {
		zone := Known(ParseZone(place.zone))
		missing := 0
		for n := range 365 {
			day := DateOf(zone, time.Date(2026, 1, 1+n, 12, 0, 0, 0, time.UTC))
			begin := startOfDay(zone, at(zone.local(time.Unix(0, 0)), int(day.Year), int(day.Month), int(day.Day), 12*time.Hour), 0)
			for _, c := range []struct {
				name string
				got  func(Zone, Site, Date) (time.Time, bool)
				next func(time.Time) time.Time
			}{
				{"sunrise", func(z Zone, s Site, d Date) (time.Time, bool) { o := SunriseOn(z, s, d); return o.V, o.OK }, place.site.NextSunrise},
				{"sunset", func(z Zone, s Site, d Date) (time.Time, bool) { o := SunsetOn(z, s, d); return o.V, o.OK }, place.site.NextSunset},
			} {
				got, ok := c.got(zone, place.site, day)
				want := c.next(begin.Add(-time.Second))
				is := DateOf(zone, want) == day
				if ok != is || ok && !got.Equal(want) {
					t.Fatalf("%s in %s on %s: %v %v, want %v %v", c.name, place.zone, FormatDate(day), got, ok, want, is)
				}
				if !ok {
					missing++
				}
			}
		}
		if polar := place.zone == "Europe/Oslo"; polar != (missing > 100) || !polar && missing > 0 {
			t.Errorf("%s: %d sunrises and sunsets are missing in a year", place.zone, missing)
		}
	}
}
