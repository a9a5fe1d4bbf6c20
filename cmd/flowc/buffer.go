package main

import (
	"fmt"

	"flowc/compiler"
	"flowc/lang/delivery"
	"flowc/lang/rate"
	"flowc/lang/typed"
)

// bufferText tells of each buffer what of the disk it can need, and how often it writes
// while everything is there.
func bufferText(f *compiler.Flow) string {
	var s sheet
	t := ratesOf(f.Typed)
	ways := delivery.New(f.Typed.Things, f.Typed.Persist)
	for _, th := range f.Typed.Things {
		if th.Buffer != nil {
			s.row(th.Name, diskText(t, th)+"; "+writesText(t, th, ways.WritesFirst(th)))
		}
	}
	return s.String()
}

// diskText is "2,880 rows in 1 d of at most 120 B: 0.5 MB of the disk".
func diskText(t *rate.Table, th *typed.Thing) string {
	w := t.Waiting(th)
	disk := rate.Number(w.Disk()/1e6) + " MB of the disk"
	if !w.Known() {
		return "any number of rows may come in " + rate.Duration(th.Buffer.Keep) + ": at most " + disk
	}
	about := "at most"
	if w.Guessed {
		about = "about"
	}
	text := fmt.Sprintf("%s rows in %s of %s %s: %s", rate.Number(w.Rows), rate.Duration(th.Buffer.Keep), about, bytesText(int64(w.Row)), disk)
	switch {
	case w.Rows > w.LimitRows:
		text += ", its limit of " + rate.Number(w.LimitRows) + " rows"
	case !w.Fits():
		text += ", its limit"
	}
	return text
}

// writesText is how often a day the disk is written while both ends are there.
func writesText(t *rate.Table, th *typed.Thing, first bool) string {
	switch writes := t.Writes(th, first); {
	case th.Buffer.When == "never":
		return "it writes nothing"
	case writes.Max == 0:
		return "it writes nothing while the receiver is there"
	case writes.Exact():
		return rate.Number(rate.PerDay(writes.Max)) + " writes a day"
	case writes.Bounded():
		return "at most " + rate.Number(rate.PerDay(writes.Max)) + " writes a day"
	}
	return "two writes for each message"
}
