package fn

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func TestFormatTimeAs(t *testing.T) {
	berlin := zoneNamed(t, "Europe/Berlin")
	at := moment0("2026-06-01T14:04:05Z").Add(7 * time.Millisecond)
	for layout, want := range map[string]string{
		"yyyy-MM-dd HH:mm":             "2026-06-01 16:04",
		"d.M.yy H:m:s":                 "1.6.26 16:4:5",
		"EEE d MMM, h:mm a":            "Mon 1 Jun, 4:04 PM",
		"EEEE, d MMMM yyyy":            "Monday, 1 June 2026",
		"yyyy-MM-dd'T'HH:mm:ss.SSSXXX": "2026-06-01T16:04:05.007+02:00",
		"hh 'o''clock'":                "04 o'clock",
		"'o'''":                        "o'",
		"":                             "",
		"dd/MM – HH:mm °":              "01/06 – 16:04 °",
	} {
		l, err := ParseLayout(layout)
		if err != nil {
			t.Errorf("%q: %v", layout, err)
			continue
		}
		if got := FormatTimeAs(berlin, at, l); got != want {
			t.Errorf("format_time(…, %q) = %q, want %q", layout, got, want)
		}
	}
	if got := FormatTimeAs(Zone{}, at, Known(ParseLayout("HH XXX"))); got != "14 Z" {
		t.Errorf("in UTC: %q", got)
	}
}

// Layouts agree with package time's.
func TestLayoutsAgree(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	l := Known(ParseLayout("yyyy yy MMMM MMM MM M dd d EEEE EEE HH hh h mm m ss s SSS a XXX"))
	const theirs = "2006 06 January Jan 01 1 02 2 Monday Mon 15 03 3 04 4 05 5 .000 PM Z07:00"
	zone := zoneNamed(t, "America/St_Johns")
	for range 2000 {
		at := time.Unix(rng.Int64N(1e11)-5e10, rng.Int64N(1e9)).UTC()
		want := at.In(zone.loc).Format(theirs)
		// Package time writes milliseconds only after a point.
		want = strings.ReplaceAll(want, ".", "")
		if got := FormatTimeAs(zone, at, l); got != want {
			t.Fatalf("%v is written %q, want %q", at, got, want)
		}
	}
}

func TestWrongLayouts(t *testing.T) {
	for layout, want := range map[string]string{
		"YYYY-MM-DD":  `"YYYY" in the layout has no meaning: yyyy is the year`,
		"yyyyy":       `"yyyyy" in the layout has no meaning: yyyy is the year`,
		"HH:mm:ssZ":   `"Z" in the layout has no meaning: XXX is the distance from UTC`,
		"yyyyTHH":     `"T" in the layout has no meaning: put it between single quotes: 'T'`,
		"HH Uhr":      `"U" in the layout has no meaning: letters that stand for themselves are put between single quotes`,
		"HH 'Uhr":     "a ' in the layout has no other '",
		"ssSS":        `"SS" in the layout has no meaning: SSS is milliseconds, ss seconds`,
		"mmm":         `"mmm" in the layout has no meaning: letters that stand for themselves are put between single quotes`,
		longText(101): "a layout has at most 100 characters",
	} {
		if _, err := ParseLayout(layout); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", layout, err, want)
		}
	}
	for layout, want := range map[string]string{
		"HH:mm":              "to read a moment the layout needs a year (yyyy)",
		"yyyy-dd":            "to read a moment the layout needs a month (MM)",
		"yyyy-MM":            "to read a moment the layout needs a day (dd)",
		"yyyy-MM-dd hh:mm":   "hh, up to 12, and a, for AM or PM, go together; HH goes up to 23",
		"yyyy-MM-dd HH:mm a": "hh, up to 12, and a, for AM or PM, go together; HH goes up to 23",
		"yyyy-MM-dd d":       "to read a moment the layout must not have d twice",
		"yyyy-MM-dd HH hh a": "the layout has the hour twice, as hh and as HH",
		"yyyy-MM-dd DD":      `"DD" in the layout has no meaning: dd is the day of the month`,
	} {
		if _, err := ParseDateLayout(layout); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", layout, err, want)
		}
	}
}

func longText(n int) string {
	s, _ := Repeat("-", int64(n))
	return s
}

