package fn

import (
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata"
)

func zoneNamed(t testing.TB, name string) Zone {
	t.Helper()
	z, err := ParseZone(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func moment0(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func TestZones(t *testing.T) {
	for _, name := range []string{"", "Local", "Mars/Base", "../etc/passwd"} {
		if _, err := ParseZone(name); err == nil {
			t.Errorf("there is a zone %q", name)
		}
		if _, err := NewZone(name, "no TZif"); err == nil {
			t.Errorf("the zone %q has no data", name)
		}
	}
	noon := moment0("2026-06-01T12:00:00Z")
	check(t, []call{
		{"site", Hour(zoneNamed(t, "Europe/Berlin"), noon), int64(14)},
		{"no site", Hour(Zone{}, noon), int64(12)},
		{"elsewhere", Hour(zoneNamed(t, "Europe/Berlin"), InZone(noon, zoneNamed(t, "Asia/Tokyo"))), int64(21)},
		{"UTC at a site", Hour(zoneNamed(t, "Europe/Berlin"), InZone(noon, zoneNamed(t, "UTC"))), int64(12)},
		{"the machine's", Hour(zoneNamed(t, "Europe/Berlin"), noon.Local()), int64(14)},
		{"back home", Hour(zoneNamed(t, "Europe/Berlin"), InZone(InZone(noon, zoneNamed(t, "Asia/Tokyo")), Zone{})), int64(14)},
	})
}

func TestCalendar(t *testing.T) {
	berlin := zoneNamed(t, "Europe/Berlin")
	late := moment0("2026-12-31T23:30:45Z") // half past midnight of the first of January
	check(t, []call{
		{"year", Year(berlin, late), int64(2027)},
		{"month", Month(berlin, late), int64(1)},
		{"hour", Hour(berlin, late), int64(0)},
		{"minute", Minute(berlin, late), int64(30)},
		{"day_of_year", DayOfYear(berlin, late), int64(1)},
		{"day_of_year in UTC", DayOfYear(Zone{}, late), int64(365)},
		{"date", DateOf(berlin, late), Date{2027, 1, 1}},
		{"time_of_day", ClockOf(berlin, late), TimeOfDay{0, 30, 45}},
		{"weekday", WeekdayOf(berlin, late), Friday},
		{"weekday in UTC", WeekdayOf(Zone{}, late), Thursday},
		{"is_weekend", IsWeekend(berlin, late), false},
		{"is_weekend a day later", IsWeekend(berlin, late.Add(24*time.Hour)), true},
		{"is_weekend two days later", IsWeekend(berlin, late.Add(48*time.Hour)), true},
		{"start_of_week", FormatTime(StartOfWeek(berlin, late)), "2026-12-27T23:00:00Z"},
		{"start_of_week on Sunday", FormatTime(StartOfWeek(berlin, late.Add(48*time.Hour))), "2026-12-27T23:00:00Z"},
		{"start_of_week on Monday", FormatTime(StartOfWeek(berlin, late.Add(72*time.Hour))), "2027-01-03T23:00:00Z"},
		{"start_of_month", FormatTime(StartOfMonth(berlin, late)), "2026-12-31T23:00:00Z"},
		{"start_of_month in UTC", FormatTime(StartOfMonth(Zone{}, late)), "2026-12-01T00:00:00Z"},
		{"start_of_hour", FormatTime(StartOfHour(berlin, late)), "2026-12-31T23:00:00Z"},
	})
}

// Days when clocks change, by places that change them at odd times.
func TestClocksThatChange(t *testing.T) {
	for _, c := range []struct{ zone, at, start, end string }{
		{"Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"},    // 23 hours
		{"Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"},    // 25 hours
		{"America/Santiago", "2026-09-06T12:00:00Z", "2026-09-06T04:00:00Z", "2026-09-07T03:00:00Z"}, // begins at 01:00
		{"America/Havana", "2026-11-01T12:00:00Z", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"},   // midnight comes once, 00:00–01:00 twice
		{"Pacific/Apia", "2011-12-31T00:00:00Z", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"},     // the day before does not exist
		{"Asia/Kathmandu", "2026-06-01T12:00:00Z", "2026-05-31T18:15:00Z", "2026-06-01T18:15:00Z"},   // 5:45 from UTC
	} {
		z, at := zoneNamed(t, c.zone), moment0(c.at)
		if got := FormatTime(StartOfDay(z, at)); got != c.start {
			t.Errorf("%s: start_of_day(%s) = %s, want %s", c.zone, c.at, got, c.start)
		}
		if got := FormatTime(EndOfDay(z, at)); got != c.end {
			t.Errorf("%s: end_of_day(%s) = %s, want %s", c.zone, c.at, got, c.end)
		}
	}
}

// After its list of changes has ended, Go reports that a zone begins with each
// year of UTC, which is in the middle of an hour of Newfoundland.
func TestHoursHaveNoFalseBeginning(t *testing.T) {
	z := zoneNamed(t, "America/St_Johns")
	if got := FormatTime(StartOfHour(z, moment0("2041-01-01T00:15:00Z"))); got != "2040-12-31T23:30:00Z" {
		t.Errorf("the hour begins at %s", got)
	}
}

// Whatever the moment and the place: it lies in its hour, day, week and month,
// and what begins then begins no earlier.
func TestBeginningsHold(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 9))
	type fields struct{ a, b, c, d int }
	for _, name := range []string{"Europe/Berlin", "America/Santiago", "America/Havana", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu", "America/St_Johns"} {
		z := zoneNamed(t, name)
		for range 3000 {
			at := time.Unix(1.6e9+rng.Int64N(4e8), rng.Int64N(1e9)).UTC()
			for what, c := range map[string]struct {
				start func(Zone, time.Time) time.Time
				of    func(l time.Time) fields
			}{
				"hour":  {StartOfHour, func(l time.Time) fields { return fields{l.Year(), l.YearDay(), l.Hour(), offsetOf(l)} }},
				"day":   {StartOfDay, func(l time.Time) fields { return fields{a: l.Year(), b: l.YearDay()} }},
				"week":  {StartOfWeek, func(l time.Time) fields { y, w := l.ISOWeek(); return fields{a: y, b: w} }},
				"month": {StartOfMonth, func(l time.Time) fields { return fields{a: l.Year(), b: int(l.Month())} }},
			} {
				start := c.start(z, at)
				here := c.of(z.local(at))
				if start.After(at) || c.of(z.local(start)) != here || c.of(z.local(start.Add(-1))) == here {
					t.Fatalf("%s: the %s of %v begins at %v", name, what, z.local(at), z.local(start))
				}
				if start.Location() != time.UTC {
					t.Fatalf("%v is not in UTC", start)
				}
			}
			if end := EndOfDay(z, at); !end.After(at) || !StartOfDay(z, end).Equal(end) || !StartOfDay(z, end.Add(-1)).Equal(StartOfDay(z, at)) {
				t.Fatalf("%s: the day of %v ends at %v", name, at, end)
			}
		}
	}
}

func offsetOf(t time.Time) int {
	_, seconds := t.Zone()
	return seconds
}
