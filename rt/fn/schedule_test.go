package fn

import (
	"flag"
	"testing"
	"time"
)

var wholeCalendar = flag.Bool("calendar", false, "count the minutes of every zone for 20 years instead of a sample")

// calendarZones are places whose clocks differ in what may go wrong: changes in both
// halves of the year, at midnight, by half an hour, twice a year and not at all, zones of
// quarter hours, a day that was left out (Apia, 2011), rules that came and went.
var calendarZones = []string{
	"Europe/Berlin", "Europe/London", "Europe/Lisbon", "Europe/Moscow", "Europe/Istanbul",
	"America/New_York", "America/Los_Angeles", "America/Sao_Paulo", "America/Havana", "America/St_Johns",
	"America/Caracas", "America/Nuuk", "America/Asuncion", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran",
	"Asia/Gaza", "Asia/Amman", "Asia/Pyongyang", "Australia/Lord_Howe", "Australia/Adelaide",
	"Pacific/Apia", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Fiji", "Africa/Casablanca", "Africa/Cairo", "UTC",
}

// counted says at which minutes a time of day comes, without asking when clocks change:
// it goes through all minutes, and for each day of the calendar takes the first at which
// the clocks show that time or a later one of that day, or, where they skip to the next
// day at once, the first of that.
func counted(loc *time.Location, from, to time.Time, clocks []time.Duration, tell func(n int, at time.Time)) {
	today := int64(-1)
	done := make([]bool, len(clocks))
	for t := from; t.Before(to); t = t.Add(time.Minute) {
		_, offset := t.In(loc).Zone()
		shown := t.Unix() + int64(offset) // what the clocks show, as if they were those of UTC
		if day := shown / 86400; day != today {
			for n := range clocks { // clocks went from before it to another day
				if today >= 0 && !done[n] {
					tell(n, t)
				}
			}
			today = day
			clear(done)
		}
		for n, c := range clocks {
			if !done[n] && shown%86400 >= int64(c/time.Second) {
				done[n] = true
				tell(n, t)
			}
		}
	}
}

// TestCalendarAgainstTheMinutes compares when daily times come with a count of minutes.
func TestCalendarAgainstTheMinutes(t *testing.T) {
	zones, years := calendarZones, 10
	if *wholeCalendar {
		years = 20
	}
	clocks := []time.Duration{
		0, 30 * time.Minute, 90 * time.Minute, 2 * time.Hour, 150 * time.Minute, 165 * time.Minute,
		3 * time.Hour, 7*time.Hour + 5*time.Minute, 22*time.Hour + 30*time.Minute, 23*time.Hour + 59*time.Minute,
	}
	any := func(time.Time) bool { return true }
	for _, name := range zones {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			zone, err := ParseZone(name)
			if err != nil {
				t.Fatal(err)
			}
			from := time.Date(2010, 12, 31, 23, 0, 0, 0, time.UTC)
			next := make([]time.Time, len(clocks))
			// The count begins within a day: the first days are not compared.
			settled := from.AddDate(0, 0, 3)
			counted(zone.loc, from, from.AddDate(years, 0, 0), clocks, func(n int, at time.Time) {
				if at.Before(settled) {
					return
				}
				if !next[n].IsZero() && !next[n].Equal(at) {
					t.Errorf("%v: counted %v, the calendar says %v", clocks[n], at.In(zone.loc), next[n].In(zone.loc))
				}
				next[n] = zone.OnDays(at, clocks[n], any)
			})
		})
	}
}

// TestCronAgainstTheMinutes compares schedules that run at minutes of every hour with a
// count of all minutes, and those of fixed hours with daily times.
func TestCronAgainstTheMinutes(t *testing.T) {
	for _, name := range []string{"Europe/Berlin", "America/Havana", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"} {
		zone, err := ParseZone(name)
		if err != nil {
			t.Fatal(err)
		}
		c, err := ParseCron("*/20 * * * mon-fri")
		if err != nil {
			t.Fatal(err)
		}
		from := time.Date(2011, 1, 1, 0, 0, 0, 0, time.UTC)
		next := c.Next(zone, from)
		for at := from.Add(time.Minute); at.Before(from.AddDate(1, 0, 10)); at = at.Add(time.Minute) {
			l := at.In(zone.loc)
			fits := l.Minute()%20 == 0 && l.Weekday() != time.Saturday && l.Weekday() != time.Sunday
			if fits != next.Equal(at) {
				t.Fatalf("%s: at %v, next %v", name, l, next.In(zone.loc))
			}
			if fits {
				next = c.Next(zone, at)
			}
		}
		daily, _ := ParseCron("30 2 * * *")
		at := from
		for range 400 {
			want := zone.OnDays(at, 150*time.Minute, func(time.Time) bool { return true })
			if got := daily.Next(zone, at); !got.Equal(want) {
				t.Fatalf("%s: after %v: %v, want %v", name, at, got, want)
			}
			at = want
		}
	}
}

func TestCronFields(t *testing.T) {
	utc := Zone{}
	at := time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC) // a Monday
	for text, want := range map[string]string{
		"* * * * *":            "2026-06-01T12:01:00Z",
		"0 9 * * *":            "2026-06-02T09:00:00Z",
		"15,45 12 * * *":       "2026-06-01T12:15:00Z",
		"10-20/5 13 * * *":     "2026-06-01T13:10:00Z",
		"0 0 29 2 *":           "2028-02-29T00:00:00Z",
		"0 0 29 2 mon":         "2027-02-01T00:00:00Z", // either day is enough
		"0 0 * * sun":          "2026-06-07T00:00:00Z",
		"0 0 * * 7":            "2026-06-07T00:00:00Z",
		"0 0 1 jan *":          "2027-01-01T00:00:00Z",
		"5/10 * * * *":         "2026-06-01T12:05:00Z",
		"0 8-18/2 * * mon-fri": "2026-06-01T14:00:00Z",
	} {
		c, err := ParseCron(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := c.Next(utc, at).Format(time.RFC3339); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
	for _, text := range []string{"", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "*/0 * * * *", "5-1 * * * *", "a * * * *", "* * * foo *", "1,,2 * * * *", "-1 * * * *", "** * * * *"} {
		if _, err := ParseCron(text); err == nil {
			t.Errorf("%q is read", text)
		}
	}
	if c, _ := ParseCron("0 0 30 feb *"); c.Comes() {
		t.Error("the 30th of February comes")
	}
}

func TestClockTimesAndWeekdays(t *testing.T) {
	for text, want := range map[string]time.Duration{"00:00": 0, "7:05": 425 * time.Minute, "23:59:59": 24*time.Hour - time.Second} {
		if c, err := ReadTimeOfDay(text); err != nil || c.SinceMidnight() != want {
			t.Errorf("%s: %v, %v", text, c.SinceMidnight(), err)
		}
	}
	for _, text := range []string{"", "7", "24:00", "12:60", "12:5", "12:00:60", "12:00:00:00", "noon", "-1:00", "12 00"} {
		if _, err := ReadTimeOfDay(text); err == nil {
			t.Errorf("%q is read", text)
		}
	}
	for text, want := range map[string]uint8{"mon": 2, "Sunday": 1, "mon-fri": 62, "sat, sun": 65, "fri-mon": 99} {
		if w, err := ParseWeekdays(text); err != nil || w.set != want {
			t.Errorf("%s: %b, %v", text, w.set, err)
		}
	}
	for _, text := range []string{"", "mo", "day", "mon-", "mon;tue"} {
		if _, err := ParseWeekdays(text); err == nil {
			t.Errorf("%q is read", text)
		}
	}
}
