package flow_test

import (
	"strconv"
	"testing"
	"time"

	"flowc/rt/flow"
)

// BenchmarkTimers measures an instant of one timer among many: what a timer costs grows
// with the logarithm of their number.
func BenchmarkTimers(b *testing.B) {
	for _, timers := range []int{10, 1000, 100_000} {
		b.Run(strconv.Itoa(timers), func(b *testing.B) {
			clock := flow.NewFakeClock(time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC))
			p := &manyTimers{n: timers}
			e := flow.NewEngine(clock, flow.Info{Name: "many", Nodes: []flow.Node{{Name: "timer"}}}, flow.Output{}, func(e *flow.Engine) flow.Program {
				p.Engine = e
				return p
			})
			if err := e.Start(); err != nil {
				b.Fatal(err)
			}
			defer e.Stop()
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				due, _ := e.NextTimer()
				clock.Advance(due - clock.Mono())
				e.Settle()
			}
			if p.rang < b.N {
				b.Errorf("%d timers rang in %d instants", p.rang, b.N)
			}
		})
	}
}

// manyTimers has timers that ring once an hour, each at a moment of its own.
type manyTimers struct {
	*flow.Engine
	n, rang int
	ids     []flow.TimerID
}

func (p *manyTimers) Things() []flow.Thing { return nil }
func (p *manyTimers) Order() []int32       { return nil }

func (p *manyTimers) Begin() {
	for n := range p.n {
		id := p.NewTimers(int32(n), 0)[0]
		p.ids = append(p.ids, id)
		p.Arm(id, time.Duration(n+1)*time.Hour/time.Duration(p.n))
	}
}

func (p *manyTimers) React(int32, flow.Wake) {}

func (p *manyTimers) Fire(_, part int32) {
	p.rang++
	p.Arm(p.ids[part], time.Hour)
}

func (p *manyTimers) Step()          {}
func (p *manyTimers) Apply()         {}
func (p *manyTimers) Culprit() int32 { return 0 }

// TestIdleProgramNoticesItsClock has a program in which nothing happens for weeks: it
// looks every five seconds whether the clock was set, and again whether it was stepped.
func TestIdleProgramNoticesItsClock(t *testing.T) {
	clock := flow.NewFakeClock(time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC))
	clock.SetSynced(false)
	saw := make(chan string, 10)
	e := flow.NewEngine(clock, flow.Info{Name: "idle", Nodes: []flow.Node{{Name: "look"}}}, flow.Output{}, func(e *flow.Engine) flow.Program {
		return &looker{Engine: e, timer: e.NewTimers(flow.NoPart, 0)[0], saw: saw}
	})
	if err := e.Start(); err != nil {
		t.Fatal(err)
	}
	life := make(ending)
	done := make(chan struct{})
	go func() { e.Run(life, 0); close(done) }()
	expect := func(want string) {
		t.Helper()
		select {
		case got := <-saw:
			if got != want {
				t.Errorf("saw %s, want %s", got, want)
			}
		case <-time.After(patience):
			t.Fatalf("never saw %s", want)
		}
	}
	sleeps := func() {
		t.Helper()
		await(t, "the program to sleep", func() bool { return clock.Alarms() > 0 })
	}
	expect("unset")
	sleeps()
	clock.SetWall(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC))
	clock.SetSynced(true)
	clock.Advance(5 * time.Second)
	expect("2026-06-01")
	sleeps()
	clock.SetWall(time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC))
	clock.Advance(5 * time.Second)
	expect("2026-07-01")
	close(life)
	finished(t, "the end", done)
}

type ending chan struct{}

func (l ending) Done() <-chan struct{} { return l }

// looker looks at the clock whenever its timer rings.
type looker struct {
	*flow.Engine
	timer flow.TimerID
	saw   chan string
	dirty bool
}

func (p *looker) Things() []flow.Thing   { return nil }
func (p *looker) Order() []int32         { return nil }
func (p *looker) Begin()                 { p.dirty = true }
func (p *looker) React(int32, flow.Wake) {}
func (p *looker) Fire(int32, int32)      { p.dirty = true }
func (p *looker) Apply()                 {}
func (p *looker) Culprit() int32         { return 0 }

func (p *looker) Step() {
	if !p.dirty {
		return
	}
	p.dirty = false
	tick := p.Tick(0, p.timer, 1)
	now, set := tick.Wall()
	tick.AtWall(time.Time{})
	if set {
		p.saw <- now.Format("2006-01-02")
	} else {
		p.saw <- "unset"
	}
}
