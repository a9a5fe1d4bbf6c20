package flow_test

import (
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"flowc/rt/flow"
)

// patience bounds every wait; none lasts so long when all is well.
const patience = time.Minute

// await waits until ok holds.
func await(t testing.TB, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !ok(); runtime.Gosched() {
		if time.Now().After(end) {
			t.Fatal("waited in vain for " + what)
		}
	}
}

// heard is what comes next from c.
func heard[T any](t testing.TB, what string, c <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(patience):
		t.Fatal("waited in vain for " + what)
	}
	return v
}

func finished(t testing.TB, what string, c <-chan struct{}) {
	t.Helper()
	heard(t, what, c)
}

// all is closed when the goroutines of a group are over.
func all(group *sync.WaitGroup) <-chan struct{} {
	over := make(chan struct{})
	go func() { group.Wait(); close(over) }()
	return over
}

// lifetime is ended by a test.
type lifetime chan struct{}

func (l lifetime) Done() <-chan struct{} { return l }

// A flood of occurrences leaves room for timers: with one always waiting, a timer
// that comes due rings before the second next occurrence.
func TestFloodDoesNotStarveTimers(t *testing.T) {
	r := newRig(t, []*fake{{}, {}}, nil)
	since, most := 0, 0
	r.things[0].react = func(h *flow.Host, w flow.Wake) {
		if w.Why != flow.OnInput {
			return
		}
		r.clock.Advance(time.Millisecond) // an instant takes time
		since++
		most = max(most, since)
		if r.Pass < 1000 {
			h.Wake()
		}
	}
	rings := 0
	r.things[1].react = func(h *flow.Host, w flow.Wake) {
		if w.Why == flow.OnTimer {
			rings++
			since = 0
		}
		h.After(0, time.Millisecond)
	}
	r.started()
	since = 0
	r.Hosts[0].Wake()
	for range 900 {
		r.Next()
	}
	if rings < 300 || most > 2 {
		t.Errorf("%d rings, at most %d occurrences between them", rings, most)
	}
}

// Timers that are always overdue leave room for occurrences.
func TestOverdueTimersDoNotStarveOccurrences(t *testing.T) {
	for _, period := range []time.Duration{0, time.Millisecond} {
		r := newRig(t, []*fake{{}, {}, {}}, nil)
		for _, f := range r.things[1:] {
			f.react = func(h *flow.Host, w flow.Wake) {
				if w.Why == flow.OnTimer {
					r.clock.Advance(3 * period) // slower than the timers come
				}
				h.After(0, period)
			}
		}
		heard := 0
		r.things[0].react = func(h *flow.Host, w flow.Wake) {
			if w.Why == flow.OnInput {
				heard++
				h.Wake()
			}
		}
		r.engine(r.clock)
		if err := r.Engine.Start(); err != nil {
			t.Fatal(err)
		}
		r.Hosts[0].Wake()
		for range 300 {
			r.Next()
		}
		if heard < 80 {
			t.Errorf("period %v: heard %d of 300 instants", period, heard)
		}
	}
}

// What is late still comes in order: timers that were due before an occurrence
// is looked at go before it.
func TestLateTimersGoFirst(t *testing.T) {
	r := newRig(t, []*fake{{}}, nil)
	r.things[0].react = func(h *flow.Host, w flow.Wake) {
		switch w.Why {
		case flow.AtStart:
			h.After(0, 2*time.Second)
			h.After(1, time.Second)
		case flow.OnTimer:
			r.note("timer %d", w.Timer)
		default:
			r.note("input")
		}
	}
	r.started()
	r.clock.Advance(time.Minute)
	r.Hosts[0].Wake()
	r.Settle()
	r.noted("timer 1", "timer 0", "input")
}

