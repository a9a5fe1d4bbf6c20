package fn

import (
	"strings"
	"testing"
	"time"
)

// Every day and every second is written and read back.
func TestDatesReadBack(t *testing.T) {
	day := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	var last Date
	for ; day.Year() <= 9999; day = day.AddDate(0, 0, 37) {
		d := Date{int64(day.Year()), int64(day.Month()), int64(day.Day())}
		text := FormatDate(d)
		if back, err := ReadDate(text); err != nil || back != d || text != day.Format(time.DateOnly) {
			t.Fatalf("%v is %s, and read as %v, %v", d, text, back, err)
		}
		if last.Compare(d) >= 0 || d.Compare(last) <= 0 || d.Compare(d) != 0 {
			t.Fatalf("%v is not after %v", d, last)
		}
		last = d
	}
	var before TimeOfDay
	for s := range int64(86400) {
		c := TimeOfDay{s / 3600, s / 60 % 60, s % 60}
		if back, err := ReadTimeOfDay(FormatTimeOfDay(c)); err != nil || back != c {
			t.Fatalf("%v is %s, and read as %v, %v", c, FormatTimeOfDay(c), back, err)
		}
		if s > 0 && before.Compare(c) >= 0 {
			t.Fatalf("%v is not after %v", c, before)
		}
		before = c
	}
}

func TestNoDates(t *testing.T) {
	for _, s := range []string{"", "2026-2-01", "2026-02-30", "0000-01-01", "2026-13-01", "2026-12-24 ", "+026-12-24", "12026-01-01"} {
		if d, err := ReadDate(s); err == nil || !strings.HasSuffix(err.Error(), "is no date like 2026-12-24") {
			t.Errorf("%q is %v, %v", s, d, err)
		}
	}
	for _, s := range []string{"", "24:00", "07:60", "07:00:60", "07:00:", "07:0a", "/7:00", "07.00", "07:00:00Z", "::::::::"} {
		if c, err := ReadTimeOfDay(s); err == nil || !strings.HasSuffix(err.Error(), "is no time of day like 07:00") {
			t.Errorf("%q is %v, %v", s, c, err)
		}
	}
}
