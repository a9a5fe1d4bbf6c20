package flow_test

import (
	"bytes"
	"strings"
	"sync"
	"testing"
	"time"

	"flowc/rt/flow"
)

// terminal is written by the logger; it blocks until it is read.
type terminal struct {
	mu   sync.Mutex
	text bytes.Buffer
	busy chan struct{}
	read chan struct{}
}

func newTerminal() *terminal {
	return &terminal{busy: make(chan struct{}, 1), read: make(chan struct{})}
}

func (w *terminal) Write(b []byte) (int, error) {
	select {
	case w.busy <- struct{}{}:
	default:
	}
	<-w.read
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(b)
}

func (w *terminal) lines() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return strings.Split(strings.TrimSuffix(w.text.String(), "\n"), "\n")
}

// A terminal that nobody reads costs lines, which are counted, and no instant.
func TestBlockedLogLosesLinesAndCountsThem(t *testing.T) {
	for _, c := range []struct {
		name  string
		line  string
		lines int
		kept  int
	}{
		{"many", "x", 3000, 1024},
		{"large", strings.Repeat("x", 100_000), 100, 10},
		{"one that is larger than all", strings.Repeat("x", 3<<20), 3, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newTerminal()
			r := newRig(t, []*fake{{}}, nil)
			r.out = flow.Output{Log: w, Plain: true}
			r.engine(r.clock)
			r.Hosts[0].Print(flow.LevelInfo, "first")
			finished(t, "the first write", w.busy)
			for range c.lines {
				r.Hosts[0].Print(flow.LevelInfo, c.line)
			}
			close(w.read)
			r.end()
			got := w.lines()
			if len(got) != c.kept+2 {
				t.Fatalf("%d lines, want %d", len(got), c.kept+2)
			}
			if got[0] != "info thing0: first" || got[1] != "info thing0: "+c.line {
				t.Errorf("the first lines are %.40q and %.40q", got[0], got[1])
			}
			want := "warning log: " + flow.FormatInt(int64(c.lines-c.kept)) + " lines dropped"
			if last := got[len(got)-1]; last != want {
				t.Errorf("the last line is %.60q, want %q", last, want)
			}
		})
	}
}

func TestLogFromManyGoroutines(t *testing.T) {
	w := newTerminal()
	close(w.read)
	r := newRig(t, []*fake{{}}, nil)
	r.out = flow.Output{Log: w}
	r.engine(r.clock)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for range 100 {
				r.Hosts[0].Log(flow.LevelWarning, "retrying")
			}
		})
	}
	finished(t, "the goroutines", all(&wait))
	r.end()
	for _, l := range w.lines() {
		if l != flow.ClockTime(time.Unix(1e9, 0))+" warning garden.hcl:1: relay \"thing0\": retrying" {
			t.Fatalf("got %q", l)
		}
	}
	if n := len(w.lines()); n != 800 {
		t.Errorf("%d lines", n)
	}
}

// The end waits a second for a terminal that nobody reads, and no longer.
func TestCloseDoesNotWaitForABlockedLog(t *testing.T) {
	w := newTerminal()
	defer close(w.read)
	r := newRig(t, []*fake{{}}, nil)
	r.out = flow.Output{Log: w}
	r.engine(r.clock)
	r.Hosts[0].Print(flow.LevelInfo, "first")
	finished(t, "the first write", w.busy)
	ended := make(chan struct{})
	go func() { r.Run(over(), 0); close(ended) }()
	await(t, "the wait", func() bool { return r.clock.Alarms() > 0 })
	r.clock.Advance(time.Second)
	finished(t, "the end", ended)
}
