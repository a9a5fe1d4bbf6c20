// Package flowtest lets tests run an operator in the instants of a real engine on
// a clock that the test steps. It is linked by tests only.
package flowtest

import (
	"context"
	"testing"
	"time"

	"flowc/rt/flow"
)

// Stage is an engine with a program of a single equation.
type Stage struct {
	clock  *clock
	engine *flow.Engine
	timer  flow.TimerID
	step   func(flow.Tick)
	// dirty says that the equation runs in this instant, in every pass of it;
	// passes counts them.
	dirty  bool
	passes int
}

// New makes a stage whose equation is step, at monotonic time 0, and runs
// instant 0. A panic in step fails the test.
func New(tb testing.TB, step func(flow.Tick)) *Stage {
	tb.Helper()
	s := &Stage{step: step, clock: newClock()}
	info := flow.Info{Name: "stage", Nodes: []flow.Node{{Name: "equation", Pos: "stage.hcl:1"}}}
	s.engine = flow.NewEngine(s.clock, info, flow.Output{}, func(e *flow.Engine) flow.Program {
		s.timer = e.NewTimers(flow.NoPart, 0)[0]
		return program{s}
	})
	s.engine.OnFault(func(f flow.Fault) { tb.Errorf("fault: %s", f.Message) })
	if err := s.engine.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(s.stop)
	return s
}

// stop ends the engine's own goroutines.
func (s *Stage) stop() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s.engine.Run(ctx, 0)
}

// Run is an instant of an occurrence from outside: the equation runs at the
// present time.
func (s *Stage) Run() {
	s.engine.Hosts[0].Wake()
	s.engine.Settle()
}

// RunLate is Run on a busy machine: time passes until the monotonic time to after
// the engine looked for due timers and before the occurrence's instant begins. So
// that instant comes before timers that are overdue; they ring right after it.
func (s *Stage) RunLate(to time.Duration) {
	s.clock.leap = to - s.clock.Mono()
	s.Run()
}

// Advance lets time pass until the monotonic time to. Each timer rings in its own
// instant at exactly its time, those that are due at to included.
func (s *Stage) Advance(to time.Duration) {
	for {
		due, ok := s.engine.NextTimer()
		if !ok || due > to {
			break
		}
		s.clock.Advance(max(0, due-s.clock.Mono()))
		s.engine.Settle()
	}
	s.clock.Advance(to - s.clock.Mono())
}

// Jump lets time pass until the monotonic time to without an instant, as on a
// machine that was busy. Late timers ring at the next Run or Advance.
func (s *Stage) Jump(to time.Duration) { s.clock.Advance(to - s.clock.Mono()) }

// First reports whether this is the first pass of the instant. Only then an event
// from outside happens.
func (s *Stage) First() bool { return s.passes == 1 }

// Mono is the present monotonic time.
func (s *Stage) Mono() time.Duration { return s.clock.Mono() }

// Timer reports when the equation's timer is due, if it is set.
func (s *Stage) Timer() (time.Duration, bool) { return s.engine.NextTimer() }

// Counters are those of the equation's occurrences.
func (s *Stage) Counters() flow.Counters { return s.engine.Counters(0) }

type program struct{ s *Stage }

func (p program) Things() []flow.Thing { return nil }

func (p program) Order() []int32 { return nil }

func (p program) Begin() { p.mark() }

func (p program) React(int32, flow.Wake) { p.mark() }

func (p program) Fire(int32, int32) { p.mark() }

func (p program) mark() { p.s.dirty, p.s.passes = true, 0 }

func (p program) Step() {
	if p.s.dirty {
		p.s.passes++
		p.s.step(p.s.engine.Tick(0, p.s.timer, 1))
	}
}

func (p program) Apply() { p.s.dirty = false }

func (p program) Culprit() int32 {
	p.s.dirty = false
	return 0
}