// A flood must not keep the program from stopping.
func TestFloodDoesNotKeepTheProgramAlive(t *testing.T) {
	r := newRig(t, []*fake{{}}, nil)
	life := make(lifetime)
	n := 0
	r.things[0].react = func(h *flow.Host, w flow.Wake) {
		h.Wake()
		if n++; n == 1000 {
			close(life)
		}
	}
	r.engine(r.clock)
	if err := r.Engine.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { r.Run(life, time.Hour); close(ended) }()
	finished(t, "the end", ended)
	if n != 1000 {
		t.Errorf("%d instants, though the program was to stop after 1000", n)
	}
}

// The loop sleeps until a timer, is told of earlier ones, and is not woken by an
// alarm for each time that a timer is moved on.
func TestLoopSleepsUntilTheNextTimer(t *testing.T) {
	r := newRig(t, []*fake{{}}, nil)
	rang := make(chan time.Duration, 10)
	next := []time.Duration{time.Hour, time.Minute, 2 * time.Hour, 2 * time.Hour}
	r.things[0].react = func(h *flow.Host, w flow.Wake) {
		switch w.Why {
		case flow.OnInput:
			h.After(0, next[0])
			next = next[1:]
		case flow.OnTimer:
			rang <- h.Mono()
		}
	}
	alarms := &counting{FakeClock: r.clock}
	r.engine(alarms)
	if err := r.Engine.Start(); err != nil {
		t.Fatal(err)
	}
	life, ended := make(lifetime), make(chan struct{})
	go func() { r.Run(life, time.Second); close(ended) }()
	occur := func() {
		done := make(chan struct{})
		r.Hosts[0].Wake()
		r.Call(func() { close(done) })
		finished(t, "the instant", done)
	}
	occur()
	await(t, "an alarm", func() bool { return r.clock.Alarms() == 1 })
	occur() // earlier
	await(t, "an earlier alarm", func() bool { return alarms.shortest() == time.Minute })
	r.clock.Advance(time.Minute)
	if at := heard(t, "the ring", rang); at != time.Minute {
		t.Errorf("rang at %v", at)
	}
	occur()
	await(t, "an alarm", func() bool { return r.clock.Alarms() == 1 })
	r.clock.Advance(time.Hour)
	occur() // later: the alarm is left as it is
	n := alarms.count()
	r.clock.Advance(time.Hour) // too early, so another is made
	await(t, "another alarm", func() bool { return alarms.count() > n && r.clock.Alarms() == 1 })
	r.clock.Advance(time.Hour)
	if at := heard(t, "the second ring", rang); at != 3*time.Hour+time.Minute {
		t.Errorf("rang at %v", at)
	}
	close(life)
	finished(t, "the end", ended)
	if n := r.clock.Alarms(); n != 0 {
		t.Errorf("%d alarms are left", n)
	}
}

// harmless is a thing without a safe state.
type harmless struct {
	flow.Thing
	flow.Drainer
	flow.Completer
}

