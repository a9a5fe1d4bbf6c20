package gpio

import (
	"context"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
)

// rig is a program written by hand: some things, and equations that fill in what
// is wanted of the outputs, on a clock that the test steps.
type rig struct {
	t      *testing.T
	clock  *flow.FakeClock
	pins   *Fake
	engine *flow.Engine
	things []flow.Thing
	// equations runs in every pass, before the outputs decide.
	equations func()
	// seen runs at the end of every pass, with what the things did in it.
	seen   func(at flow.Pass)
	faults []string
	log    strings.Builder
}

func newRig(t *testing.T, things ...flow.Thing) *rig {
	r := &rig{t: t, clock: flow.NewFakeClock(time.Unix(1e9, 0)), pins: NewFake(), things: things}
	t.Cleanup(Use(r.pins))
	info := flow.Info{Name: "garden"}
	for i := range things {
		info.Nodes = append(info.Nodes, flow.Node{Name: "thing" + flow.FormatInt(int64(i)), Kind: "k", Pos: "garden.hcl:1"})
	}
	r.engine = flow.NewEngine(r.clock, info, flow.Output{}, func(*flow.Engine) flow.Program { return r })
	r.engine.OnFault(func(f flow.Fault) { r.faults = append(r.faults, f.Message) })
	return r
}

func (r *rig) Things() []flow.Thing { return r.things }

func (r *rig) Order() []int32 {
	order := make([]int32, len(r.things))
	for i := range order {
		order[i] = int32(i)
	}
	return order
}

func (r *rig) Begin() {}

func (r *rig) React(n int32, w flow.Wake) { r.things[n].React(r.engine.Hosts[n], w) }

func (r *rig) Fire(_, _ int32) {}

func (r *rig) Step() {
	if r.equations != nil {
		r.equations()
	}
	for n, t := range r.things {
		if d, ok := t.(flow.Decider); ok {
			d.Decide(r.engine.Hosts[n])
		}
	}
	if r.seen != nil {
		r.seen(r.engine.Pass)
	}
}

func (r *rig) Apply() {
	for n, t := range r.things {
		if d, ok := t.(flow.Decider); ok {
			d.Apply(r.engine.Hosts[n])
		}
	}
}

func (r *rig) Culprit() int32 { return 0 }

func (r *rig) start() {
	r.t.Helper()
	if err := r.engine.Start(); err != nil {
		r.t.Fatal(err)
	}
}

// pass lets time go by, one timer after the other.
func (r *rig) pass(d time.Duration) {
	end := r.clock.Mono() + d
	r.engine.Settle()
	for {
		due, ok := r.engine.NextTimer()
		if !ok || due > end {
			break
		}
		r.clock.Advance(due - r.clock.Mono())
		r.engine.Settle()
	}
	r.clock.Advance(end - r.clock.Mono())
	r.engine.Settle()
}

// stop ends the program as a signal does.
func (r *rig) stop() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r.engine.Run(ctx, time.Second)
}

func (r *rig) noFaults() {
	r.t.Helper()
	if len(r.faults) > 0 {
		r.t.Errorf("faults: %q", r.faults)
	}
}

func (r *rig) oneFault(part string) {
	r.t.Helper()
	if len(r.faults) != 1 || !strings.Contains(r.faults[0], part) {
		r.t.Errorf("faults %q, want one with %q", r.faults, part)
	}
}
