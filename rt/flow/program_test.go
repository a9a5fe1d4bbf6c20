package flow_test

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"flowc/rt/flow"
)

// fake is a thing made of functions; those that are nil do nothing.
type fake struct {
	start    func(*flow.Host) error
	react    func(*flow.Host, flow.Wake)
	stop     func(*flow.Host)
	decide   func(*flow.Host)
	apply    func(*flow.Host)
	complete func(id uint64, o flow.Outcome)
	drained  func() bool
	safe     func() error
}

func (f *fake) Start(h *flow.Host) error {
	if f.start == nil {
		return nil
	}
	return f.start(h)
}

func (f *fake) React(h *flow.Host, w flow.Wake) {
	if f.react != nil {
		f.react(h, w)
	}
}

func (f *fake) Stop(h *flow.Host) {
	if f.stop != nil {
		f.stop(h)
	}
}

func (f *fake) Decide(h *flow.Host) {
	if f.decide != nil {
		f.decide(h)
	}
}

func (f *fake) Apply(h *flow.Host) {
	if f.apply != nil {
		f.apply(h)
	}
}

func (f *fake) Complete(_ *flow.Host, id uint64, o flow.Outcome) {
	if f.complete != nil {
		f.complete(id, o)
	}
}

func (f *fake) Drained(*flow.Host) bool { return f.drained == nil || f.drained() }

func (f *fake) SafeState(*flow.Host) error {
	if f.safe == nil {
		return nil
	}
	return f.safe()
}

// step is one equation; its bit is its place in the list.
type step struct {
	run   func(flow.Tick)
	reset func()
	timer flow.TimerID
}

// program runs things and steps as a generated program does: a bit for each step,
// cleared after it ran, and one for each actuator that moved.
type program struct {
	*flow.Engine
	things []*fake
	steps  []*step
	order  []int32
	dirty  [1]uint64
	moved  uint64
	begin  func()
	fire   func(node, part int32)
	// all marks every step after every reaction; without it the test marks.
	all bool
	// wrap makes another thing of a fake; nil leaves them as they are.
	wrap func(n int, f *fake) flow.Thing
}

func (p *program) node(step int) int32 { return int32(len(p.things) + step) }

func (p *program) mark(steps ...int) {
	for _, s := range steps {
		p.dirty[0] |= 1 << s
	}
}

func (p *program) Things() []flow.Thing {
	list := make([]flow.Thing, len(p.things))
	for i, f := range p.things {
		if list[i] = f; p.wrap != nil {
			list[i] = p.wrap(i, f)
		}
	}
	return list
}

func (p *program) Order() []int32 { return p.order }

func (p *program) Begin() {
	p.dirty[0] = 1<<len(p.steps) - 1
	if p.begin != nil {
		p.begin()
	}
}

func (p *program) React(node int32, w flow.Wake) {
	p.things[node].React(p.Hosts[node], w)
	if p.all {
		p.dirty[0] = 1<<len(p.steps) - 1
	}
}

func (p *program) Fire(node, part int32) {
	if p.fire != nil {
		p.fire(node, part)
		return
	}
	p.mark(int(node) - len(p.things))
}

func (p *program) Step() {
	for i, s := range p.steps {
		if p.dirty[0]&(1<<i) == 0 {
			continue
		}
		p.Enter(p.node(i))
		s.run(p.Tick(p.node(i), s.timer, 1))
		if !p.Asked() {
			p.dirty[0] &^= 1 << i
		}
	}
}

func (p *program) Apply() {
	for i, f := range p.things {
		if p.moved&(1<<i) != 0 {
			p.moved &^= 1 << i
			p.Enter(int32(i))
			f.Apply(p.Hosts[i])
		}
	}
}

func (p *program) Culprit() int32 {
	bit := flow.TakeLowest(p.dirty[:])
	if bit < 0 {
		return 0
	}
	if r := p.steps[bit].reset; r != nil {
		r()
	}
	return p.node(bit)
}

// rig is a program on an engine with a clock that the test steps.
type rig struct {
	*program
	t      testing.TB
	clock  *flow.FakeClock
	faults []string
	notes  []string
	out    flow.Output
}

func newRig(t testing.TB, things []*fake, steps []*step) *rig {
	r := &rig{t: t, clock: flow.NewFakeClock(time.Unix(1e9, 0))}
	r.program = &program{things: things, steps: steps}
	return r
}

// engine makes the engine; the fields of the rig are set before it.
func (r *rig) engine(clock flow.Clock) *rig {
	info := flow.Info{Name: "garden"}
	for i := range r.things {
		info.Nodes = append(info.Nodes, flow.Node{Name: "thing" + strconv.Itoa(i), Kind: "relay", Pos: "garden.hcl:" + strconv.Itoa(i+1)})
		r.order = append(r.order, int32(i))
	}
	for i := range r.steps {
		info.Nodes = append(info.Nodes, flow.Node{Name: "step" + strconv.Itoa(i), Pos: "garden.hcl:" + strconv.Itoa(100+i)})
	}
	r.Engine = flow.NewEngine(clock, info, r.out, func(e *flow.Engine) flow.Program {
		r.Engine = e
		for i, s := range r.steps {
			s.timer = e.NewTimers(flow.NoPart, r.node(i))[0]
		}
		return r.program
	})
	r.OnFault(func(f flow.Fault) { r.faults = append(r.faults, f.Node+": "+f.Message) })
	return r
}

func (r *rig) started() *rig {
	r.t.Helper()
	r.engine(r.clock)
	if err := r.Engine.Start(); err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(r.end)
	return r
}

// over is a lifetime that has passed.
func over() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}

func (r *rig) end() {
	r.t.Helper()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		r.Run(over(), 0)
	}()
	finished(r.t, "the end", ended)
}

func (r *rig) note(format string, args ...any) {
	r.notes = append(r.notes, fmt.Sprintf(format, args...))
}

// noted compares what was noted since the last call.
func (r *rig) noted(want ...string) {
	r.t.Helper()
	if !slices.Equal(r.notes, want) {
		r.t.Errorf("noted\n%q, want\n%q", r.notes, want)
	}
	r.notes = nil
}

// faulted compares the faults since the last call.
func (r *rig) faulted(want ...string) {
	r.t.Helper()
	if !slices.Equal(r.faults, want) {
		r.t.Errorf("faults\n%q, want\n%q", r.faults, want)
	}
	r.faults = nil
}

// occur is an occurrence of a thing that carries nothing.
func (r *rig) occur(thing int) {
	r.Hosts[thing].Wake()
	r.Settle()
}

func (r *rig) holds() {
	r.t.Helper()
	for n := range r.Info().Nodes {
		if c := r.Counters(n); !c.Holds() {
			r.t.Fatalf("node %d breaks the conservation law: %+v", n, c)
		}
	}
}
