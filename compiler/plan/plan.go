// Package plan turns a typed program into a flat list of steps in dependency
// order: what is evaluated, when, and what must be looked at again afterwards.
// It knows neither HCL nor Go's syntax.
package plan

import (
	"time"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// Program is a flow as the generated program runs it.
type Program struct {
	Flow   *typed.Program
	Things []*Thing
	// Start lists the things in order of start: outputs, connections, sinks,
	// sources.
	Start   []*Thing
	Regions []*Region
	// Entries are the unkeyed steps and the keyed segments, in plan order; the
	// number of an entry is its dirty bit.
	Entries []*Entry
	// Steps are all steps, keyed ones included, in plan order.
	Steps []*Step
	// Nodes are numbered by the runtime: things first, then steps.
	Nodes []*Node
	// Wires have a name in the flow: what a watcher may see.
	Wires []*Wire
	// Timers are those outside keyed regions.
	Timers     []*Timer
	Interlocks []*Interlock
	// Parsed are the constants that a function takes ready-made: a pattern, a
	// layout, the site's zone.
	Parsed []*Parsed
	// Site names the variable that says where the flow runs, "" where nothing asks.
	Site string
	// Chance says that something is drawn at random.
	Chance bool
	// Outbox is the file of all buffers, "" where nothing is buffered.
	Outbox string
	// Tests are played by builds for the simulation; TestRules are what each of them
	// watches, TestParsed constants that only they have ready-made.
	Tests      []*Test
	TestRules  []*TestRule
	TestParsed []*Parsed
	// TestOver are the operators across keys in tests.
	TestOver []*Over
	// Faults are the ports at which failures happen, where the flow wires them.
	Faults []*FaultPort
}

// Node is a thing or a step as faults name it.
type Node struct {
	Number     int
	Name, Kind string
	Pos        typed.Pos
	// Go is the name that generated code gives its number.
	Go string
}

// Thing is a thing and what is connected to it.
type Thing struct {
	*typed.Thing
	Node *Node
	// Go is the name of its field in the generated Program.
	Go string
	// Outputs are the outputs that somebody reads.
	Outputs []*Wire
	// Self is the wire of a keyed source's key; nil elsewhere.
	Self *Wire
	// Region is the region of a keyed source.
	Region *Region
	// Decide and Shoot are its steps, if it has inputs.
	Decide, Shoot *Step
	// First says of a sink with a buffer that everything is written before it is sent:
	// its source cannot repeat it.
	First bool
	// Loose says of a sink that nobody waits for what it was given.
	Loose bool
	// Locks are the interlocks that an actuator is a member of.
	Locks []Lock
	order int
}

// Region is everything that exists once for each key.
type Region struct {
	Key types.Key
	// Go is the stem of the region's names: "bed".
	Go       string
	Captures []typed.Capture
	// Sources are the keyed things.
	Sources []*Thing
	Steps   []*Step
	Wires   []*Wire
	Timers  []*Timer
	// Segments are the region's entries.
	Segments []*Entry
	// Across are the operators that combine the keys.
	Across []*Step
	// Lists are the steps that list the keys.
	Lists []*Step
	// Known are the keys that exist from the start, those of enumerations: the
	// members, one for each capture.
	Known [][]string
	// Forget frees a key after so long a silence; 0: never.
	Forget      time.Duration
	ForgetTimer *Timer
}

// Entry is one bit of the Program: a step outside keyed regions, or a segment.
type Entry struct {
	Bit int
	// Step is set for a single step.
	Step *Step
	// Region and Steps are set for a segment: for each dirty part, these steps.
	Region *Region
	Steps  []*Step
	// Go is what the bit and the function are named after.
	Go string
}

// Sort is what a step does.
type Sort uint8

// The sorts of steps.
const (
	// Eval computes an expression.
	Eval Sort = iota
	// Filter lets occurrences through: where.
	Filter
	// Operate steps an operator that remembers.
	Operate
	// Across combines the keys of a region.
	Across
	// PickKey reads one key of a region.
	PickKey
	// ListKeys lists the keys of a region.
	ListKeys
	// Gather reads, for each key, the wire of the instance that has it.
	Gather
	// First gives a fallback until its operand was ready once: initially.
	First
	// Keep holds what belongs to an occurrence, its meta, until the next one.
	Keep
	// Table is a state: the first row whose event happens gives the next value.
	Table
	// Run is a sequence: which of its steps is active.
	Run
	// Ended happens when a sequence is over.
	Ended
	// Elapsed compares the time since an event with a constant.
	Elapsed
	// Decide commands an actuator.
	Decide
	// Shoot starts an effect.
	Shoot
	// Watch looks whether an invariant holds.
	Watch
)

// Step is one equation, or a part of one that remembers.
type Step struct {
	Sort Sort
	Node *Node
	// Go is the field of what it sets; Name is what its functions and its bit are
	// named after.
	Go, Name string

	Pos typed.Pos
	// Text is the expression as written; Doc the comment above it.
	Text, Doc string
	Region    *Region
	// Entry holds the step; Bit is its bit in the entry's word space: the
	// program's for an unkeyed step, the part's for a keyed one.
	Entry *Entry
	Bit   int
	// X is the expression, with Read for every wire.
	X typed.Expr
	// Out is the wire that the step sets; nil for sinks.
	Out *Wire
	// Trigger is the wire whose happening lets an event or reading happen.
	Trigger *Wire
	// Op is the operator's call, with Read for every wire; OpGo its field.
	Op   *typed.OpCall
	OpGo string
	// Timer is the operator's.
	Timer *Timer
	// After are the timers of a Table's `after` rows, in their order.
	After []*AfterRow
	// Thing is the actuator or sink.
	Thing *Thing
	// Inputs are the expressions of a Decide or Shoot.
	Inputs []*Input
	// Rule is the invariant of a Watch, Would what X is with its actuators as the
	// flow wants them; Actuators are these.
	Rule      *typed.Invariant
	Would     typed.Expr
	Actuators []*Thing
	// Request is the variable of a reply that comes later for the request that it is
	// made for; "" elsewhere.
	Request string
	// OnChange says that a shot is fired by a change of Trigger.
	OnChange bool
	// Of is the region whose keys are listed.
	Of *Region
	// Also are wires whose happening lets the step run although it does not read
	// them: an event samples a value that moves with time alone.
	Also []*Wire
	// Reads are the wires that can make the step run.
	Reads []*Wire
	// Back are those of Reads that come later in the plan: a circle through an
	// operator that waits.
	Back []*Wire
	// Settle are wires that, when they happen, let the step run once more in the
	// next pass: until then it looks ahead in a circle.
	Settle []*Wire
	// Kept says that what it remembers outlives the program. Was is the name that its
	// equation had before, "" where it was not renamed.
	Kept  bool
	Was   string
	order int
	seq   int
}

// AfterRow is the timer that rings so long after the last change of a state.
type AfterRow struct {
	Timer *Timer
	// For is how long, as an expression of constants and settings.
	For typed.Expr
}

// Input is an input of a thing with its lowered expression.
type Input struct {
	*typed.Input
	X typed.Expr
}

// Timer belongs to a step's operator or to a wire's staleness.
type Timer struct {
	Node *Node
	// Index is its place among the timers of the program or region.
	Index int
	// Step is set for an operator's timer, Wire for staleness.
	Step *Step
	Wire *Wire
	// Also are steps that run when it rings: they move with time alone, and Step
	// reads them.
	Also []*Step
	// Region is set where the timer belongs to a part; Forget marks the timer
	// that frees the part.
	Region *Region
	Forget bool
}

// Wire is what steps set and read.
type Wire struct {
	// Name is the flow's name of it, Go the field that holds it. Label is what
	// people know it by: a part of an expression by its text.
	Name, Go, Label string
	Shape           types.Shape
	Type            *types.Type
	Region          *Region
	// Thing and Output say that a thing sets it (Output "" is the thing itself).
	Thing  *Thing
	Output string
	// Field is the output's Go path in the thing.
	Field string
	// Step sets it otherwise.
	Step *Step
	// Picked says that a test reads one key of it.
	Picked *Picked
	// Over says that a test works it out across keys.
	Over *Over
	// Always says that it is never "not ready".
	Always bool
	// Stale is after how long a silence it stops being ready; 0: never.
	Stale      time.Duration
	StaleTimer *Timer
	Source     *types.Source
	// Readers are the steps that run when it moves.
	Readers []*Step
	// Across are the operators across keys that must hear of every move.
	Across []*Step
	Pos    typed.Pos
	// Doc is the comment of the flow.
	Doc string
}

// Read is a lowered read of a wire.
type Read struct {
	typed.Info
	Wire *Wire
}

// New plans a program.
func New(p *typed.Program) *Program {
	b := newBuilder(p)
	b.things()
	b.equations()
	b.inputs()
	b.interlocks()
	b.invariants()
	if p.Silenced != nil {
		b.faults(p.Silenced)
	}
	b.connect()
	b.sort()
	b.buffers()
	b.lookAhead()
	b.number()
	b.parse()
	b.tests()
	return b.out
}
