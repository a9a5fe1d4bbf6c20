package op

import (
	"slices"
	"testing"
	"time"
	_ "time/tzdata" // the days of a place are counted wherever the tests run

	"flowc/rt/flow"
	"flowc/rt/flow/flowtest"
	"flowc/rt/fn"
)

// spans plays an hour of random events into a window and gives what came out, with all
// that went in.
func spans(t *testing.T, seed uint64, o *Window[int]) (in []came, out []flow.Span[int]) {
	t.Helper()
	r := newRand(seed)
	var now flow.Hap[int]
	s := flowtest.New(t, func(tick flow.Tick) {
		got, err := o.Step(tick, fn.Zone{}, now)
		if err != nil {
			t.Error(err)
		}
		if got.OK {
			out = append(out, got.V)
		}
		now = flow.Hap[int]{}
	})
	for n := range 60 {
		s.Advance(s.Mono() + time.Duration(1+r.IntN(120))*time.Second)
		in = append(in, came{s.Mono(), float64(n)})
		now = flow.Now(n)
		s.Run()
	}
	s.Advance(s.Mono() + 3*time.Hour)
	return in, out
}

// begun is the wall time at monotonic time 0 of a stage.
var begun = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func within2(in []came, from, to time.Time) (items []int) {
	for _, c := range in {
		if at := begun.Add(c.at); !at.Before(from) && at.Before(to) {
			items = append(items, int(c.v))
		}
	}
	return items
}

func TestWindowsHoldWhatCameWithin(t *testing.T) {
	some := flow.Some[time.Duration]
	for seed := range uint64(40) {
		in, out := spans(t, seed, &Window[int]{Every: some(7 * time.Minute), MaxItems: 1000})
		all := 0
		for _, s := range out {
			if !slices.Equal(s.Items, within2(in, s.Start, s.End)) || s.End.Sub(s.Start) > 7*time.Minute || s.Start.Sub(begun)%(7*time.Minute) != 0 {
				t.Fatalf("seed %d: %v", seed, s)
			}
			all += len(s.Items)
		}
		if all != len(in) {
			t.Fatalf("seed %d: %d of %d", seed, all, len(in))
		}

		in, out = spans(t, seed, &Window[int]{Size: some(12 * time.Minute), Every: some(4 * time.Minute), MaxItems: 1000})
		var want []flow.Span[int]
		for end := begun.Add(4 * time.Minute); end.Before(begun.Add(9 * time.Hour)); end = end.Add(4 * time.Minute) {
			if s := (flow.Span[int]{Items: within2(in, end.Add(-12*time.Minute), end), Start: end.Add(-12 * time.Minute), End: end}); len(s.Items) > 0 {
				want = append(want, s)
			}
		}
		if !slices.EqualFunc(out, want, sameSpan) {
			t.Fatalf("seed %d: hopping\ngot  %v\nwant %v", seed, out, want)
		}

		in, out = spans(t, seed, &Window[int]{Gap: some(90 * time.Second), Max: some(5 * time.Minute), MaxItems: 1000})
		want = nil
		for i := 0; i < len(in); {
			n, over := i+1, in[i].at+90*time.Second
			for n < len(in) && in[n].at < over && in[n].at < in[i].at+5*time.Minute {
				over = in[n].at + 90*time.Second
				n++
			}
			over = min(over, in[i].at+5*time.Minute)
			s := flow.Span[int]{Start: begun.Add(in[i].at), End: begun.Add(over)}
			for _, c := range in[i:n] {
				s.Items = append(s.Items, int(c.v))
			}
			want, i = append(want, s), n
		}
		if !slices.EqualFunc(out, want, sameSpan) {
			t.Fatalf("seed %d: session\ngot  %v\nwant %v", seed, out, want)
		}

		in, out = spans(t, seed, &Window[int]{Count: flow.Some(int64(7))})
		if len(out) != len(in)/7 {
			t.Fatalf("seed %d: %d lists of %d", seed, len(out), len(in))
		}
		for n, s := range out {
			if s.Items[0] != n*7 || len(s.Items) != 7 || !s.Start.Equal(begun.Add(in[n*7].at)) {
				t.Fatalf("seed %d: %v", seed, s)
			}
		}
	}
}

func sameSpan(a, b flow.Span[int]) bool {
	return slices.Equal(a.Items, b.Items) && a.Start.Equal(b.Start) && a.End.Equal(b.End)
}

// TestDaysAreThoseOfThePlace has days of 23 and 25 hours.
func TestDaysAreThoseOfThePlace(t *testing.T) {
	berlin, err := fn.ParseZone("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		at, begin, end string
		every          time.Duration
	}{
		{"2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 24 * time.Hour},
		{"2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 24 * time.Hour},
		{"2026-06-01T12:03:00Z", "2026-06-01T12:00:00Z", "2026-06-01T12:05:00Z", 5 * time.Minute},
		{"2026-06-01T21:30:00Z", "2026-06-01T19:00:00Z", "2026-06-01T22:00:00Z", 7 * time.Hour},
	} {
		at, _ := time.Parse(time.RFC3339, c.at)
		begin, end := period(berlin, at, c.every)
		if begin.Format(time.RFC3339) != c.begin || end.Format(time.RFC3339) != c.end {
			t.Errorf("%s in %v: %v to %v", c.at, c.every, begin, end)
		}
	}
}
