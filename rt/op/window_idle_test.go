package op

import (
	"slices"
	"testing"
	"time"

	"flowc/rt/flow"
)

// Whatever kind the windows are of, a source that falls silent holds nothing back: all
// that came in time is in a span.
func TestWindowIdleLeavesNothingBehind(t *testing.T) {
	for name, fresh := range map[string]func() *WindowEventTime[int]{
		"every": func() *WindowEventTime[int] { return &WindowEventTime[int]{Every: flow.Some(5 * time.Minute)} },
		"gap":   func() *WindowEventTime[int] { return &WindowEventTime[int]{Gap: flow.Some(time.Minute)} },
		"one":   func() *WindowEventTime[int] { return &WindowEventTime[int]{Count: flow.Some(int64(1))} },
	} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(50) {
				o := fresh()
				o.Lateness, o.Idle = time.Minute, 2*time.Minute
				in, got, out := playStamped(t, seed, o)
				for _, s := range out {
					got = append(got, s.items...)
				}
				slices.Sort(got)
				if len(got) != len(in) || len(slices.Compact(got)) != len(in) {
					t.Fatalf("seed %d: %d events, %d of them came out or were late", seed, len(in), len(got))
				}
			}
		})
	}
}
