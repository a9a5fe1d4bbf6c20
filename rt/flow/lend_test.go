package flow_test

import (
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"flowc/rt/flow"
)

// Whoever brings an occurrence may run its instant: one at a time has the program all the
// same, and none is left behind.
func TestBringFromManyGoroutines(t *testing.T) {
	const writers, each = 8, 500
	m := newMailbox(flow.DropNewest)
	open := m.start
	m.start = func(h *flow.Host) error { flow.Lend(h); return open(h) }
	var inside, foreign atomic.Int32
	alone := func(f func()) {
		if inside.Add(1) != 1 {
			t.Error("two instants at a time")
		}
		runtime.Gosched() // lets others come in, if they may
		f()
		inside.Add(-1)
	}
	take := m.react
	m.react = func(h *flow.Host, w flow.Wake) {
		alone(func() { take(h, w) })
		if !onLoop() {
			foreign.Add(1)
		}
	}
	other := &fake{react: func(*flow.Host, flow.Wake) { alone(func() {}) }}
	r := newRig(t, []*fake{&m.fake, other}, nil).started()
	life, ended := make(lifetime), make(chan struct{})
	go func() { r.Run(life, time.Second); close(ended) }()
	var filed atomic.Int64
	var writing sync.WaitGroup
	for w := range writers {
		writing.Go(func() {
			for i := range each {
				if ok, _ := m.box.Bring(w*each+i, 10); ok {
					filed.Add(1)
				}
				if i%100 == 0 {
					r.Hosts[1].Wake() // for the loop
				}
			}
		})
	}
	finished(t, "the writers", all(&writing))
	// While the loop rests, which it does at the latest now, who brings runs the instant.
	await(t, "one who runs an instant of its own", func() bool {
		if foreign.Load() > 0 {
			return true
		}
		if ok, _ := m.box.Bring(0, 10); ok {
			filed.Add(1)
		}
		return false
	})
	taken := func() (n int) {
		done := make(chan struct{})
		r.Call(func() { n = len(m.got); close(done) })
		finished(t, "a look at the program", done)
		return n
	}
	await(t, "the last of them", func() bool { return int64(taken()) == filed.Load() })
	close(life)
	finished(t, "the end", ended)
	if c := r.Counters(0); !c.Holds() || c.Accepted != uint64(filed.Load()) {
		t.Errorf("%+v, but %d were filed", c, filed.Load())
	}
}

// onLoop reports whether Run called the function that asks.
func onLoop() bool {
	stack := make([]byte, 16<<10)
	return strings.Contains(string(stack[:runtime.Stack(stack, false)]), "(*Engine).Run")
}

// A timer that an instant sets which somebody else ran rings in time: the loop, which
// sleeps, hears of it.
func TestBroughtInstantSetsTimers(t *testing.T) {
	m := newMailbox(flow.DropNewest)
	open := m.start
	m.start = func(h *flow.Host) error { flow.Lend(h); return open(h) }
	var at time.Duration
	rang := make(chan struct{})
	next := []time.Duration{time.Hour, time.Minute}
	m.react = func(h *flow.Host, w flow.Wake) {
		switch w.Why {
		case flow.OnInput:
			m.box.Take()
			h.After(0, next[0])
			next = next[1:]
		case flow.OnTimer:
			at = h.Mono()
			close(rang)
		}
	}
	r := newRig(t, []*fake{&m.fake}, nil)
	alarms := &counting{FakeClock: r.clock}
	r.engine(alarms)
	if err := r.Engine.Start(); err != nil {
		t.Fatal(err)
	}
	life, ended := make(lifetime), make(chan struct{})
	go func() { r.Run(life, time.Second); close(ended) }()
	m.box.Bring(1, 1)
	await(t, "an alarm", func() bool { return r.clock.Alarms() == 1 })
	m.box.Bring(2, 1) // earlier
	await(t, "an earlier alarm", func() bool { return alarms.shortest() == time.Minute })
	r.clock.Advance(time.Minute)
	finished(t, "the ring", rang)
	if at != time.Minute {
		t.Errorf("rang at %v", at)
	}
	close(life)
	finished(t, "the end", ended)
}
