package flow

import (
	"sync"
	"sync/atomic"
	"time"
)

// Program is what the compiler generates: things, equations and the order of
// their evaluation.
type Program interface {
	// Things are all things, by node number.
	Things() []Thing
	// Order lists the node numbers of the things in order of start: outputs,
	// connections, sinks, sources.
	Order() []int32
	// Begin marks everything dirty and starts schedules: instant 0.
	Begin()
	// React lets a thing react and marks what follows its outputs.
	React(node int32, w Wake)
	// Fire marks the equation (and part) whose timer is due.
	Fire(node, part int32)
	// Step runs the dirty equations once, in plan order.
	Step()
	// Apply drives the actuators whose command changed in this instant.
	Apply()
	// Culprit finds the equation that was running when a panic stopped Step,
	// resets it, and gives its node number.
	Culprit() int32
}

// Info describes a program to people: names and positions by node number.
type Info struct {
	// Name is the flow's name; Hash tells one version of it from another.
	Name, Hash string
	Nodes      []Node
}

// Node is a thing or an equation of the flow.
type Node struct {
	// Name is as written; Kind is the thing's kind, or "" for an equation.
	Name, Kind string
	// Pos is where it stands, as "garden.hcl:3".
	Pos string
}

// MaxPasses bounds the passes of one instant.
const MaxPasses = 1000

// Engine runs the instants of one program on one goroutine.
type Engine struct {
	// Pass is the running pass; Time and Mono are the instant's reading of the
	// clock.
	Pass Pass
	Time time.Time
	Mono time.Duration
	// Hosts are the doors of the things, by node number.
	Hosts []*Host

	clock   Clock
	info    Info
	program Program
	things  []Thing

	timers timers
	again  bool
	asked  bool

	tokens   tokens
	current  Token
	also     []Token
	counters []Counters
	staged   []stager

	faults faultBook
	log    *logger

	mu    sync.Mutex
	queue []occurrence
	head  int
	wake  chan struct{}
	bytes atomic.Int64
	// draining leaves new input where it is: it was not accepted, so a peer that
	// can repeat keeps it.
	draining bool

	afterInstant func()
}

// occurrence is one thing from outside: an instant.
type occurrence struct {
	why    Why
	node   int32
	effect Token
	// timer is set for instants of the program's own timers.
	timer bool
	call  func()
}

// NewEngine makes an engine for the program that build gives.
func NewEngine(clock Clock, info Info, out Output, build func(*Engine) Program) *Engine {
	e := &Engine{clock: clock, info: info, wake: make(chan struct{}, 1)}
	e.counters = make([]Counters, len(info.Nodes))
	e.log = newLogger(out, clock)
	e.Time, e.Mono = clock.Now(), clock.Mono()
	for n := range info.Nodes {
		e.Hosts = append(e.Hosts, &Host{e: e, node: int32(n)})
	}
	e.program = build(e)
	e.things = e.program.Things()
	return e
}

// Info describes the program.
func (e *Engine) Info() Info { return e.info }

// AfterInstant is called at the end of every instant, on the instant loop.
func (e *Engine) AfterInstant(f func()) { e.afterInstant = f }

// Call runs f on the instant loop, between instants; any goroutine may ask.
func (e *Engine) Call(f func()) { e.post(occurrence{call: f}) }

func (e *Engine) post(o occurrence) {
	e.mu.Lock()
	e.queue = append(e.queue, o)
	e.mu.Unlock()
	select {
	case e.wake <- struct{}{}:
	default:
	}
}

func (e *Engine) held(n int64) { e.bytes.Add(n) }

func (e *Engine) pop() (occurrence, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.head == len(e.queue) {
		e.queue, e.head = e.queue[:0], 0
		return occurrence{}, false
	}
	o := e.queue[e.head]
	e.queue[e.head] = occurrence{}
	e.head++
	return o, true
}

// Start claims what the things need, outputs first and each in its safe state,
// and runs instant 0. On an error the outputs are safe again.
func (e *Engine) Start() error {
	e.read()
	for i, n := range e.program.Order() {
		if err := e.things[n].Start(e.Hosts[n]); err != nil {
			for j := i - 1; j >= 0; j-- {
				m := e.program.Order()[j]
				e.things[m].Stop(e.Hosts[m])
			}
			return &StartError{Node: e.info.Nodes[n], Err: err}
		}
	}
	e.instant(occurrence{why: AtStart})
	return nil
}

// StartError says which thing could not start.
type StartError struct {
	Node Node
	Err  error
}

func (s *StartError) Error() string {
	return s.Node.Pos + ": " + s.Node.Kind + " \"" + s.Node.Name + "\": " + s.Err.Error()
}

func (s *StartError) Unwrap() error { return s.Err }

// Lifetime is how long a program runs: until Done is closed. Every context is
// one; naming that package here would link it into the smallest programs.
type Lifetime interface{ Done() <-chan struct{} }

// Run runs instants until life is done, then stops: sources first, then what is
// under way is finished (at most drain), then the outputs go safe.
func (e *Engine) Run(life Lifetime, drain time.Duration) {
	e.loop(life.Done())
	e.stop(drain)
}

