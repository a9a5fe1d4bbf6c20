package op

import (
	"errors"
	"time"

	"flowc/rt/flow"
	"flowc/rt/fn"
)

// errWindowFull tells of an event that is left out; each is a fault.
var errWindowFull = errors.New("the window already keeps max_items: this one is left out")

// Window gathers what happens into spans of time and happens at the end of each, with
// `.items`, `.start` and `.end`; a span without items does not happen. The options
// choose the kind. `every = 5.min` is one span after the other, which begin on the
// clock, at :00 and :05, and days at the site's midnight. With `size = 10.min` as well
// the spans overlap: the size is how far each looks back, `every` how often one comes.
// `gap = 2.min` is a session that ends when nothing has come for so long, or after
// `max`. `count = 10` is a span of so many. For a mean or a greatest value use
// `average` or `highest_over`, which need no list. Of records, `w.items[*].moisture` is the list of
// one field: `mean(w.items[*].moisture)`. It remembers at most max_items.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in power {
//	  via   = home
//	  topic = "house/power"
//	  text  = W
//	}
//
//	quarter = window(power, { every = 15.min })
//
//	mqtt_out report {
//	  via   = home
//	  topic = "house/power/quarter"
//	  send  = { readings = length(quarter.items), from = quarter.start }
//	}
//
//flow:op window
//flow:call e, {every, max_items?, zone? | size, every, max_items?, zone? | gap, max?, max_items? | count}
//flow:in e any
//flow:out event
//flow:ready always
//flow:holds
//flow:rate beat every
//flow:clock
//flow:keeps max_items | 2 count
//flow:calendar
type Window[T any] struct {
	// Every is how often a span ends.
	Every flow.Opt[time.Duration]
	// Size is how far a span looks back, where spans overlap.
	Size flow.Opt[time.Duration]
	// Gap is the silence that ends a session.
	Gap flow.Opt[time.Duration]
	// Max is the longest session.
	Max flow.Opt[time.Duration]
	// Count is how many make a span.
	Count flow.Opt[int64] `range:"1,100000"`
	// MaxItems is the most that a span keeps.
	MaxItems int64 `default:"1000" range:"1,100000"`

	items []windowed[T]
	// begin and end are those of the span: wall time in nanoseconds since 1970.
	begin, end int64
}

// windowed is an item with the moment it came.
type windowed[T any] struct {
	v T
	// wall is nanoseconds since 1970, mono monotonic time.
	wall int64
	mono time.Duration
}

// Step keeps e, and gives a span in the timer's own instant.
func (o *Window[T]) Step(t flow.Tick, zone fn.Zone, e flow.Hap[T]) (now flow.Hap[flow.Span[T]], err error) {
	wall, _ := t.Wall()
	if t.Due() {
		switch {
		case o.Every.OK:
			now = o.hop(wall.UnixNano())
		case o.Gap.OK:
			now = o.session(t.Mono())
		default:
			now = o.counted()
		}
	}
	if e.OK {
		t.Hand()
		err = o.keep(e.V, wall.UnixNano(), t.Mono())
	}
	o.wait(t, zone, wall)
	if now.OK {
		t.Fresh()
	}
	return now, err
}

func (o *Window[T]) keep(v T, wall int64, mono time.Duration) error {
	limit := o.MaxItems
	if o.Count.OK {
		limit = 2 * o.Count.V // twice, for a machine that was too busy to ring
	}
	if int64(len(o.items)) >= limit {
		return errWindowFull
	}
	o.items = append(o.items, windowed[T]{v, wall, mono})
	return nil
}

// wait sets the timer for when the span ends.
func (o *Window[T]) wait(t flow.Tick, zone fn.Zone, wall time.Time) {
	switch {
	case o.Every.OK:
		now := wall.UnixNano()
		if now >= o.end && o.owes() {
			t.At(t.Mono()) // it ended while the program was off: that span comes first
			return
		}
		if o.end == 0 || now >= o.end || now < o.begin {
			begin, end := period(zone, wall, o.Every.V)
			o.begin, o.end = begin.UnixNano(), end.UnixNano()
		}
		t.AtWall(time.Unix(0, o.end))
	case len(o.items) == 0:
		t.Cancel()
	case o.Gap.OK:
		t.At(o.over())
	case int64(len(o.items)) >= o.Count.V:
		t.At(t.Mono())
	}
}

