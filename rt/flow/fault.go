package flow

import (
	"runtime"
	"strconv"
	"time"
)

// Fault is a failure that lost nothing silently: where it happened, what
// happened, and when.
type Fault struct {
	Node    string
	Pos     string
	Message string
	Time    time.Time
}

// faultEvery is how often one message of one node is logged; more are counted.
const faultEvery = time.Minute

// faultBook keeps what was told, so that a fault that repeats at every message
// is one line a minute with a count.
type faultBook struct {
	count uint64
	told  map[faultKey]*faultEntry
	// silent holds the wires that an equation found not ready and told of.
	silent map[silentKey]bool
	last   []Fault
	hook   func(Fault)
}

type faultKey struct {
	node    int32
	message string
}

type faultEntry struct {
	since time.Duration
	more  int
}

type silentKey struct{ node, part int32 }

// maxTold bounds the memory of messages; a message may quote what came in.
const maxTold = 256

// Fault reports a failure of a node: it is counted, and logged at most once a
// minute for the same message.
func (e *Engine) Fault(node int32, message string) {
	n := e.info.Nodes[node]
	f := Fault{Node: n.Name, Pos: n.Pos, Message: message, Time: e.Time}
	b := &e.faults
	b.count++
	b.last = append(b.last, f)
	if len(b.last) > 16 {
		b.last = b.last[1:]
	}
	if b.hook != nil {
		b.hook(f)
	}
	key := faultKey{node, message}
	if t := b.told[key]; t != nil && e.Mono-t.since < faultEvery {
		t.more++
		return
	} else if t != nil && t.more > 0 {
		message += " (and " + strconv.Itoa(t.more) + " times more)"
	}
	if b.told == nil || len(b.told) >= maxTold {
		b.told = map[faultKey]*faultEntry{}
	}
	b.told[key] = &faultEntry{since: e.Mono}
	e.Log(LevelFault, node, message)
}

// Divert ends an event that an equation could not finish: its occurrence is
// dead, with a fault that says why.
func (e *Engine) Divert(node int32, err error) {
	e.mark(OutcomeDead)
	e.Fault(node, err.Error())
}

// NotReady ends an event that needed a wire that is not ready. It is told once
// until the equation has what it needs again.
func (e *Engine) NotReady(node, part int32, wire string) {
	e.mark(OutcomeDead)
	key := silentKey{node, part}
	if e.faults.silent[key] {
		e.faults.count++
		return
	}
	if e.faults.silent == nil {
		e.faults.silent = map[silentKey]bool{}
	}
	e.faults.silent[key] = true
	e.Fault(node, "not ready: "+wire)
}

// TooManyKeys ends an occurrence of a key that would be one too many.
func (e *Engine) TooManyKeys(node int32, limit int) {
	e.mark(OutcomeDead)
	e.Fault(node, "more than "+strconv.Itoa(limit)+" keys: a new one was turned away; see max_keys")
}

// Failing makes a value not ready because its computation failed; it is told once
// until it succeeds again.
func (e *Engine) Failing(node, part int32, err error) {
	key := silentKey{node, part}
	if e.faults.silent[key] {
		return
	}
	if e.faults.silent == nil {
		e.faults.silent = map[silentKey]bool{}
	}
	e.faults.silent[key] = true
	e.Fault(node, err.Error())
}

// Flowed says that the equation has what it needs.
func (e *Engine) Flowed(node, part int32) {
	if len(e.faults.silent) > 0 {
		delete(e.faults.silent, silentKey{node, part})
	}
}

// Faults is how many faults there were, and the last few.
func (e *Engine) Faults() (uint64, []Fault) { return e.faults.count, e.faults.last }

// OnFault is called for every fault, on the instant loop.
func (e *Engine) OnFault(f func(Fault)) { e.faults.hook = f }

// panicFault turns a panic into a fault of the node where it happened. The
// stack goes to the log only: a defect of flowc, not of the flow.
func (e *Engine) panicFault(node int32, v any) {
	text := "a defect"
	switch v := v.(type) {
	case error:
		text = v.Error()
	case string:
		text = v
	}
	e.Fault(node, "stopped by "+text)
	stack := make([]byte, 8<<10)
	e.Log(LevelDebug, node, string(stack[:runtime.Stack(stack, false)]))
}