func TestParseTime(t *testing.T) {
	berlin := zoneNamed(t, "Europe/Berlin")
	parse := func(s, layout string) any {
		t.Helper()
		l, err := ParseDateLayout(layout)
		if err != nil {
			t.Fatal(err)
		}
		at, err := ParseTime(berlin, s, l)
		if err != nil {
			return "error: " + err.Error()
		}
		return FormatTime(at)
	}
	check(t, []call{
		{"local", parse("2026-06-01 16:04", "yyyy-MM-dd HH:mm"), "2026-06-01T14:04:00Z"},
		{"one digit", parse("1.6.2026 6:04", "d.M.yyyy H:mm"), "2026-06-01T04:04:00Z"},
		{"names", parse("MONDAY, 1 june 26", "EEEE, d MMMM yy"), "2026-05-31T22:00:00Z"},
		{"short names", parse("Mon 1 Jun 2026", "EEE d MMM yyyy"), "2026-05-31T22:00:00Z"},
		{"noon", parse("2026-06-01 12:00 PM", "yyyy-MM-dd hh:mm a"), "2026-06-01T10:00:00Z"},
		{"midnight", parse("2026-06-01 12:00 am", "yyyy-MM-dd hh:mm a"), "2026-05-31T22:00:00Z"},
		{"offset", parse("2026-06-01T16:04:05.250+05:30", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"), "2026-06-01T10:34:05.250Z"},
		{"offset without colon", parse("2026-06-01 16-0330", "yyyy-MM-dd HHXXX"), "2026-06-01T19:30:00Z"},
		{"Z", parse("2026-06-01 16Z", "yyyy-MM-dd HHXXX"), "2026-06-01T16:00:00Z"},
		{"gap", parse("2026-03-29 02:30", "yyyy-MM-dd HH:mm"), "2026-03-29T01:00:00Z"},
		{"twice", parse("2026-10-25 02:30", "yyyy-MM-dd HH:mm"), "2026-10-25T00:30:00Z"},
		{"leap day", parse("2028-02-29", "yyyy-MM-dd"), "2028-02-28T23:00:00Z"},
		{"no day", parse("2026-02-29", "yyyy-MM-dd"), `error: "2026-02-29" is no moment in that layout: there is no such day`},
		{"no month", parse("2026-13-01", "yyyy-MM-dd"), `error: "2026-13-01" is no moment in that layout: a month was expected at "13-01"`},
		{"no hour", parse("2026-12-01 24", "yyyy-MM-dd HH"), `error: "2026-12-01 24" is no moment in that layout: an hour was expected at "24"`},
		{"short", parse("2026-12", "yyyy-MM-dd"), `error: "2026-12" is no moment in that layout: the text "-" is missing at the end`},
		{"long", parse("2026-12-01x", "yyyy-MM-dd"), `error: "2026-12-01x" is no moment in that layout: nothing more was expected at "x"`},
		{"one digit of two", parse("2026-1-01", "yyyy-MM-dd"), `error: "2026-1-01" is no moment in that layout: a month was expected at "1-01"`},
		{"year 0", parse("0000-01-01", "yyyy-MM-dd"), `error: "0000-01-01" is no moment in that layout: a year was expected at "0000-01-01"`},
		{"year 10000", parse("9999-12-31 23-05:00", "yyyy-MM-dd HHXXX"), `error: "9999-12-31 23-05:00" is no moment in that layout: it is outside the years 1 to 9999`},
		{"empty", parse("", "yyyy-MM-dd"), `error: "" is no moment in that layout: a year is missing at the end`},
	})
}

// What is written reads back, except the second time of an hour that comes twice.
func FuzzTimes(f *testing.F) {
	f.Add(int64(1780329845), "1.6.2026 16:04")
	f.Add(int64(-1), "31.12.9999 23:59")
	zone := zoneNamed(f, "Europe/Berlin")
	write := Known(ParseLayout("EEE d.M.yyyy hh:mm:ss a"))
	read := Known(ParseDateLayout("EEE d.M.yyyy hh:mm:ss a"))
	short := Known(ParseDateLayout("d.M.yyyy HH:mm"))
	f.Fuzz(func(t *testing.T, seconds int64, text string) {
		if at, err := FromUnix(seconds, UnixSeconds); err == nil && seconds > firstSecond+1e6 && seconds < lastSecond-1e6 {
			s := FormatTimeAs(zone, at, write)
			back, err := ParseTime(zone, s, read)
			if err != nil || FormatTimeAs(zone, back, write) != s || at.Sub(back) != 0 && at.Sub(back) != time.Hour {
				t.Errorf("%v is written %q and reads back as %v, %v", at, s, back, err)
			}
		}
		if at, err := ParseTime(zone, text, short); err == nil {
			if _, err := ParseTime(zone, FormatTimeAs(zone, at, short.Layout), short); err != nil {
				t.Errorf("%q reads as %v, which does not read back: %v", text, at, err)
			}
		}
	})
}

func TestUnix(t *testing.T) {
	check(t, []call{
		{"seconds", FormatTime(Known(FromUnix(1780329845, UnixSeconds))), "2026-06-01T16:04:05Z"},
		{"milliseconds", FormatTime(Known(FromUnix(1780329845250, UnixMillis))), "2026-06-01T16:04:05.250Z"},
		{"before 1970", FormatTime(Known(FromUnix(-250, UnixMillis))), "1969-12-31T23:59:59.750Z"},
		{"parts", FormatTime(Known(FromUnixNumber(1780329845.25, UnixSeconds))), "2026-06-01T16:04:05.250Z"},
		{"milliseconds as seconds", try(FromUnix(1780329845250, UnixSeconds)), "error: from_unix: 1780329845250 is outside the years 1 to 9999: is it counted in another unit?"},
		{"too large", try(FromUnixNumber(1e300, UnixMicros)).(string)[:18], "error: from_unix: "},
		{"unix s", Unix(Known(FromUnix(-1, UnixMillis)), UnixSeconds), int64(-1)},
		{"unix ms", Unix(Known(FromUnix(-1, UnixMillis)), UnixMillis), int64(-1)},
		{"unix us", Unix(Known(FromUnix(-1, UnixMillis)), UnixMicros), int64(-1000)},
	})
	for _, u := range []UnixUnit{UnixSeconds, UnixMillis, UnixMicros} {
		for _, n := range []int64{0, 1, -1, 1234567, -7654321, 62135596799} {
			if at, err := FromUnix(n, u); err != nil || Unix(at, u) != n {
				t.Errorf("from_unix(%d, %s) = %v, %v", n, u, at, err)
			}
		}
	}
}

func TestHumanize(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0:                                       "0 s",
		3725 * time.Second:                      "1 h 2 min",
		49*time.Hour + 48*time.Minute:           "2 d 2 h",
		59*time.Minute + 59900*time.Millisecond: "1 h",
		61500 * time.Millisecond:                "1 min 2 s",
		9960 * time.Millisecond:                 "10 s",
		1540 * time.Millisecond:                 "1.5 s",
		999600 * time.Microsecond:               "1 s",
		20400 * time.Microsecond:                "20 ms",
		500 * time.Microsecond:                  "1 ms",
		3 * time.Microsecond:                    "3 µs",
		-3725 * time.Second:                     "-1 h 2 min",
		math.MinInt64:                           FormatDuration(math.MinInt64),
	} {
		if got := Humanize(d); got != want && d != math.MinInt64 {
			t.Errorf("humanize(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestToDuration(t *testing.T) {
	check(t, []call{
		{"words", try(ToDuration("1 h 30 min")), 90 * time.Minute},
		{"short", try(ToDuration("1h30min")), 90 * time.Minute},
		{"as in a flow", try(ToDuration("30.s")), 30 * time.Second},
		{"part", try(ToDuration(" 2.5 s ")), 2500 * time.Millisecond},
		{"part of a day", try(ToDuration("0.5d")), 12 * time.Hour},
		{"micro", try(ToDuration("3us 4µs")), 7 * time.Microsecond},
		{"negative", try(ToDuration("-1 min 30 s")), -90 * time.Second},
		{"finer than can be", try(ToDuration("0.00000000000000000001 s")), time.Duration(0)},
		{"empty", try(ToDuration("")), `error: "" is not a duration: a number was expected, as in 30 s`},
		{"no unit", try(ToDuration("30")), `error: "30" is not a duration: the number has no unit, as in 30 s`},
		{"metre", try(ToDuration("5m")), `error: "5m" is not a duration: m is a metre; a minute is min`},
		{"other unit", try(ToDuration("5 kg")), `error: "5 kg" is not a duration: "kg" is no unit of time; there are d, h, min, s, ms and us`},
		{"points", try(ToDuration("1.2.3 s")), `error: "1.2.3 s" is not a duration: the number is too large, or is none`},
		{"no digits", try(ToDuration(". s")), `error: ". s" is not a duration: the number is too large, or is none`},
		{"sign inside", try(ToDuration("1 h -30 min")), `error: "1 h -30 min" is not a duration: a number was expected, as in 30 s`},
		{"long", try(ToDuration("99999999999 d")), `error: "99999999999 d" is not a duration: the number is too large, or is none`},
		{"longer together", try(ToDuration("106751 d 24 h")), "error: the result is longer than a duration can be (about 292 years)"},
	})
}

// Every duration reads back from what is shown of it.
func FuzzDurations(f *testing.F) {
	for _, d := range []int64{0, 1, -1, math.MaxInt64, math.MinInt64, 61e9, 1500e6} {
		f.Add(d, "1 h 30 min")
	}
	f.Fuzz(func(t *testing.T, d int64, text string) {
		s := FormatDuration(time.Duration(d))
		if back, err := ToDuration(s); err != nil || int64(back) != d {
			t.Errorf("%q reads back as %d, %v, not %d", s, back, err, d)
		}
		if got, err := ToDuration(text); err == nil {
			if back, err := ToDuration(FormatDuration(got)); err != nil || back != got {
				t.Errorf("%q is %v, which reads back as %v, %v", text, got, back, err)
			}
		}
	})
}
