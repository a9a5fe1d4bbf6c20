package op

import (
	"errors"
	"slices"
	"time"

	"flowc/rt/flow"
	"flowc/rt/fn"
)

// errWindowFuture tells of an event whose time cannot be right. It moves nothing: one
// such event would make all others late until then.
var errWindowFuture = errors.New("its time is more than a day ahead of the clock: it is left out")

// windowAhead is how far the time of an event may be ahead of the clock. Zones that were
// mixed up make at most 14 hours.
const windowAhead = 24 * time.Hour

// WindowEventTime is a window over a source that has `event_time`: the time that the data
// carries decides in which span an event lies, however late it came, and the newest time
// seen decides when a span is over. A span is given out when something has come whose
// time is past the end by `lateness`; what comes for a span that was given out is a
// fault and left out. Each key has a time of its own. When nothing comes any more no
// time passes, so the last span waits for the next event; with `idle = 1.min` at the
// source, time goes on with the clock once nothing has come for a minute; what a broker
// that was away for longer has kept is too late then. Items are in the order of their time. What a `delay`, a `merge` or `merged` gives has no such time
// any more: a window over that goes by when it came. It remembers at most max_items.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in meter {
//	  via        = home
//	  topic      = "meter/{room}"
//	  json       = { power = W, at = epoch(s) }
//	  event_time = at
//	  lateness   = 30.s
//	  stale      = 1.h
//	}
//
//	quarter = window(meter, { every = 15.min })
//
//	mqtt_out report {
//	  via   = home
//	  topic = "meter/${quarter.room}/quarter"
//	  send  = { readings = length(quarter.items), from = quarter.start }
//	}
//
//flow:op window
//flow:call e, at, {every, lateness, idle?, max_items?, zone? | size, every, lateness, idle?, max_items?, zone? | gap, max?, lateness, idle?, max_items? | count, lateness, idle?, max_items?}
//flow:in e any
//flow:in at any
//flow:with at
//flow:out event
//flow:ready always
//flow:holds
//flow:rate beat every
//flow:clock
//flow:timed
//flow:keeps max_items | 2 count
//flow:calendar
type WindowEventTime[T any] struct {
	// Every is how long a span is, or how often one ends where there is a size.
	Every flow.Opt[time.Duration]
	// Size is how far a span looks back, where spans overlap.
	Size flow.Opt[time.Duration]
	// Gap is the time without an event that ends a session.
	Gap flow.Opt[time.Duration]
	// Max is the longest session.
	Max flow.Opt[time.Duration]
	// Count is how many make a span.
	Count flow.Opt[int64] `range:"1,100000"`
	// Lateness is how far behind the newest an event may be.
	Lateness time.Duration
	// Idle is how long nothing has to come for time to go on with the clock; 0: it waits.
	Idle time.Duration `default:"0.s"`
	// MaxItems is the most that is kept at a time.
	MaxItems int64 `default:"1000" range:"1,100000"`

	items []timed[T]
	begun bool
	// mark is the watermark: what is before it has come, as far as lateness goes. All
	// times are nanoseconds since 1970.
	mark int64
	// given is the end of the last span that was given out.
	given int64
	late  int64
	// came is when the last event came, upTo when the mark was last moved, both in
	// monotonic time.
	came, upTo time.Duration
}

// timed is an item with its own time.
type timed[T any] struct {
	v  T
	at int64
}

// Step keeps e under its time, and gives a span in the timer's own instant.
func (o *WindowEventTime[T]) Step(t flow.Tick, zone fn.Zone, e flow.Hap[T], at flow.Hap[time.Time]) (now flow.Hap[flow.Span[T]], err error) {
	if t.Due() {
		o.idle(t)
		now = o.give(zone)
	}
	if e.OK && at.OK {
		t.Hand()
		err = o.keep(t, zone, e.V, at.V.UnixNano())
		o.came, o.upTo = t.Mono(), t.Mono()
	}
	if o.over(zone) {
		t.At(t.Mono())
	} else if o.Idle > 0 {
		o.alarm(t, zone)
	}
	if now.OK {
		t.Fresh()
	}
	return now, err
}

func (o *WindowEventTime[T]) keep(t flow.Tick, zone fn.Zone, v T, at int64) error {
	if wall, set := t.Wall(); set && at > wall.Add(windowAhead).UnixNano() {
		return errWindowFuture
	}
	o.pass(zone)
	place := len(o.items)
	for place > 0 && o.items[place-1].at > at {
		place--
	}
	switch {
	case o.isLate(zone, place, at):
		o.late++
		return lateEvent(at, o.late)
	case int64(len(o.items)) >= o.MaxItems+o.Count.V:
		return errWindowFull
	}
	o.items = slices.Insert(o.items, place, timed[T]{v, at})
	if mark := at - int64(o.Lateness); !o.begun || mark > o.mark {
		o.begun, o.mark = true, mark
	}
	return nil
}