// owes reports whether the span has items that were not given out. Once they were, there
// is no span until the next is known.
func (o *Window[T]) owes() bool {
	for _, i := range o.items {
		if i.wall < o.end {
			return true
		}
	}
	return false
}

// period is the period that a moment lies in: of the clock, counted from midnight, and
// of the calendar for days. The last one of a day may be shorter.
func period(zone fn.Zone, now time.Time, every time.Duration) (begin, end time.Time) {
	today, tomorrow := zone.StartOfDay(now), zone.Midnight(now)
	if every%(24*time.Hour) != 0 {
		begin = now.Add(-now.Sub(today) % every)
		if end = begin.Add(every); end.After(tomorrow) {
			end = tomorrow
		}
		return begin, end
	}
	begin, end = today, tomorrow
	for days := int64(every / (24 * time.Hour)); zone.Day(begin)%days != 0; {
		begin = zone.StartOfDay(begin.Add(-time.Hour))
	}
	for days := int64(every / (24 * time.Hour)); zone.Day(end)%days != 0; {
		end = zone.Midnight(end)
	}
	return begin, end
}

// hop gives the items that came before the end, and lets go of those that no later
// span looks back to.
func (o *Window[T]) hop(wall int64) flow.Hap[flow.Span[T]] {
	if o.end == 0 || wall < o.end {
		return flow.Hap[flow.Span[T]]{}
	}
	begin, keep := o.begin, o.end
	if o.Size.OK {
		begin = o.end - int64(o.Size.V)
		keep = begin + int64(o.Every.V)
	}
	span := flow.Span[T]{Start: time.Unix(0, begin).UTC(), End: time.Unix(0, o.end).UTC()}
	left := o.items[:0:0]
	for _, i := range o.items {
		if i.wall < o.end && i.wall >= begin {
			span.Items = append(span.Items, i.v)
		}
		if i.wall >= keep {
			left = append(left, i)
		}
	}
	o.items, o.begin, o.end = left, 0, 0
	return hapSpan(span)
}

// over is when the session ends.
func (o *Window[T]) over() time.Duration {
	first, last := o.items[0].mono, o.items[0].mono
	limit := first + o.Max.V
	for _, i := range o.items {
		if i.mono-last >= o.Gap.V || o.Max.OK && i.mono >= limit {
			break
		}
		last = i.mono
	}
	if end := last + o.Gap.V; !o.Max.OK || end < limit {
		return end
	}
	return limit
}

func (o *Window[T]) session(mono time.Duration) flow.Hap[flow.Span[T]] {
	if len(o.items) == 0 || mono < o.over() {
		return flow.Hap[flow.Span[T]]{}
	}
	over := o.over()
	n := 0
	for n < len(o.items) && o.items[n].mono < over {
		n++
	}
	first := o.items[0]
	span := o.take(n)
	span.End = time.Unix(0, first.wall).Add(over - first.mono).UTC()
	return hapSpan(span)
}

func (o *Window[T]) counted() flow.Hap[flow.Span[T]] {
	if n := int(o.Count.V); n > 0 && len(o.items) >= n {
		return hapSpan(o.take(n))
	}
	return flow.Hap[flow.Span[T]]{}
}

// take takes the first n items out.
func (o *Window[T]) take(n int) flow.Span[T] {
	span := flow.Span[T]{Start: time.Unix(0, o.items[0].wall).UTC(), End: time.Unix(0, o.items[n-1].wall).UTC()}
	for _, i := range o.items[:n] {
		span.Items = append(span.Items, i.v)
	}
	o.items = append([]windowed[T](nil), o.items[n:]...)
	return span
}

func hapSpan[T any](s flow.Span[T]) flow.Hap[flow.Span[T]] {
	return flow.Hap[flow.Span[T]]{V: s, OK: len(s.Items) > 0}
}