// Stopping: nothing new is accepted, effects and timers go on; then the outputs stop, and
// the others from the last to the first.
func TestGracefulStop(t *testing.T) {
	r := newRig(t, nil, nil)
	life, ended := make(lifetime), make(chan struct{})
	stopped := func(name string) func(*flow.Host) { return func(*flow.Host) { r.note("stop %s", name) } }
	var effect flow.Token
	drained := false
	lamp := &fake{stop: stopped("lamp"), react: func(h *flow.Host, w flow.Wake) {
		if w.Why == flow.OnTimer {
			r.note("max_on")
		}
	}}
	sink := &fake{stop: stopped("sink"), drained: func() bool { return drained }, react: func(h *flow.Host, w flow.Wake) {
		if w.Why == flow.OnDone {
			r.note("effect over")
			drained = true
			h.End(w.Effect, flow.OutcomeDelivered)
		}
	}}
	draining := make(chan struct{})
	m := newMailbox(flow.Block)
	m.stop = stopped("source")
	take := m.react
	m.react = func(h *flow.Host, w flow.Wake) {
		take(h, w)
		if w.Why == flow.OnInput {
			effect = h.Begin()
			r.Hosts[0].After(0, time.Minute)
			m.box.Put(2, 1)
			r.Call(func() { close(draining) })
			close(life)
		}
	}
	r.things = []*fake{lamp, sink, &m.fake}
	r.wrap = func(i int, f *fake) flow.Thing {
		if i == 0 {
			return f
		}
		return harmless{f, f, f} // what cannot be left on
	}
	r.engine(r.clock)
	if err := r.Engine.Start(); err != nil {
		t.Fatal(err)
	}
	m.box.Put(1, 1)
	go func() { r.Run(life, time.Hour); close(ended) }()
	finished(t, "the drain", draining)
	await(t, "the alarms", func() bool { return r.clock.Alarms() == 2 })
	r.clock.Advance(time.Minute)
	await(t, "no more timer", func() bool { return r.clock.Alarms() == 1 })
	r.Hosts[1].Done(effect)
	finished(t, "the end", ended)
	r.noted("max_on", "effect over", "stop lamp", "stop source", "stop sink")
	if !slices.Equal(m.got, []int{1}) || m.box.Len() != 1 {
		t.Errorf("took %d after the end", m.got)
	}
	if c := r.Counters(2); c != (flow.Counters{Accepted: 1, Delivered: 1}) {
		t.Errorf("%+v", c)
	}
}

func TestDrainHasALimit(t *testing.T) {
	for name, flood := range map[string]bool{"quiet": false, "flood": true} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, []*fake{{}}, nil)
			r.things[0].drained = func() bool { return false }
			r.things[0].stop = func(*flow.Host) { r.note("stop") }
			r.things[0].react = func(h *flow.Host, w flow.Wake) {
				if flood {
					h.Done(0)
				}
			}
			r.engine(r.clock)
			if err := r.Engine.Start(); err != nil {
				t.Fatal(err)
			}
			ended := make(chan struct{})
			go func() { r.Run(over(), 10*time.Second); close(ended) }()
			await(t, "the limit", func() bool { return r.clock.Alarms() == 1 })
			select {
			case <-ended:
				t.Fatal("did not wait")
			default:
			}
			r.clock.Advance(10 * time.Second)
			finished(t, "the end", ended)
			r.noted("stop")
		})
	}
}

// Whatever breaks down, the outputs are stopped.
func TestStopSurvivesPanics(t *testing.T) {
	r := newRig(t, nil, nil)
	r.things = []*fake{
		{stop: func(*flow.Host) { r.note("stop lamp") }},
		{stop: func(*flow.Host) { panic("boom") }, drained: func() bool { panic("bang") }},
	}
	r.engine(r.clock)
	if err := r.Engine.Start(); err != nil {
		t.Fatal(err)
	}
	r.end()
	r.noted("stop lamp")
	r.faulted("thing1: stopped by bang", "thing1: stopped by boom")
}

// What cannot start leaves no output on: what started is stopped, and what did
// not is put safe, as an earlier run may have left it on.
func TestStartErrorLeavesOutputsSafe(t *testing.T) {
	for name, start := range map[string]func(*flow.Host) error{
		"busy":            func(*flow.Host) error { return flow.Problem("busy") },
		"stopped by busy": func(*flow.Host) error { panic("busy") },
	} {
		r := newRig(t, nil, nil)
		for i := range 4 {
			f := &fake{
				start: func(*flow.Host) error { r.note("start %d", i); return nil },
				stop:  func(*flow.Host) { r.note("stop %d", i) },
				safe:  func() error { r.note("safe %d", i); return nil },
				react: func(*flow.Host, flow.Wake) { t.Error("instant 0 was run") },
			}
			if i == 2 {
				f.start = start
			}
			r.things = append(r.things, f)
		}
		r.engine(r.clock)
		err := r.Engine.Start()
		if want := "garden.hcl:3: relay \"thing2\": " + name; err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
		r.noted("start 0", "start 1", "stop 1", "stop 0", "safe 2", "safe 3")
	}
}
