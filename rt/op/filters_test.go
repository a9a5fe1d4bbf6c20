package op

import (
	"strconv"
	"testing"
	"time"

	"flowc/rt/flow"
)

// events is a step of an operator that takes and gives texts.
func events(f func(tick flow.Tick, e flow.Hap[string]) flow.Hap[string]) step {
	return func(tick flow.Tick, e flow.Hap[string]) string { return f(tick, e).V }
}

// TestFiltersLetPassWhatTheirModelsSay compares the operators that let some events
// through with lists made of the whole timeline.
func TestFiltersLetPassWhatTheirModelsSay(t *testing.T) {
	const d = 7 * time.Second
	for name, c := range map[string]struct {
		fresh func() step
		model func(in []moment) []moment
	}{
		"first": {
			func() step {
				o := First[string]{}
				return events(func(_ flow.Tick, e flow.Hap[string]) flow.Hap[string] { return o.Step(e) })
			},
			func(in []moment) []moment { return in[:1] },
		},
		"skip": {
			func() step {
				o := Skip[string]{N: 4}
				return events(func(_ flow.Tick, e flow.Hap[string]) flow.Hap[string] { return o.Step(e) })
			},
			func(in []moment) []moment { return in[4:] },
		},
		"take": {
			func() step {
				o := Take[string]{N: 4}
				return events(func(_ flow.Tick, e flow.Hap[string]) flow.Hap[string] { return o.Step(e) })
			},
			func(in []moment) []moment { return in[:4] },
		},
		"until": {
			func() step {
				o := Until[string, string]{}
				return events(func(_ flow.Tick, e flow.Hap[string]) flow.Hap[string] {
					return o.Step(e, hap(e.OK && e.V == "d", e.V))
				})
			},
			func(in []moment) (out []moment) {
				for _, m := range in {
					if m.what == "d" {
						break
					}
					out = append(out, m)
				}
				return out
			},
		},
		"dedupe": {
			func() step {
				o := Dedupe[string, string]{D: d}
				return events(func(tick flow.Tick, e flow.Hap[string]) flow.Hap[string] { return o.Step(tick, e, e) })
			},
			func(in []moment) (out []moment) {
				for _, m := range in {
					seen := false
					for _, o := range out {
						seen = seen || o.what == m.what && m.at-o.at < d
					}
					if !seen {
						out = append(out, m)
					}
				}
				return out
			},
		},
		"distinct by": {
			func() step {
				o := DistinctBy[string, bool]{}
				return events(func(_ flow.Tick, e flow.Hap[string]) flow.Hap[string] {
					return o.Step(e, hap(e.OK, e.V < "c"))
				})
			},
			func(in []moment) (out []moment) {
				for i, m := range in {
					if i == 0 || (m.what < "c") != (in[i-1].what < "c") {
						out = append(out, m)
					}
				}
				return out
			},
		},
	} {
		t.Run(name, func(t *testing.T) { sayAll(t, c.fresh, c.model) })
	}
}

func TestDedupeForgetsTheOldestOfTooMany(t *testing.T) {
	o := Dedupe[string, string]{D: time.Hour}
	var in []moment
	for i := range queueLimit + 1 {
		in = append(in, moment{at: time.Duration(i+1) * time.Second, what: strconv.Itoa(i)})
	}
	last := in[queueLimit].at
	in = append(in, moment{at: last + 1e9, what: "1"}, moment{at: last + 2e9, what: "0"})
	passed := 0
	play(t, in, last+time.Minute, func(tick flow.Tick, e flow.Hap[string]) string {
		if o.Step(tick, e, e).OK {
			passed++
		}
		return ""
	})
	if passed != queueLimit+2 {
		t.Errorf("%d passed: the oldest key was to be forgotten, the next was not", passed)
	}
}
