package learn

import (
	"strconv"
	"strings"
)

// momentWords are names of moments.
var momentWords = []string{
	"ts", "time", "timestamp", "date", "datetime", "epoch", "updated", "created", "modified", "seen", "at", "since",
	"until", "expires", "utc", "sunrise", "sunset", "dt", "received", "start", "end",
}

// The range in which a number may be a moment, in seconds since 1970: from 2000 to 2100.
const firstMoment, lastMoment = 946684800, 4102444800

// wholeSo is how many whole numbers make it likely that all are.
const wholeSo = 5

// numberType types numbers, n of which were seen.
func (w *writer) numberType(r numberRange, n int, at place) typing {
	if t, ok := w.saidType(at); ok {
		return t
	}
	if t, ok := w.epoch(r, at); ok {
		return t
	}
	t, ok := w.guessUnit(r, at)
	if ok {
		return t
	}
	return bareNumber(r, n).with(t.notes...)
}

// saidType is the type of a number whose unit the data itself names.
func (w *writer) saidType(at place) (typing, bool) {
	units := at.units
	if at.said != "" {
		units = append([]saidUnit{{stem: strings.Join(at.words, "_"), exact: true, unit: at.said, by: at.saidBy}}, units...)
	}
	for _, u := range units {
		if !u.means(at.words) {
			continue
		}
		if u.unit == "unixtime" {
			return w.form("epoch", "epoch(s)", "int"), true
		}
		if name, ok := unitSaid(u.unit); ok {
			return typing{text: name, notes: []string{"unit from " + u.by}}, true
		}
	}
	return typing{}, false
}

// bareNumber is a number without a unit.
func bareNumber(r numberRange, n int) typing {
	switch {
	case r.whole && r.huge:
		return typing{text: "number", notes: []string{"too large for an int"}}
	case r.whole && n < wholeSo:
		return typing{text: "int", notes: []string{"guessed: whole so far"}}
	case r.whole:
		return typing{text: "int"}
	}
	return typing{text: "number"}
}

// epoch finds moments that were sent as numbers.
func (w *writer) epoch(r numberRange, at place) (typing, bool) {
	named := has(at.words, momentWords...)
	switch {
	case named && r.min >= firstMoment && r.max < lastMoment:
		return w.moment("s", r), true
	case r.whole && r.min >= firstMoment*1000 && r.max < lastMoment*1000 && (named || r.min > 1.4e12 && r.max < 2.5e12):
		return w.moment("ms", r), true
	}
	return typing{}, false
}

func (w *writer) moment(unit string, r numberRange) typing {
	other := "int"
	if !r.whole {
		other = "number"
	}
	t := w.form("epoch", "epoch("+unit+")", other)
	if t.text == other {
		long := map[string]string{"s": "seconds", "ms": "milliseconds"}[unit]
		return typing{text: other, notes: []string{"guessed: a moment, in " + long + " since 1970: would be epoch(" + unit + ")"}}
	}
	return t.with("guessed")
}

// number writes a number for a comment.
func number(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }
