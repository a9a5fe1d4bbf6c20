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
	// Apply drives the actuators whose command changed in this instant. After a
	// panic it is called again, for those that are left.
	Apply()
	// Culprit finds the equation that was running when a panic stopped Step,
	// resets it, and gives its node number. It does the same for one that still
	// wants a further pass when an instant has had too many.
	Culprit() int32
}

// Halter is a program that can take back what a thing says: Halt makes the
// outputs of a thing that was quarantined not ready and marks what follows them.
type Halter interface{ Halt(node int32) }

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

// uncompared is the first field of a struct that nobody compares: the compiler then makes
// no comparison of it, which the smallest program would carry along.
type uncompared [0]func()

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
	horizon
	bell    bell
	wall    wallTime
	watched supervision
	// atStop tells those equations that asked for it that the program stops.
	atStop   func(*Engine)
	stopping bool

	tokens   tokens
	counters []Counters
	staged   []stager
	buffers  []any
	heeded   []any
	// current is the token of what this instant accepted.
	current Token
	// tellLate looks for occurrences that have been waiting for long, from lateAt on; nil
	// where none can be. A program that begins no effects does not link it.
	tellLate func(*Engine)
	lateAt   time.Duration
	work

	faults faultBook
	// handling is set while an instant is about a fault.
	handling   bool
	quarantine quarantine
	log        *logger

	mu    sync.Mutex
	queue fifo[occurrence]
	wake  chan struct{}
	bytes atomic.Int64
	// lending lets others run instants while the loop rests; rests says that it begins or
	// ceases to. Both are nil where no thing asked for it. The description of its type
	// would be linked into every program.
	lending any
	rests   func(*Engine)
	// draining leaves new input where it is: it was not accepted, so a peer that
	// can repeat keeps it.
	draining bool

	// resumed is nil for a program that begins anew.
	resumed *resumed

	afterInstant func()
}

// occurrence is one thing from outside: an instant.
type occurrence struct {
	why Why
	// timer is set for instants of the program's own timers.
	timer  bool
	node   int32
	effect Token
	// box is the inbox that the occurrence waits in, if it does.
	box  box
	call func()
	// fault is what happened, for a flow that wires faults.
	fault *Fault
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

// Clock is the clock that the program runs by.
func (e *Engine) Clock() Clock { return e.clock }

// Info describes the program.
func (e *Engine) Info() Info { return e.info }

// AfterInstant is called at the end of every instant, on the instant loop.
func (e *Engine) AfterInstant(f func()) { e.afterInstant = f }

// Call runs f on the instant loop, between instants; any goroutine may ask.
func (e *Engine) Call(f func()) { e.post(occurrence{call: f}) }

func (e *Engine) post(o occurrence) {
	e.mu.Lock()
	e.queue.push(o)
	e.mu.Unlock()
	select {
	case e.wake <- struct{}{}:
	default:
	}
}

func (e *Engine) pop() (occurrence, bool) {
	e.mu.Lock()
	o, ok := e.queue.pop()
	e.mu.Unlock()
	return o, ok
}

func (e *Engine) read() { e.Time, e.Mono = e.clock.Now(), e.clock.Mono() }
