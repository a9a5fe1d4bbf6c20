package flow_test

import (
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
)

func TestInstantZeroIsOneInstantInOrder(t *testing.T) {
	r := newRig(t, nil, nil)
	at := func() string { return "pass " + flow.FormatInt(int64(r.Pass)) }
	thing := func(name string) *fake {
		return &fake{
			start: func(*flow.Host) error { r.note("start %s", name); return nil },
			react: func(_ *flow.Host, w flow.Wake) {
				if w.Why != flow.AtStart {
					t.Errorf("%s reacts to %d", name, w.Why)
				}
				r.note("react %s %s", name, at())
			},
			apply: func(*flow.Host) { r.note("apply %s %s", name, at()) },
		}
	}
	r.things = []*fake{thing("button"), thing("lamp")}
	r.steps = []*step{{run: func(k flow.Tick) {
		r.note("step %s start %v", at(), k.Start())
		r.moved |= 2
	}}}
	r.begin = func() { r.note("begin %s", at()) }
	r.order = []int32{1, 0}
	r.engine(r.clock)
	r.order = r.order[:2]
	if err := r.Engine.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.end)
	r.noted("start lamp", "start button", "react lamp pass 1", "react button pass 1", "begin pass 1",
		"step pass 1 start true", "apply lamp pass 1")
}

// restless moves on whenever it is read.
type restless struct {
	*flow.FakeClock
	walls, monos int
}

func (c *restless) Now() time.Time {
	c.walls++
	c.Advance(time.Millisecond)
	return c.FakeClock.Now()
}

func (c *restless) Mono() time.Duration {
	c.monos++
	c.Advance(time.Millisecond)
	return c.FakeClock.Mono()
}

func TestClockIsReadOncePerInstant(t *testing.T) {
	r := newRig(t, nil, nil)
	clock := &restless{FakeClock: r.clock}
	passes := 0
	var wall time.Time
	var mono time.Duration
	same := func(wallNow time.Time, monoNow time.Duration) {
		if wallNow != wall || monoNow != mono {
			t.Errorf("pass %d: the time moved within the instant", passes)
		}
	}
	r.things = []*fake{{
		react: func(h *flow.Host, w flow.Wake) {
			wall, mono = h.Time(), h.Mono()
			r.mark(0)
			r.moved = 1
		},
		apply: func(h *flow.Host) { same(h.Time(), h.Mono()) },
	}}
	r.steps = []*step{{run: func(k flow.Tick) {
		same(k.Time(), k.Mono())
		if passes++; passes%3 != 0 {
			k.Again()
		}
	}}}
	r.engine(clock)
	if err := r.Engine.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.end)
	before := clock.walls
	r.occur(0)
	if n := clock.walls - before; n != 1 {
		t.Errorf("the wall clock was read %d times in one instant", n)
	}
	if passes != 6 {
		t.Errorf("%d passes in two instants, want 6", passes)
	}
}

func TestTimersOfOneMomentAreOneInstant(t *testing.T) {
	r := newRig(t, []*fake{{}}, nil)
	instants := 0
	r.things[0].react = func(h *flow.Host, w flow.Wake) {
		switch w.Why {
		case flow.AtStart:
			h.After(0, 2*time.Second)
			h.After(1, time.Second)
			h.After(3, 2*time.Second)
			h.After(2, 2*time.Second)
		case flow.OnTimer:
			r.note("%v timer %d", h.Mono(), w.Timer)
		}
	}
	r.steps = []*step{{run: func(k flow.Tick) {
		if k.Start() {
			k.After(2 * time.Second)
		}
		if k.Due() {
			r.note("%v step", k.Mono())
		}
	}}}
	r.started()
	r.AfterInstant(func() { instants++ })
	r.clock.Advance(time.Second)
	r.Settle()
	r.noted("1s timer 1")
	r.clock.Advance(time.Second)
	r.Settle()
	// In the order in which they were set, things before equations.
	r.noted("2s timer 0", "2s timer 3", "2s timer 2", "2s step")
	if instants != 2 {
		t.Errorf("%d instants, want 2", instants)
	}
}

