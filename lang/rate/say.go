package rate

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// String is "every 30 s", "at most 33 a second", "any rate", "once" or "never".
func (r Rate) String() string {
	switch {
	case !r.Bounded():
		return "any rate"
	case r.Max == 0 && r.Once:
		return "once"
	case r.Max == 0:
		return "never"
	case r.Exact() && r.Max <= 1:
		return "every " + Duration(period(r.Max))
	case r.Exact():
		return PerTime(r.Max)
	}
	return "at most " + PerTime(r.Max)
}

// period is the time between two, to the millisecond where that is near.
func period(perSecond float64) time.Duration {
	d := time.Duration(math.Round(float64(time.Second) / perSecond))
	if ms := d.Round(time.Millisecond); ms > 0 && (d-ms).Abs() < time.Microsecond {
		return ms
	}
	return d
}

// PerTime is a rate over the shortest time in which it is at least one: "33 a second",
// "2 an hour".
func PerTime(perSecond float64) string {
	units := []struct {
		seconds float64
		name    string
	}{{1, "a second"}, {60, "a minute"}, {3600, "an hour"}, {86400, "a day"}}
	for _, u := range units {
		if n := perSecond * u.seconds; n >= 0.9999 || u.seconds == 86400 {
			return Number(n) + " " + u.name
		}
	}
	return ""
}

// Number has three digits that say something, and commas.
func Number(n float64) string {
	if n < 100 {
		return strconv.FormatFloat(n, 'g', 3, 64)
	}
	text := strconv.FormatFloat(math.Round(n), 'f', 0, 64)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// Duration is a time in its largest units: "1 h 30 min".
func Duration(d time.Duration) string {
	var parts []string
	for _, u := range []struct {
		d    time.Duration
		name string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "min"}} {
		if n := d / u.d; n > 0 {
			parts = append(parts, strconv.FormatInt(int64(n), 10)+" "+u.name)
			d -= n * u.d
		}
	}
	switch {
	case d >= time.Second || d == 0 && len(parts) == 0:
		parts = append(parts, strconv.FormatFloat(d.Seconds(), 'g', 6, 64)+" s")
	case d > 0:
		parts = append(parts, strconv.FormatFloat(float64(d)/float64(time.Millisecond), 'g', 6, 64)+" ms")
	}
	return strings.Join(parts, " ")
}
