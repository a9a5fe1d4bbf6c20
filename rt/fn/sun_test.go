package fn

import (
	"math"
	"testing"
	"time"
)

func utc(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04:05", text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// near holds a time against one that was published, to the minute.
func near(t *testing.T, what string, got, want time.Time) {
	t.Helper()
	if d := got.Sub(want); d > 2*time.Minute || d < -2*time.Minute {
		t.Errorf("%s: %v, published %v", what, got.Format("2006-01-02 15:04:05"), want.Format("2006-01-02 15:04:05"))
	}
}

// TestSunAgainstMeeus takes examples 25.a and 28.a of Jean Meeus, Astronomical
// Algorithms: 13 October 1992 at 0 h.
func TestSunAgainstMeeus(t *testing.T) {
	declination, equation := sunDeclination(utc(t, "1992-10-13 00:00:00"))
	if math.Abs(declination - -7.78507) > 0.01 || math.Abs(equation-(13+42.6/60)) > 0.1 {
		t.Errorf("declination %v, equation of time %v", declination, equation)
	}
}

// TestSunAgainstSPA takes the example of Reda and Andreas, Solar Position Algorithm for
// Solar Radiation Applications, NREL/TP-560-34302: Golden, Colorado, 17 October 2003.
// Its zenith is seen through the air, 0.016 degrees higher than it is.
func TestSunAgainstSPA(t *testing.T) {
	s := Site{Latitude: 39.742476, Longitude: -105.1786}
	elevation, azimuth := s.SunAt(utc(t, "2003-10-17 19:30:30"))
	if math.Abs(elevation-(90-50.111622-0.016)) > 0.02 || math.Abs(azimuth-194.340241) > 0.02 {
		t.Errorf("elevation %v, azimuth %v", elevation, azimuth)
	}
	midnight := utc(t, "2003-10-17 07:00:00")
	near(t, "sunrise", s.NextSunrise(midnight), utc(t, "2003-10-17 13:12:43"))
	near(t, "sunset", s.NextSunset(midnight), utc(t, "2003-10-18 00:20:19"))
}

// TestSunAgainstTables takes sunrises of 1 January 2002 on the meridian of Greenwich, as
// the table of the AstronomyAnswerBook (aa.quae.nl, The Position of the Sun: Tables)
// has them, and the solstices of 2024 in the yearly tables of the Astronomical
// Applications Department of the U.S. Naval Observatory.
func TestSunAgainstTables(t *testing.T) {
	for latitude, clock := range map[float64]string{
		-60: "02:43", -50: "03:55", -40: "04:35", -30: "05:02", -20: "05:24", -10: "05:43",
		0: "06:00", 10: "06:17", 20: "06:35", 30: "06:56", 40: "07:22", 50: "07:59",
	} {
		s := Site{Latitude: latitude}
		near(t, "2002-01-01", s.NextSunrise(utc(t, "2002-01-01 00:00:00")), utc(t, "2002-01-01 "+clock+":00"))
	}
	for _, c := range []struct {
		s             Site
		from          string
		sunrise, sets string
	}{
		{Site{51.5, -0.12}, "2024-06-20 23:00:00", "2024-06-21 03:43:00", "2024-06-21 20:21:00"}, // London
		{Site{51.5, -0.12}, "2024-12-21 00:00:00", "2024-12-21 08:04:00", "2024-12-21 15:53:00"},
		{Site{40.71, -74.01}, "2024-06-21 05:00:00", "2024-06-21 09:25:00", "2024-06-22 00:31:00"}, // New York
		{Site{40.71, -74.01}, "2024-12-21 06:00:00", "2024-12-21 12:17:00", "2024-12-21 21:32:00"},
	} {
		near(t, "sunrise", c.s.NextSunrise(utc(t, c.from)), utc(t, c.sunrise))
		near(t, "sunset", c.s.NextSunset(utc(t, c.from)), utc(t, c.sets))
	}
}

// almanac is another way to the times: the algorithm of the Almanac for Computers (U.S.
// Naval Observatory, 1990), which knows one sunrise and one sunset for each day.
func almanac(day time.Time, s Site, rises bool) (at time.Time, ok bool) {
	const zenith = 90.833
	sin := func(d float64) float64 { return math.Sin(radians(d)) }
	cos := func(d float64) float64 { return math.Cos(radians(d)) }
	whole := func(d, n float64) float64 { return math.Mod(math.Mod(d, n)+n, n) }
	hours := s.Longitude / 15
	approx := float64(day.YearDay()) + (18-hours)/24
	if rises {
		approx = float64(day.YearDay()) + (6-hours)/24
	}
	anomaly := 0.9856*approx - 3.289
	long := whole(anomaly+1.916*sin(anomaly)+0.020*sin(2*anomaly)+282.634, 360)
	ascension := whole(degrees(math.Atan(0.91764*math.Tan(radians(long)))), 360)
	ascension += math.Floor(long/90)*90 - math.Floor(ascension/90)*90
	sinDec := 0.39782 * sin(long)
	cosDec := math.Cos(math.Asin(sinDec))
	cosHour := (cos(zenith) - sinDec*sin(s.Latitude)) / (cosDec * cos(s.Latitude))
	if cosHour > 1 || cosHour < -1 {
		return time.Time{}, false
	}
	angle := degrees(math.Acos(cosHour))
	if rises {
		angle = 360 - angle
	}
	clock := whole(angle/15+ascension/15-0.06571*approx-6.622, 24) - hours // of the local day
	return day.Add(time.Duration(clock * float64(time.Hour))), true
}

// TestSunAgainstTheAlmanac compares every day of a year from 60 degrees south to 60 north.
func TestSunAgainstTheAlmanac(t *testing.T) {
	for latitude := -60.0; latitude <= 60; latitude += 5 {
		for _, longitude := range []float64{-170, -75, 0, 13.4, 151} {
			s := Site{latitude, longitude}
			for day := utc(t, "2026-01-01 00:00:00"); day.Year() == 2026; day = day.AddDate(0, 0, 3) {
				for _, rises := range []bool{true, false} {
					want, ok := almanac(day, s, rises)
					if !ok {
						t.Fatalf("the almanac has no day at %v", latitude)
					}
					got := s.NextSunset(want.Add(-3 * time.Hour))
					if rises {
						got = s.NextSunrise(want.Add(-3 * time.Hour))
					}
					if d := got.Sub(want); d > 2*time.Minute || d < -2*time.Minute {
						t.Fatalf("%v on %v, rises %v: %v, the almanac says %v", s, day.Format("2 January"), rises, got, want)
					}
				}
			}
		}
	}
}

// TestSunAtThePoles has days without a sunrise: the next one is months away, and the
// search ends.
func TestSunAtThePoles(t *testing.T) {
	tromso := Site{69.65, 18.96}
	if at := tromso.NextSunrise(utc(t, "2026-12-01 00:00:00")); at.Before(utc(t, "2027-01-10 00:00:00")) || at.After(utc(t, "2027-01-20 00:00:00")) {
		t.Errorf("the polar night of Tromsø ends %v", at)
	}
	if up := tromso.SunIsUp(utc(t, "2026-06-21 00:00:00")); !up {
		t.Error("no midnight sun in Tromsø")
	}
	if at := tromso.NextSunset(utc(t, "2026-06-01 00:00:00")); at.Before(utc(t, "2026-07-20 00:00:00")) || at.After(utc(t, "2026-07-31 00:00:00")) {
		t.Errorf("the midnight sun of Tromsø ends %v", at)
	}
	for _, s := range []Site{{90, 0}, {-90, 0}} {
		s.NextSunrise(utc(t, "2026-01-01 00:00:00"))
		s.NextSunset(utc(t, "2026-01-01 00:00:00"))
	}
}

func TestSunCrossesTheHorizonWhenItSaysSo(t *testing.T) {
	s := Site{52.52, 13.4}
	at := utc(t, "2026-01-01 00:00:00")
	for range 400 {
		at = s.NextSunrise(at)
		if s.SunIsUp(at.Add(-time.Second)) || !s.SunIsUp(at) {
			t.Fatalf("at %v the sun does not rise", at)
		}
		set := s.NextSunset(at)
		if !s.SunIsUp(set.Add(-time.Second)) || s.SunIsUp(set) || set.Sub(at) > 17*time.Hour {
			t.Fatalf("at %v the sun does not set", set)
		}
	}
}
