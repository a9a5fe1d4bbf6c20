package flow_test

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"time"

	"flowc/rt/flow"
)

// leaky is a source whose effects nobody ends while leak is set.
type leaky struct {
	*rig
	*source
	leak   bool
	tokens []flow.Token
	// mu guards log, which a loop on another goroutine writes.
	mu  sync.Mutex
	log bytes.Buffer
}

func newLeaky(t *testing.T) *leaky {
	l := &leaky{}
	l.source = newSource(func(h *flow.Host, id uint64) {
		if l.leak {
			l.tokens = append(l.tokens, h.Begin())
		}
	})
	l.rig = newRig(t, []*fake{&l.source.fake}, nil)
	l.out = flow.Output{Log: l, Plain: true, Direct: true}
	return l
}

func (l *leaky) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.log.Write(b)
}

// told is how many lines tell that something has not finished.
func (l *leaky) told() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Count(l.log.String(), "has not finished")
}

// TestOverdueIsTold: an effect that nobody ends is told of once, with the place of who
// began it and of what began; what it holds is held on.
func TestOverdueIsTold(t *testing.T) {
	l := newLeaky(t)
	l.started()
	put := func(id uint64, leak bool) {
		l.leak = leak
		l.box.Put(id, 1)
		l.Settle()
	}
	pass := func(d time.Duration, told int) {
		t.Helper()
		l.clock.Advance(d)
		put(100, false)
		if got := l.told(); got != told {
			t.Errorf("after %v more it was told %d times, want %d", d, got, told)
		}
	}
	put(1, false)
	pass(10*time.Minute, 0)
	put(2, true)
	put(3, true)
	pass(59*time.Second, 0)
	put(4, true)
	pass(time.Second, 1)
	pass(58*time.Second, 1)
	pass(time.Second, 2)
	pass(time.Hour, 2)
	want := `warning garden.hcl:1: relay "thing0": what "thing0" (garden.hcl:1) started has not finished for 60 s (and 1 more like it)
warning garden.hcl:1: relay "thing0": what "thing0" (garden.hcl:1) started has not finished for 60 s
`
	if got := l.log.String(); got != want {
		t.Errorf("told:\n%swant:\n%s", got, want)
	}
	l.holds()
	if c := l.Counters(0); c.InFlight != 3 {
		t.Errorf("%+v", c)
	}
	for _, k := range l.tokens {
		l.Hosts[0].End(k, flow.OutcomeDelivered)
	}
	if c := l.Counters(0); c.InFlight != 0 || !c.Holds() {
		t.Errorf("%+v", c)
	}
}

// TestOverdueIsToldInSilence: it is told also where nothing else happens, and a program
// in which nothing waits is not woken for it.
func TestOverdueIsToldInSilence(t *testing.T) {
	l := newLeaky(t)
	alarms := &counting{FakeClock: l.clock}
	l.engine(alarms)
	if err := l.Engine.Start(); err != nil {
		t.Fatal(err)
	}
	life, ended := make(lifetime), make(chan struct{})
	go func() { l.Run(life, time.Second); close(ended) }()
	put := func(id uint64, leak bool) {
		done := make(chan struct{})
		l.Call(func() { l.leak = leak })
		l.box.Put(id, 1)
		l.Call(func() { close(done) })
		finished(t, "the instant", done)
	}
	put(1, false)
	if n := alarms.count(); n != 0 {
		t.Errorf("%d alarms though nothing waits", n)
	}
	put(2, true)
	await(t, "an alarm", func() bool { return l.clock.Alarms() == 1 })
	l.clock.Advance(time.Minute)
	await(t, "the line", func() bool { return l.told() == 1 })
	close(life)
	await(t, "the limit", func() bool { l.clock.Advance(time.Second); return closedNow(ended) })
}

func closedNow(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}