// A timer that is set for this very moment while the moment's timers ring waits
// for the next instant: an instant ends.
func TestTimerForNowIsAnotherInstant(t *testing.T) {
	r := newRig(t, []*fake{{}}, nil)
	rang := 0
	r.things[0].react = func(h *flow.Host, w flow.Wake) {
		if rang++; rang < 5 {
			h.After(0, 0)
		}
	}
	r.started()
	instants := 0
	r.AfterInstant(func() { instants++ })
	r.Settle()
	if rang != 5 || instants != 4 {
		t.Errorf("rang %d times in %d instants", rang, instants)
	}
}

func TestFurtherPasses(t *testing.T) {
	r := newRig(t, []*fake{{}}, nil)
	left := 0
	var first flow.Pass
	r.steps = []*step{
		{run: func(k flow.Tick) {
			r.note("merge %d", r.Pass-first)
			r.mark(1)
			if left--; left > 0 {
				k.Again()
			}
		}},
		{run: func(flow.Tick) { r.note("count %d", r.Pass-first) }},
	}
	r.things[0].react = func(*flow.Host, flow.Wake) { first = r.Pass; left = 3; r.mark(0) }
	r.things[0].apply = func(*flow.Host) { r.note("apply") }
	r.started()
	r.notes = nil
	r.moved = 1
	r.occur(0)
	r.noted("merge 0", "count 0", "merge 1", "count 1", "merge 2", "count 2", "apply")
}

// A step that never has told everything is stopped, and named; what follows from
// its reset is still evaluated in this instant, so that actuators go safe.
func TestTooManyPasses(t *testing.T) {
	r := newRig(t, []*fake{{}}, nil)
	runs, endless, safe := 0, false, false
	r.steps = []*step{
		{run: func(flow.Tick) {}},
		{run: func(k flow.Tick) {
			runs++
			if endless {
				k.Again()
			}
		}, reset: func() { endless = false; r.mark(2) }},
		{run: func(flow.Tick) { safe = !endless }},
	}
	r.things[0].react = func(*flow.Host, flow.Wake) { r.mark(0, 1) }
	r.things[0].apply = func(*flow.Host) { r.note("apply safe=%v", safe) }
	r.started()
	r.notes, r.faults = nil, nil
	endless, runs, safe = true, 0, false
	r.moved = 1
	r.occur(0)
	r.faulted("step1: more than 1000 passes in one instant; what it had left to tell is lost")
	r.noted("apply safe=true")
	if runs != flow.MaxPasses {
		t.Errorf("%d passes, want %d", runs, flow.MaxPasses)
	}
	if c := r.Counters(0); c.Dead != 1 {
		t.Errorf("the occurrence is not dead: %+v", c)
	}
	r.occur(0)
	r.faulted()
}

