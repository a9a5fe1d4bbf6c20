package fn

import "time"

// Weekday is a day of the week.
type Weekday string

// The days of the week.
const (
	Monday    Weekday = "monday"
	Tuesday   Weekday = "tuesday"
	Wednesday Weekday = "wednesday"
	Thursday  Weekday = "thursday"
	Friday    Weekday = "friday"
	Saturday  Weekday = "saturday"
	Sunday    Weekday = "sunday"
)

// StartOfHour is the moment when the hour began that a moment lies in, by the
// clocks of the site.
//
//	format_time(start_of_hour(from_unix(1780329845, s)), "HH:mm:ss")  # "16:00:00"
//
//flow:func start_of_hour
func StartOfHour(zone Zone, t time.Time) time.Time {
	l := zone.local(t)
	passed := time.Duration(l.Minute())*time.Minute + time.Duration(l.Second())*time.Second + time.Duration(l.Nanosecond())
	start := l.Add(-passed)
	// Clocks that were changed within the hour began it where they changed.
	if change, _ := l.ZoneBounds(); change.After(start) && changes(change) {
		start = change
	}
	return asBefore(t, start)
}

// StartOfDay is the moment when the day began that a moment lies in, by the clocks
// of the site: midnight, or later where clocks skip midnight.
//
//	format_time(start_of_day(from_unix(1780329845, s)), "yyyy-MM-dd HH:mm")  # "2026-06-01 00:00"
//
//flow:func start_of_day
func StartOfDay(zone Zone, t time.Time) time.Time { return startOfDay(zone, t, 0) }

// StartOfWeek is the moment when the week began that a moment lies in, by the
// clocks of the site. Weeks begin on Monday.
//
//	format_time(start_of_week(from_unix(1780500000, s)), "yyyy-MM-dd HH:mm")  # "2026-06-01 00:00"
//
//flow:func start_of_week
func StartOfWeek(zone Zone, t time.Time) time.Time {
	return startOfDay(zone, t, -(int(zone.local(t).Weekday())+6)%7)
}

// StartOfMonth is the moment when the month began that a moment lies in, by the
// clocks of the site.
//
//	format_time(start_of_month(from_unix(1780500000, s)), "yyyy-MM-dd HH:mm")  # "2026-06-01 00:00"
//
//flow:func start_of_month
func StartOfMonth(zone Zone, t time.Time) time.Time {
	return startOfDay(zone, t, 1-zone.local(t).Day())
}

// EndOfDay is the moment when the day ends that a moment lies in, by the clocks of
// the site: the start of the next one.
//
//	format_time(end_of_day(from_unix(1780329845, s)), "yyyy-MM-dd HH:mm")  # "2026-06-02 00:00"
//
//flow:func end_of_day
func EndOfDay(zone Zone, t time.Time) time.Time { return startOfDay(zone, t, 1) }

// startOfDay is the start of a day so many days after the one of t.
func startOfDay(zone Zone, t time.Time, days int) time.Time {
	l := zone.local(t)
	return asBefore(t, at(l, l.Year(), int(l.Month()), l.Day()+days, 0))
}

// DateOf is the day that a moment lies in, by the clocks of the site.
//
//	date(from_unix(1780329845, s)).day  # 1
//
//flow:func date
func DateOf(zone Zone, t time.Time) Date {
	year, month, day := zone.local(t).Date()
	return Date{int64(year), int64(month), int64(day)}
}

// ClockOf is what the clocks of the site show at a moment.
//
//	time_of_day(from_unix(1780329845, s)).minute  # 4
//
//flow:func time_of_day
func ClockOf(zone Zone, t time.Time) TimeOfDay {
	hour, minute, second := zone.local(t).Clock()
	return TimeOfDay{int64(hour), int64(minute), int64(second)}
}

// WeekdayOf is the day of the week that a moment lies in, by the clocks of the
// site.
//
//	weekday(from_unix(1780329845, s)) == monday  # true
//
//flow:func weekday
func WeekdayOf(zone Zone, t time.Time) Weekday {
	return [...]Weekday{Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday}[zone.local(t).Weekday()]
}

// IsWeekend reports whether a moment lies in a Saturday or Sunday, by the clocks
// of the site.
//
//	is_weekend(from_unix(1780329845, s))  # false
//
//flow:func is_weekend
func IsWeekend(zone Zone, t time.Time) bool {
	day := zone.local(t).Weekday()
	return day == time.Saturday || day == time.Sunday
}

// Hour is the hour that the clocks of the site show at a moment, from 0 to 23.
//
//	hour(from_unix(1780329845, s))  # 16
//
//flow:func hour
func Hour(zone Zone, t time.Time) int64 { return int64(zone.local(t).Hour()) }

// Minute is the minute that the clocks of the site show at a moment, from 0 to 59.
//
//	minute(from_unix(1780329845, s))  # 4
//
//flow:func minute
func Minute(zone Zone, t time.Time) int64 { return int64(zone.local(t).Minute()) }

// Month is the month that a moment lies in, by the clocks of the site, from 1 to
// 12.
//
//	month(from_unix(1780329845, s))  # 6
//
//flow:func month
func Month(zone Zone, t time.Time) int64 { return int64(zone.local(t).Month()) }

// Year is the year that a moment lies in, by the clocks of the site.
//
//	year(from_unix(1780329845, s))  # 2026
//
//flow:func year
func Year(zone Zone, t time.Time) int64 { return int64(zone.local(t).Year()) }

// DayOfYear is the number of the day that a moment lies in, by the clocks of the
// site: 1 for the first of January, up to 366.
//
//	day_of_year(from_unix(1780329845, s))  # 152
//
//flow:func day_of_year
func DayOfYear(zone Zone, t time.Time) int64 { return int64(zone.local(t).YearDay()) }
