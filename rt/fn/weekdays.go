package fn

import (
	"strings"
	"time"
)

// Weekdays are some days of the week as a flow writes them: "mon", "mon, thu",
// "mon-fri", "saturday".
type Weekdays struct{ set uint8 }

// ParseWeekdays reads days of the week, joined with commas, as ranges with a dash.
func ParseWeekdays(text string) (Weekdays, error) {
	var w Weekdays
	for _, part := range strings.Split(text, ",") {
		first, last, isRange := strings.Cut(part, "-")
		a, ok := weekdayNamed(first)
		b, okLast := a, ok
		if isRange {
			b, okLast = weekdayNamed(last)
		}
		if !ok || !okLast {
			return Weekdays{}, Failure(shorten(text) + " is no day of the week; write \"mon\", \"mon, thu\" or \"mon-fri\"")
		}
		for d := a; ; d = (d + 1) % 7 {
			w.set |= 1 << d
			if d == b {
				break
			}
		}
	}
	return w, nil
}

// weekdayNamed finds a day by its first three letters or its name.
func weekdayNamed(text string) (time.Weekday, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	for d := time.Sunday; d <= time.Saturday; d++ {
		name := strings.ToLower(d.String())
		if text == name || text == name[:3] {
			return d, true
		}
	}
	return 0, false
}

// Has reports whether a day is among them.
func (w Weekdays) Has(d time.Weekday) bool { return w.set&(1<<d) != 0 }
