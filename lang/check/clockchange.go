package check

import (
	"time"

	"flowc/lang/typed"
	"flowc/rt/fn"
)

// today is when a flow is checked: the dates of the next changes of clocks depend on
// it. Tests have a day of their own.
var today = time.Now

// clockChanges warns of a time of day that clocks skip on some day of the coming year.
func (c *checker) clockChanges(x *typed.OpCall) {
	loc, err := time.LoadLocation(x.Zone)
	if !x.Op.Zone || x.Zone == "" || err != nil {
		return
	}
	var clocks []fn.TimeOfDay
	for _, a := range x.Args {
		k, ok := constant(a)
		if !ok {
			continue
		}
		clock, ok := k.V.(fn.TimeOfDay)
		if !ok {
			continue
		}
		clocks = append(clocks, clock)
		if x.Op.Out == "event" {
			c.clockChange(k, loc, clock)
		}
	}
	if len(clocks) == 2 && clocks[0] == clocks[1] {
		c.report(errNeverBetween(x))
	}
}

func (c *checker) clockChange(k *typed.Const, loc *time.Location, clock fn.TimeOfDay) {
	var gap, twice time.Time
	var from, to time.Duration
	now := today()
	for t := now; t.Before(now.AddDate(1, 0, 7)); {
		_, change := t.In(loc).ZoneBounds()
		if change.IsZero() {
			break
		}
		t = change.Add(time.Hour)
		low, high := onClock(change.Add(-time.Second), loc)+time.Second, onClock(change, loc)
		switch at := clock.SinceMidnight(); {
		case low < high && at >= low && at < high && gap.IsZero():
			gap, from, to = change.In(loc), low, high
		case high < low && at >= high && at < low && twice.IsZero():
			twice, from, to = change.In(loc), high, low
		}
	}
	if gap.IsZero() && twice.IsZero() {
		return
	}
	c.report(c.warnClockChange(k.Range, loc.String(), gap, twice, hhmm(from), hhmm(to)))
}

// onClock is what the clocks of a place show, as the time since midnight.
func onClock(t time.Time, loc *time.Location) time.Duration {
	hour, minute, second := t.In(loc).Clock()
	return time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second
}

func hhmm(d time.Duration) string { return time.Time{}.Add(d).Format("15:04") }