func (e *Engine) loop(done <-chan struct{}) {
	for {
		e.Settle()
		select {
		case <-done:
			return
		default:
		}
		var ring <-chan struct{}
		var alarm Alarm
		if _, due, ok := e.timers.next(); ok {
			alarm = e.clock.NewTimer(due - e.clock.Mono())
			ring = alarm.C()
		}
		select {
		case <-done:
		case <-e.wake:
		case <-ring:
		}
		if alarm != nil {
			alarm.Stop()
		}
	}
}

// Settle runs every instant that is due: what has been filed and the timers
// whose time has come. Tests and the simulator call it themselves.
func (e *Engine) Settle() {
	for {
		if e.ringOne() {
			continue
		}
		o, ok := e.pop()
		if !ok {
			return
		}
		if o.call != nil {
			o.call()
			continue
		}
		if e.draining && o.why == OnInput {
			continue
		}
		e.instant(o)
	}
}

func (e *Engine) ringOne() bool {
	_, due, ok := e.timers.next()
	if !ok || due > e.clock.Mono() {
		return false
	}
	e.instant(occurrence{why: OnTimer, timer: true})
	return true
}

// NextTimer is when the next timer is due, in monotonic time.
func (e *Engine) NextTimer() (time.Duration, bool) {
	_, due, ok := e.timers.next()
	return due, ok
}

func (e *Engine) read() { e.Time, e.Mono = e.clock.Now(), e.clock.Mono() }

// instant is one occurrence, to its end: what follows from it is evaluated, the
// actuators are applied, and its effects start.
func (e *Engine) instant(o occurrence) {
	e.read()
	e.Pass++
	r := instantRun{e: e, o: o}
	for !r.attempt() {
	}
	for i, s := range e.staged {
		e.staged[i] = nil
		s.commit()
	}
	e.staged = e.staged[:0]
	e.settle()
	if e.afterInstant != nil {
		e.afterInstant()
	}
}

// instantRun remembers how far an instant came, so that it goes on after a panic.
type instantRun struct {
	e      *Engine
	o      occurrence
	stage  int
	passes int
}

const (
	stageDeliver = iota
	stageStep
	stageApply
	stageOver
)

func (r *instantRun) attempt() (over bool) {
	defer func() {
		if v := recover(); v != nil {
			r.panicked(v)
		}
	}()
	e := r.e
	if r.stage == stageDeliver {
		r.deliver()
		r.stage = stageStep
	}
	for r.stage == stageStep {
		e.program.Step()
		if !e.again {
			r.stage = stageApply
			break
		}
		e.again = false
		e.Pass++
		if r.passes++; r.passes >= MaxPasses {
			e.Fault(0, "more than 1000 passes in one instant")
			r.stage = stageApply
		}
	}
	if r.stage == stageApply {
		r.stage = stageOver
		e.program.Apply()
	}
	return true
}

func (r *instantRun) deliver() {
	e := r.e
	switch {
	case r.o.timer:
		r.ring()
	case r.o.why == AtStart:
		for _, n := range e.program.Order() {
			e.program.React(n, Wake{Why: AtStart})
		}
		e.program.Begin()
	default:
		if r.o.why == OnInput {
			e.take(r.o.node)
		}
		e.program.React(r.o.node, Wake{Why: r.o.why, Effect: r.o.effect})
	}
}

// ring delivers all timers with the same due time as one instant.
func (r *instantRun) ring() {
	e := r.e
	_, first, _ := e.timers.next()
	for {
		_, due, ok := e.timers.next()
		if !ok || due != first {
			return
		}
		o := e.timers.ring(e.Pass)
		if o.thing {
			e.program.React(o.step, Wake{Why: OnTimer, Timer: int(o.part)})
		} else {
			e.program.Fire(o.step, o.part)
		}
	}
}

func (r *instantRun) panicked(v any) {
	e := r.e
	switch r.stage {
	case stageDeliver:
		r.stage = stageStep
		e.mark(OutcomeDead)
		e.panicFault(r.o.node, v)
	case stageStep:
		e.mark(OutcomeDead)
		e.panicFault(e.program.Culprit(), v)
	default:
		r.stage = stageOver
		e.panicFault(r.o.node, v)
	}
}

// stop ends the program: nothing new is taken, what is under way is finished,
// then everything stops in reverse order of start, outputs last.
func (e *Engine) stop(limit time.Duration) {
	e.draining = true
	e.drain(limit)
	order := e.program.Order()
	for i := len(order) - 1; i >= 0; i-- {
		e.things[order[i]].Stop(e.Hosts[order[i]])
	}
	e.log.close()
}

func (e *Engine) drain(limit time.Duration) {
	alarm := e.clock.NewTimer(limit)
	defer alarm.Stop()
	for {
		e.Settle()
		if e.drained() {
			return
		}
		select {
		case <-e.wake:
		case <-alarm.C():
			return
		}
	}
}

func (e *Engine) drained() bool {
	for n, t := range e.things {
		if d, ok := t.(Drainer); ok && !d.Drained(e.Hosts[n]) {
			return false
		}
	}
	return true
}
