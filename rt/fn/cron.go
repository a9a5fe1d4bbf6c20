package fn

import (
	"math/bits"
	"strings"
	"time"
)

// Cron is a schedule in the five fields of cron: minute, hour, day of the month, month
// and day of the week.
type Cron struct {
	minute, hour, day, month, weekday uint64
	// anyHour and anyDay say that the field is a star: what runs every so many minutes
	// of every hour goes on when clocks change, and a star leaves the choice of the day
	// to the other field.
	anyHour, anyDay, anyWeekday bool
}

// cronField is the range of a field and the names that stand for its numbers.
type cronField struct {
	low, high int
	names     string
}

var cronFields = [5]cronField{
	{0, 59, ""}, {0, 23, ""}, {1, 31, ""},
	{1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"}, {0, 7, "sun mon tue wed thu fri sat"},
}

// ParseCron reads `minute hour day month weekday` with stars, lists, ranges, steps and
// English names: "*/15 8-18 * * mon-fri". Sunday is 0 or 7.
func ParseCron(text string) (Cron, error) {
	var sets [5]uint64
	fields := strings.Fields(strings.ToLower(text))
	if len(fields) != 5 {
		return Cron{}, badCron(text, "it has five fields: minute hour day month weekday")
	}
	for i, f := range fields {
		for _, part := range strings.Split(f, ",") {
			set, ok := cronFields[i].read(part)
			if !ok {
				return Cron{}, badCron(text, "it cannot read "+shorten(part))
			}
			sets[i] |= set
		}
	}
	c := Cron{minute: sets[0], hour: sets[1], day: sets[2], month: sets[3], weekday: sets[4] | sets[4]>>7&1}
	c.anyHour, c.anyDay, c.anyWeekday = fields[1][0] == '*', fields[2][0] == '*', fields[4][0] == '*'
	return c, nil
}

// Comes reports whether there is ever a day that fits: the 30th of February is none.
func (c Cron) Comes() bool {
	return !c.Next(Zone{}, time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)).IsZero()
}

func badCron(text, why string) error {
	return Failure(shorten(text) + " is no schedule: " + why)
}

// read reads `*`, `3`, `mon`, `1-5`, and each with `/2` behind it.
func (f cronField) read(text string) (set uint64, ok bool) {
	text, stepText, stepped := strings.Cut(text, "/")
	step := 1
	if stepped {
		if step, ok = cronNumber(stepText); !ok || step < 1 {
			return 0, false
		}
	}
	low, high := f.low, f.high
	if text != "*" {
		first, last, isRange := strings.Cut(text, "-")
		if low, ok = f.number(first); !ok {
			return 0, false
		}
		switch {
		case isRange:
			if high, ok = f.number(last); !ok || high < low {
				return 0, false
			}
		case !stepped:
			high = low
		}
	}
	for n := low; n <= high; n += step {
		set |= 1 << n
	}
	return set, true
}

func (f cronField) number(text string) (int, bool) {
	if at := strings.Index(f.names, text); len(text) == 3 && at >= 0 && at%4 == 0 {
		return f.low + at/4, true
	}
	n, ok := cronNumber(text)
	return n, ok && n >= f.low && n <= f.high
}

func cronNumber(text string) (n int, ok bool) {
	if len(text) == 0 || len(text) > 2 {
		return 0, false
	}
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// fits reports whether a day is one of the schedule's. Where both the day of the month
// and that of the week are given, either is enough, as in every cron.
func (c Cron) fits(day time.Time) bool {
	byDay := c.day&(1<<day.Day()) != 0
	byWeekday := c.weekday&(1<<day.Weekday()) != 0
	if c.month&(1<<day.Month()) == 0 {
		return false
	}
	if c.anyDay || c.anyWeekday {
		return byDay && byWeekday
	}
	return byDay || byWeekday
}

// Next is the first moment after a given one that the schedule names. Fixed hours keep
// to the rule of daily times when clocks change; with a star for the hour every minute
// that fits counts, the doubled ones too.
func (c Cron) Next(z Zone, after time.Time) time.Time {
	if c.anyHour {
		return c.nextMinute(z, after)
	}
	l := z.local(after.UTC())
	year, month, day := l.Date()
	for n := -1; n < scheduleDays; n++ {
		civil := time.Date(year, month, day+n, 0, 0, 0, 0, time.UTC)
		if !c.fits(civil) {
			continue
		}
		for hours := c.hour; hours != 0; hours &= hours - 1 {
			for minutes := c.minute; minutes != 0; minutes &= minutes - 1 {
				clock := time.Duration(bits.TrailingZeros64(hours))*time.Hour + time.Duration(bits.TrailingZeros64(minutes))*time.Minute
				if t := z.onDay(l, civil, clock); !t.IsZero() && t.After(after) {
					return t
				}
			}
		}
	}
	return time.Time{}
}

// nextMinute goes through the real minutes, and over days that do not fit at once.
func (c Cron) nextMinute(z Zone, after time.Time) time.Time {
	t := z.local(after.UTC()).Truncate(time.Minute).Add(time.Minute)
	limit := t.AddDate(0, 0, scheduleDays)
	for t.Before(limit) {
		switch {
		case !c.fits(t):
			year, month, day := t.Date()
			next := at(t, year, int(month), day+1, 0)
			if !next.After(t) {
				next = t.Add(time.Minute)
			}
			t = next
		case c.hour&(1<<t.Hour()) != 0 && c.minute&(1<<t.Minute()) != 0:
			return t.UTC()
		default:
			t = t.Add(time.Minute)
		}
	}
	return time.Time{}
}