// pass goes over spans that ended without an event: they are as closed as the others.
func (o *WindowEventTime[T]) pass(zone fn.Zone) {
	if !o.Every.OK || !o.begun || o.over(zone) {
		return
	}
	begin, _ := period(zone, time.Unix(0, o.mark), o.Every.V)
	o.given = max(o.given, begin.UnixNano())
}

// lateEvent says how late an event came, and how many did so.
func lateEvent(at, count int64) error {
	when := time.Unix(0, at).UTC().Format(time.RFC3339)
	return errors.New("too late: its span was over; its time is " + when + " (late so far: " + fn.FormatInt(count) + ")")
}

// isLate reports whether the span that an event belongs to was given out.
func (o *WindowEventTime[T]) isLate(zone fn.Zone, place int, at int64) bool {
	switch {
	case !o.begun:
		return false
	case o.Gap.OK:
		return at < o.given || o.sessionOf(place, at) <= o.mark
	case !o.Every.OK:
		return at < o.given
	}
	begin, end := period(zone, time.Unix(0, o.mark), o.Every.V)
	if o.Size.OK {
		return at < end.Add(-o.Size.V).UnixNano()
	}
	return at < begin.UnixNano()
}

// sessionOf is the end of the session that an event would be in, were it at that place.
func (o *WindowEventTime[T]) sessionOf(place int, at int64) int64 {
	times := slices.Insert(o.times(), place, at)
	for first := 0; ; {
		n, end := o.session(times[first:])
		if first += n; first > place {
			return end
		}
	}
}

// times are those of the items, which are in their order.
func (o *WindowEventTime[T]) times() []int64 {
	times := make([]int64, 0, len(o.items)+1)
	for _, i := range o.items {
		times = append(times, i.at)
	}
	return times
}

// session is how many of the times, which are in order, make the first session, and
// when it ends.
func (o *WindowEventTime[T]) session(times []int64) (n int, end int64) {
	limit := times[0] + int64(o.Max.V)
	for end = times[0] + int64(o.Gap.V); n < len(times); n++ {
		if times[n] >= end && n > 0 || o.Max.OK && times[n] >= limit && n > 0 {
			break
		}
		end = times[n] + int64(o.Gap.V)
	}
	if o.Max.OK && end > limit {
		end = limit
	}
	return n, end
}

// first is the span that ends next: its items are the first n, those before begin are
// left out.
func (o *WindowEventTime[T]) first(zone fn.Zone) (n int, begin, end int64) {
	switch {
	case o.Gap.OK:
		times := o.times()
		n, end = o.session(times)
		return n, times[0], end
	case !o.Every.OK:
		n = int(o.Count.V)
		if n > len(o.items) {
			return 0, 0, o.mark + 1
		}
		return n, o.items[0].at, o.items[n-1].at
	}
	from, to := period(zone, time.Unix(0, max(o.items[0].at, o.given)), o.Every.V)
	begin, end = from.UnixNano(), to.UnixNano()
	if o.Size.OK {
		begin = to.Add(-o.Size.V).UnixNano()
	}
	for n < len(o.items) && o.items[n].at < end {
		n++
	}
	return n, begin, end
}

// over reports whether a span is over that was not given out.
func (o *WindowEventTime[T]) over(zone fn.Zone) bool {
	if len(o.items) == 0 {
		return false
	}
	_, _, end := o.first(zone)
	return end <= o.mark
}

// give gives the span that ended first, and lets go of what no later one holds.
func (o *WindowEventTime[T]) give(zone fn.Zone) flow.Hap[flow.Span[T]] {
	if !o.over(zone) {
		return flow.Hap[flow.Span[T]]{}
	}
	n, begin, end := o.first(zone)
	span := flow.Span[T]{Start: time.Unix(0, begin).UTC(), End: time.Unix(0, end).UTC()}
	for _, i := range o.items[:n] {
		if i.at >= begin {
			span.Items = append(span.Items, i.v)
		}
	}
	o.given = end
	keep := n
	if o.Size.OK {
		_, next := period(zone, time.Unix(0, end), o.Every.V)
		for keep > 0 && o.items[keep-1].at >= next.Add(-o.Size.V).UnixNano() {
			keep--
		}
	}
	o.items = append([]timed[T](nil), o.items[keep:]...)
	return hapSpan(span)
}
