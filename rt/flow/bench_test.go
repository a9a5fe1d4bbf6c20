package flow_test

import (
	"testing"
	"time"

	"flowc/rt/flow"
)

// BenchmarkEmptyInstant is an occurrence that nothing follows from, on the
// machine's own clock.
func BenchmarkEmptyInstant(b *testing.B) {
	r := newRig(b, []*fake{{}}, nil)
	r.engine(flow.SystemClock())
	if err := r.Engine.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(r.end)
	b.ReportAllocs()
	for b.Loop() {
		r.occur(0)
	}
}

// reading is what a message of the benchmark says.
type reading struct{ moisture, battery float64 }

// BenchmarkMessageThroughFiveSteps is a message from the inbox through where,
// mean, hysteresis, any_of and the pump's decision, with a receipt, a stale timer
// that is moved on, and a pin that is driven every eighth time.
func BenchmarkMessageThroughFiveSteps(b *testing.B) {
	var (
		box         flow.Inbox[reading]
		soil, good  flow.Reading[reading]
		mean        flow.Value[float64]
		dry, anyDry flow.Value[bool]
		on          flow.Drive[bool]
		r           *rig
		completed   int
		driven      int
	)
	source := &fake{
		start: func(h *flow.Host) error { box.Open(h, flow.Block); return nil },
		react: func(h *flow.Host, w flow.Wake) {
			if w.Why != flow.OnInput {
				return
			}
			if m, ok := box.Take(); ok {
				h.Accept(1)
				soil.Happen(h.Pass(), h.Time(), m)
				r.Arm(r.steps[0].timer, time.Hour)
				r.mark(0)
			}
		},
		complete: func(uint64, flow.Outcome) { completed++ },
	}
	pump := &fake{apply: func(*flow.Host) { driven++ }}
	steps := []*step{
		{run: func(flow.Tick) {
			if soil.Happened(r.Pass) && good.Catch(r.Pass, r.Time, flow.Hap[reading]{V: soil.V, OK: soil.V.battery > 2.7}) {
				r.mark(1)
			}
		}},
		{run: func(flow.Tick) {
			if mean.Put(r.Pass, flow.When(good.OK, good.V.moisture)) {
				r.mark(2)
			}
		}},
		{run: func(flow.Tick) {
			if dry.Put(r.Pass, flow.When(mean.OK, mean.V < 30)) {
				r.mark(3)
			}
		}},
		{run: func(flow.Tick) {
			if anyDry.Put(r.Pass, dry.Val()) {
				r.mark(4)
			}
		}},
		{run: func(flow.Tick) {
			on.Want = anyDry.Val()
			if on.Set(r.Pass, on.Want.Or(false)) {
				r.moved |= 2
			}
		}},
	}
	r = newRig(b, []*fake{source, pump}, steps)
	r.engine(flow.SystemClock())
	if err := r.Engine.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(r.end)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n++
		box.Put(reading{moisture: float64(n % 8 * 7), battery: 3}, 100)
		r.Settle()
	}
	if completed != n || driven < n/8 {
		b.Fatalf("%d messages, %d completed, %d driven", n, completed, driven)
	}
}
