package op

import (
	"slices"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/flow/flowtest"
	"flowc/rt/fn"
)

// stamped is an event with its own time, in seconds.
type stamped struct {
	n, at int
}

// eventSpan is a span in seconds since the begin.
type eventSpan struct {
	items      []int
	start, end int
}

// playStamped plays random events, out of order by up to four minutes, and gives which
// of them were refused and the spans that came out.
func playStamped(t *testing.T, seed uint64, o *WindowEventTime[int]) (in []stamped, late []int, out []eventSpan) {
	t.Helper()
	o.MaxItems = 1000
	r := newRand(seed)
	var now flow.Hap[int]
	var at flow.Hap[time.Time]
	s := flowtest.New(t, func(tick flow.Tick) {
		got, err := o.Step(tick, fn.Zone{}, now, at)
		if err != nil {
			late = append(late, now.V)
		}
		if got.OK {
			out = append(out, eventSpan{got.V.Items, seconds(got.V.Start), seconds(got.V.End)})
		}
		now, at = flow.Hap[int]{}, flow.Hap[time.Time]{}
	})
	clock := 0
	for n := range 150 {
		clock += r.IntN(100)
		e := stamped{n, max(0, clock-r.IntN(240))}
		in = append(in, e)
		s.Advance(s.Mono() + time.Second)
		now, at = flow.Now(n), flow.Now(begun.Add(time.Duration(e.at)*time.Second))
		s.Run()
	}
	s.Advance(s.Mono() + time.Hour)
	return in, late, out
}

func seconds(t time.Time) int { return int(t.Sub(begun) / time.Second) }

// byTime are the numbers of events in the order of their time.
func byTime(list []stamped) (items []int) {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b stamped) int { return a.at - b.at })
	for _, e := range list {
		items = append(items, e.n)
	}
	return items
}

// periodsModel gathers events into spans that end every so many seconds and look back
// size: each event goes to all of its spans that are not over when it comes.
func periodsModel(in []stamped, every, size, lateness int) (late []int, out []eventSpan) {
	held := map[int][]stamped{}
	newest, begun := 0, false
	for _, e := range in {
		found := false
		for end := (e.at/every + 1) * every; end-size <= e.at; end += every {
			if !begun || end > newest-lateness {
				held[end], found = append(held[end], e), true
			}
		}
		if !found {
			late = append(late, e.n)
			continue
		}
		newest, begun = max(newest, e.at), true
	}
	for end := every; end <= newest-lateness; end += every {
		if len(held[end]) > 0 {
			out = append(out, eventSpan{byTime(held[end]), end - size, end})
		}
	}
	return late, out
}

// sessionsModel merges each event with the open sessions that it touches.
func sessionsModel(in []stamped, gap, lateness int) (late []int, out []eventSpan) {
	type session struct {
		start, end int
		of         []stamped
	}
	var open []session
	newest, given := -1<<30, -1<<30
	for _, e := range in {
		merged := session{e.at, e.at + gap, []stamped{e}}
		var apart []session
		for _, s := range open {
			if e.at < s.end && s.start < e.at+gap {
				merged.start, merged.end = min(merged.start, s.start), max(merged.end, s.end)
				merged.of = append(slices.Clone(s.of), merged.of...)
			} else {
				apart = append(apart, s)
			}
		}
		if e.at < given || merged.end <= newest-lateness {
			late = append(late, e.n)
			continue
		}
		open, newest = append(apart, merged), max(newest, e.at)
		slices.SortFunc(open, func(a, b session) int { return a.start - b.start })
		for len(open) > 0 && open[0].end <= newest-lateness {
			slices.SortFunc(open[0].of, func(a, b stamped) int { return a.n - b.n })
			out = append(out, eventSpan{byTime(open[0].of), open[0].start, open[0].end})
			given, open = open[0].end, open[1:]
		}
	}
	return late, out
}

func sameEventSpan(a, b eventSpan) bool {
	return slices.Equal(a.items, b.items) && a.start == b.start && a.end == b.end
}

