package main

import (
	"strconv"
	"time"
)

// durationText is a duration in its largest whole unit: 2 h, 90 s, 30 d.
func durationText(d time.Duration) string {
	for _, u := range []struct {
		name string
		is   time.Duration
	}{{"d", 24 * time.Hour}, {"h", time.Hour}, {"min", time.Minute}, {"s", time.Second}, {"ms", time.Millisecond}} {
		if d >= u.is && d%u.is == 0 {
			return strconv.FormatInt(int64(d/u.is), 10) + " " + u.name
		}
	}
	return d.String()
}