func TestPanicIsAFaultOfItsNodeAndTheRestGoesOn(t *testing.T) {
	for _, c := range []struct {
		name           string
		spoil          func(r *rig)
		noted, faulted string
	}{
		{"in React at start", func(r *rig) { r.things[0].react = boom }, "react1 step0 step1 step2 apply0 apply1 apply2", "thing0: stopped by boom"},
		{"in Begin", func(r *rig) { r.begin = func() { panic("boom") } }, "react0 react1 step0 step1 step2 apply0 apply1 apply2", "thing0: stopped by boom"},
		{"in a step", func(r *rig) { r.steps[1].run = func(flow.Tick) { panic("boom") } }, "react0 react1 step0 step2 apply0 apply1 apply2", "step1: stopped by boom"},
		{"in Apply", func(r *rig) { r.things[1].apply = func(*flow.Host) { panic("boom") } }, "react0 react1 step0 step1 step2 apply0 apply2", "thing1: stopped by boom"},
		{"in a reset after a panic", func(r *rig) {
			r.steps[1].run = func(flow.Tick) { panic("boom") }
			r.steps[1].reset = func() { panic("bang") }
		}, "react0 react1 step0 apply0 apply1 apply2", "step1: stopped by bang, step1: stopped by boom"},
		{"everywhere", func(r *rig) {
			for i := range 3 {
				r.things[i].react = boom
				r.things[i].apply = func(*flow.Host) { panic("boom") }
				r.steps[i].run = func(flow.Tick) { panic("boom") }
			}
		}, "", "thing0: stopped by boom, thing1: stopped by boom, thing2: stopped by boom, " +
			"step0: stopped by boom, step1: stopped by boom, step2: stopped by boom, " +
			"thing0: stopped by boom, thing1: stopped by boom, thing2: stopped by boom"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, nil, nil)
			for i := range 3 {
				f := &fake{apply: func(*flow.Host) { r.note("apply%d", i) }}
				if i < 2 {
					f.react = func(*flow.Host, flow.Wake) { r.note("react%d", i) }
				}
				r.things = append(r.things, f)
				r.steps = append(r.steps, &step{run: func(flow.Tick) { r.note("step%d", i) }})
			}
			r.moved = 7
			c.spoil(r)
			r.started()
			if got := strings.Join(r.notes, " "); got != c.noted {
				t.Errorf("noted %q, want %q", got, c.noted)
			}
			if got := strings.Join(r.faults, ", "); got != c.faulted {
				t.Errorf("faults %q, want %q", got, c.faulted)
			}
		})
	}
}

func boom(*flow.Host, flow.Wake) { panic("boom") }

func TestPanicOfATimerLeavesTheOthers(t *testing.T) {
	r := newRig(t, nil, nil)
	for i := range 3 {
		r.things = append(r.things, &fake{react: func(h *flow.Host, w flow.Wake) {
			if w.Why == flow.AtStart {
				h.After(0, time.Second)
				return
			}
			r.note("timer of %d", i)
			if i == 1 {
				panic("boom")
			}
		}})
	}
	r.started()
	instants := 0
	r.AfterInstant(func() { instants++ })
	r.clock.Advance(time.Second)
	r.Settle()
	r.noted("timer of 0", "timer of 1", "timer of 2")
	r.faulted("thing1: stopped by boom")
	if instants != 1 {
		t.Errorf("%d instants, want 1", instants)
	}
}

// What a step asked for before it panicked is not done by another.
func TestPanicAfterAgain(t *testing.T) {
	r := newRig(t, []*fake{{}}, nil)
	runs := 0
	r.steps = []*step{
		{run: func(k flow.Tick) {
			if !k.Start() {
				k.Again()
				panic("boom")
			}
		}},
		{run: func(flow.Tick) { runs++ }},
	}
	r.all = true
	r.started()
	runs = 0
	r.occur(0)
	if runs != 1 {
		t.Errorf("the step after it ran %d times", runs)
	}
}

// The follower of a step that panics learns in the same pass that it is not ready.
func TestPanicPropagatesAsNotReady(t *testing.T) {
	r := newRig(t, []*fake{{}}, nil)
	var dry, pump flow.Value[bool]
	bad := false
	r.steps = []*step{
		{run: func(flow.Tick) {
			if bad {
				panic("boom")
			}
			if dry.Set(r.Pass, true) {
				r.mark(1)
			}
		}, reset: func() {
			if dry.Unset(r.Pass) {
				r.mark(1)
			}
		}},
		{run: func(flow.Tick) { pump.Put(r.Pass, dry.Val()) }},
	}
	r.things[0].react = func(*flow.Host, flow.Wake) { r.mark(0) }
	r.started()
	if !pump.V || !pump.OK {
		t.Fatal("the pump is not on")
	}
	bad = true
	r.occur(0)
	if pump.OK {
		t.Error("the pump is ready, though what it follows is not")
	}
	bad = false
	r.occur(0)
	if !pump.OK {
		t.Error("the pump does not come back")
	}
}
