package fn

import "time"

// scheduleDays is how many days a schedule looks ahead: the 29th of February on a
// given weekday comes at least once in 40 years, around 2100.
const scheduleDays = 41 * 366

// OnDays is the first moment after a given one at which the clocks of the zone show a
// time on a day that fits. A time that clocks skip is the first moment after the gap;
// one that comes twice is the first of both. It is the zero moment if there is none.
func (z Zone) OnDays(after time.Time, clock time.Duration, fits func(day time.Time) bool) time.Time {
	l := z.local(after.UTC())
	year, month, day := l.Date()
	for n := -1; n < scheduleDays; n++ {
		civil := time.Date(year, month, day+n, 0, 0, 0, 0, time.UTC)
		if !fits(civil) {
			continue
		}
		t := z.onDay(l, civil, clock)
		if !t.IsZero() && t.After(after) {
			return t
		}
	}
	return time.Time{}
}

// onDay is when the clocks show a time on a day, the zero moment for a day that the
// calendar of the place leaves out, as Samoa did in 2011.
func (z Zone) onDay(l time.Time, civil time.Time, clock time.Duration) time.Time {
	year, month, day := civil.Date()
	t := at(l, year, int(month), day, clock)
	if y, m, d := t.Date(); y != year || m != month || d != day {
		begin := at(l, year, int(month), day, 0)
		if y, m, d := begin.Date(); y != year || m != month || d != day {
			return time.Time{}
		}
	}
	return t.UTC()
}

// DayNumber counts the days of the calendar from 1 January 1970 on.
func DayNumber(day time.Time) int64 {
	year, month, d := day.Date()
	return time.Date(year, month, d, 0, 0, 0, 0, time.UTC).Unix() / 86400
}

// Day is the number of the day that a moment lies in, by the clocks of the zone.
func (z Zone) Day(t time.Time) int64 { return DayNumber(z.local(t.UTC())) }

// StartOfDay is the moment at which the day began that a moment lies in.
func (z Zone) StartOfDay(t time.Time) time.Time { return startOfDay(z, t.UTC(), 0).UTC() }

// Midnight is the moment at which the next day begins.
func (z Zone) Midnight(t time.Time) time.Time { return startOfDay(z, t.UTC(), 1).UTC() }

// LastOfMonth reports whether a day is the last of its month.
func LastOfMonth(day time.Time) bool { return day.AddDate(0, 0, 1).Day() == 1 }
