// Package drive runs a generated program inside a test: on a clock that the test steps, with simulated pins.
// It is linked by the tests of the examples only.
package drive

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/gpio"
)

// patience bounds every wait; none lasts so long when all is well.
const patience = time.Minute

// Start is the wall time at which a program starts.
var Start = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

// Program is a running program.
type Program struct {
	Engine *flow.Engine
	// Clock is nil for a program that runs on the machine's clock.
	Clock *flow.FakeClock
	Pins  *gpio.Fake

	t    testing.TB
	stop context.CancelFunc
	over chan struct{}

	mu     sync.Mutex
	log    strings.Builder
	faults []flow.Fault

	// waits belongs to the instant loop.
	waits []wait
}

type wait struct {
	ok   func() bool
	came chan struct{}
}

// Run starts the program that build makes, on a clock that only the test moves, and lets it run until the end of the
// test.
func Run(t testing.TB, info flow.Info, build func(*flow.Engine) flow.Program) *Program {
	t.Helper()
	p := &Program{t: t, Clock: flow.NewFakeClock(Start)}
	p.start(p.Clock, info, build)
	return p
}

// RunLive is Run on the machine's clock.
func RunLive(t testing.TB, info flow.Info, build func(*flow.Engine) flow.Program) *Program {
	t.Helper()
	p := &Program{t: t}
	p.start(flow.SystemClock(), info, build)
	return p
}

func (p *Program) start(clock flow.Clock, info flow.Info, build func(*flow.Engine) flow.Program) {
	p.t.Helper()
	p.Pins, p.over = gpio.NewFake(), make(chan struct{})
	p.t.Cleanup(gpio.Use(p.Pins))
	p.Engine = flow.NewEngine(clock, info, flow.Output{Log: p}, build)
	p.Engine.OnFault(p.fault)
	p.Engine.AfterInstant(p.check)
	if err := p.Engine.Start(); err != nil {
		p.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	go func() {
		defer close(p.over)
		p.Engine.Run(ctx, 0)
	}()
	p.t.Cleanup(p.Stop)
}

// Stop ends the program as SIGTERM does. The end of the test does it too.
func (p *Program) Stop() {
	p.t.Helper()
	p.stop()
	alarm := time.NewTimer(patience)
	defer alarm.Stop()
	for p.Clock != nil && !p.isOver() {
		select {
		case <-alarm.C:
			p.t.Fatalf("the program does not stop\nlog:\n%s", p.Log())
		default:
			p.Clock.Advance(time.Second) // what waits for a peer gives up
		}
	}
	select {
	case <-p.over:
	case <-alarm.C:
		p.t.Fatalf("the program does not stop\nlog:\n%s", p.Log())
	}
}

func (p *Program) isOver() bool {
	select {
	case <-p.over:
		return true
	default:
		return false
	}
}

// At runs f between instants and waits for it. Only there a test may look into the program.
func (p *Program) At(f func()) {
	p.t.Helper()
	done := make(chan struct{})
	p.Engine.Call(func() {
		f()
		close(done)
	})
	alarm := time.NewTimer(patience)
	defer alarm.Stop()
	select {
	case <-done:
	case <-p.over:
		p.t.Fatalf("the program is over\nlog:\n%s", p.Log())
	case <-alarm.C:
		p.t.Fatalf("the program has no instant any more\nlog:\n%s", p.Log())
	}
}

// Advance lets time pass; each timer rings in its own instant at exactly its time.
func (p *Program) Advance(d time.Duration) {
	until := p.Clock.Mono() + d
	for {
		var due time.Duration
		var ok bool
		p.At(func() { due, ok = p.Engine.NextTimer() })
		if !ok || due > until {
			break
		}
		p.step(due)
	}
	p.step(until)
}

// step moves the clock to a monotonic time. The loop may have looked at the clock just before, so it is asked twice.
func (p *Program) step(to time.Duration) {
	p.Clock.Advance(max(0, to-p.Clock.Mono()))
	p.At(func() {})
	p.At(func() {})
}

// Until waits until ok holds, which is asked after every instant, between instants.
func (p *Program) Until(what string, ok func() bool) {
	p.t.Helper()
	w := wait{ok: ok, came: make(chan struct{})}
	p.At(func() {
		p.waits = append(p.waits, w)
		p.check()
	})
	alarm := time.NewTimer(patience)
	defer alarm.Stop()
	select {
	case <-w.came:
	case <-alarm.C:
		p.t.Fatalf("waited in vain for: %s\nlog:\n%s", what, p.Log())
	}
}

func (p *Program) check() {
	left := p.waits[:0]
	for _, w := range p.waits {
		if w.ok() {
			close(w.came)
		} else {
			left = append(left, w)
		}
	}
	p.waits = left
}

// On reports whether a pin is active.
func (p *Program) On(pin gpio.Pin) bool {
	for _, l := range p.Pins.Lines() {
		if l.Pin == pin {
			return l.On()
		}
	}
	p.t.Errorf("nothing has claimed %s", pin)
	return false
}

// Node is the number of the thing called name.
func (p *Program) Node(name string) int {
	for n, node := range p.Engine.Info().Nodes {
		if node.Name == name && node.Kind != "" {
			return n
		}
	}
	p.t.Fatalf("there is no thing %q", name)
	return 0
}

// Counters are those of the thing called name.
func (p *Program) Counters(name string) (c flow.Counters) {
	n := p.Node(name)
	p.At(func() { c = p.Engine.Counters(n) })
	return c
}

// Press makes an input active for d.
func (p *Program) Press(pin gpio.Pin, d time.Duration) {
	p.Pins.SetOn(pin, true)
	p.Advance(d)
	p.Pins.SetOn(pin, false)
	p.Advance(d)
}

// Write takes the program's log.
func (p *Program) Write(line []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.Write(line)
}

// Log is what the program wrote.
func (p *Program) Log() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.String()
}

func (p *Program) fault(f flow.Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults = append(p.faults, f)
}

// Faults are all faults until now, as "greenhouse.hcl:15 soil: …".
func (p *Program) Faults() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var list []string
	for _, f := range p.faults {
		list = append(list, f.Position+" "+f.Node+": "+f.Message)
	}
	return list
}