// TestEventTimeWindowsAgreeWithModels lets events come out of order, each window
// against a model that keeps everything.
func TestEventTimeWindowsAgreeWithModels(t *testing.T) {
	some := func(seconds int) flow.Opt[time.Duration] {
		return flow.Some(time.Duration(seconds) * time.Second)
	}
	for seed := range uint64(60) {
		lateness := int(seed%4) * 60
		hold := func(name string, o *WindowEventTime[int], model func([]stamped) ([]int, []eventSpan)) {
			t.Helper()
			o.Lateness = time.Duration(lateness) * time.Second
			in, late, out := playStamped(t, seed, o)
			wantLate, want := model(in)
			if !slices.Equal(late, wantLate) || !slices.EqualFunc(out, want, sameEventSpan) {
				t.Fatalf("seed %d, %s:\nin   %v\nlate %v\nwant %v\ngot  %v\nwant %v", seed, name, in, late, wantLate, out, want)
			}
			if seed == 0 && len(late) == 0 || len(out) < 5 {
				t.Fatalf("seed %d, %s: %d late, %d spans", seed, name, len(late), len(out))
			}
		}
		hold("tumbling", &WindowEventTime[int]{Every: some(300)}, func(in []stamped) ([]int, []eventSpan) {
			return periodsModel(in, 300, 300, lateness)
		})
		hold("hopping", &WindowEventTime[int]{Every: some(120), Size: some(180)}, func(in []stamped) ([]int, []eventSpan) {
			return periodsModel(in, 120, 180, lateness)
		})
		hold("session", &WindowEventTime[int]{Gap: some(90)}, func(in []stamped) ([]int, []eventSpan) {
			return sessionsModel(in, 90, lateness)
		})
	}
}

// TestLongEventSessionsAreCut has sessions with a greatest length, and counts: every
// event is refused or in one span, spans follow each other.
func TestLongEventSessionsAreCut(t *testing.T) {
	for seed := range uint64(60) {
		for _, o := range []*WindowEventTime[int]{
			{Gap: flow.Some(90 * time.Second), Max: flow.Some(4 * time.Minute), Lateness: 2 * time.Minute},
			{Count: flow.Some(int64(4)), Lateness: 2 * time.Minute},
		} {
			in, late, out := playStamped(t, seed, o)
			seen := map[int]int{}
			for _, n := range late {
				seen[n]++
			}
			last := 0
			for _, s := range out {
				if s.start < last || s.end < s.start || o.Max.OK && s.end-s.start > 240 || o.Count.OK && len(s.items) != 4 {
					t.Fatalf("seed %d: %v in %v", seed, s, out)
				}
				last = s.end
				for _, n := range s.items {
					if seen[n]++; in[n].at < s.start || in[n].at > s.end {
						t.Fatalf("seed %d: %v at %d", seed, s, in[n].at)
					}
				}
			}
			for _, i := range o.items {
				seen[i.v]++
			}
			for _, e := range in {
				if seen[e.n] != 1 {
					t.Fatalf("seed %d: %d is in %d places", seed, e.n, seen[e.n])
				}
			}
		}
	}
}

// TestTheFutureMovesNothing has an event whose sender has a wrong clock.
func TestTheFutureMovesNothing(t *testing.T) {
	o := &WindowEventTime[int]{Every: flow.Some(time.Minute), MaxItems: 10}
	var now flow.Hap[int]
	var at flow.Hap[time.Time]
	var err error
	s := flowtest.New(t, func(tick flow.Tick) { _, err = o.Step(tick, fn.Zone{}, now, at) })
	now, at = flow.Now(1), flow.Now(begun.Add(25*time.Hour))
	if s.Run(); err != errWindowFuture {
		t.Fatal(err)
	}
	now, at = flow.Now(2), flow.Now(begun)
	if s.Run(); err != nil || len(o.items) != 1 {
		t.Fatal(err, o.items)
	}
}
