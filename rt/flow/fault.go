package flow

import (
	"runtime"
	"strconv"
	"time"
)

// Fault is a failure that lost nothing silently: where it happened, what
// happened, and when.
type Fault struct {
	// Node is the thing or equation, Position where it stands ("garden.hcl:3").
	Node     string
	Position string
	// Message says what failed.
	Message string
	// Time is the wall time of the instant.
	Time time.Time
}

// FaultWirer is a program whose flow has wired faults: to it they are events, and
// no longer lines of the log.
type FaultWirer interface {
	// FaultWired reports whether the flow has wired the faults of a node.
	FaultWired(node int32) bool
	// Faulted lets the fault of a node happen, and what follows run.
	Faulted(node int32, f Fault)
}

// wired hands a fault to a flow that asked for it, as an instant of its own. One
// that comes of handling a fault is logged instead: else a sink that fails would
// report its own failures for ever.
func (e *Engine) wired(node int32, f Fault) bool {
	p, ok := e.program.(FaultWirer)
	if !ok || e.handling || !p.FaultWired(node) {
		return false
	}
	e.post(occurrence{why: onFault, node: node, fault: &f})
	return true
}

// faultEvery is how often one message of one node is logged; more are counted.
const faultEvery = time.Minute

// A node has so many messages logged in so long. A message may quote what came
// in, so a peer could make each a new one.
const (
	faultKinds = 8
	faultBytes = 512
)

// lastFaults is how many faults are remembered.
const lastFaults = 16

// faultBook keeps what was told, so that a fault that repeats at every message
// is one line a minute with a count.
type faultBook struct {
	count uint64
	told  map[int32]*toldFaults
	// silent holds the equations that found something not ready and told of it.
	silent map[silentKey]bool
	last   []Fault
	hook   func(Fault)
}

type silentKey struct{ node, part int32 }

// toldFaults are the last messages of a node.
type toldFaults struct {
	kinds []toldFault
	// others counts messages for which there was no room.
	others int
}

type toldFault struct {
	_       uncompared
	message string
	since   time.Duration
	more    int
}

// Fault reports a failure of a node, on the instant loop: it is counted, and
// logged at most once a minute for the same message.
func (e *Engine) Fault(node int32, message string) {
	message = oneLine(Redacted(message))
	n := e.info.Nodes[node]
	b := &e.faults
	b.count++
	f := Fault{Node: n.Name, Position: n.Pos, Message: message, Time: e.Time}
	if len(b.last) == lastFaults {
		copy(b.last, b.last[1:])
		b.last = b.last[:lastFaults-1]
	}
	b.last = append(b.last, f)
	if b.hook != nil {
		b.hook(f)
	}
	if e.wired(node, f) {
		return
	}
	if b.told == nil {
		b.told = map[int32]*toldFaults{}
	}
	t := b.told[node]
	if t == nil {
		t = &toldFaults{}
		b.told[node] = t
	}
	if line, ok := t.tell(message, e.Mono); ok {
		e.Log(LevelFault, node, line)
	}
}

// tell gives the line for a message, if there is to be one now.
func (t *toldFaults) tell(message string, now time.Duration) (line string, ok bool) {
	oldest := 0
	for i := range t.kinds {
		k := &t.kinds[i]
		if k.message == message {
			if now-k.since < faultEvery {
				k.more++
				return "", false
			}
			line = message + times(k.more, "times more")
			k.since, k.more = now, 0
			return line, true
		}
		if k.since < t.kinds[oldest].since {
			oldest = i
		}
	}
	if len(t.kinds) < faultKinds {
		t.kinds = append(t.kinds, toldFault{message: message, since: now})
		return message, true
	}
	k := &t.kinds[oldest]
	if now-k.since < faultEvery {
		t.others++
		return "", false
	}
	line = message + times(t.others+k.more, "others that were not told")
	*k, t.others = toldFault{message: message, since: now}, 0
	return line, true
}

func times(n int, what string) string {
	if n == 0 {
		return ""
	}
	return " (and " + strconv.Itoa(n) + " " + what + ")"
}

// oneLine keeps a text within its line and its bounds: it may quote what came in.
func oneLine(s string) string {
	if len(s) > faultBytes {
		s = s[:faultBytes] + "…"
	}
	line := make([]byte, 0, len(s))
	for _, r := range s { // not strings.Map, for which a small program would be larger
		if r < ' ' || r >= 0x7f && r < 0xa0 {
			r = ' '
		}
		line = append(line, string(r)...)
	}
	return string(line)
}

// forget lets a part's number be used again for a key of which nothing was told.
func (b *faultBook) forget(part int32) {
	for k := range b.silent {
		if k.part == part {
			delete(b.silent, k)
		}
	}
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
	e.Fault(node, "stopped by "+panicText(v))
	if e.log.out.Debug {
		stack := make([]byte, 8<<10)
		e.Log(LevelDebug, node, string(stack[:runtime.Stack(stack, false)]))
	}
}

func panicText(v any) string {
	switch v := v.(type) {
	case error:
		return v.Error()
	case string:
		return v
	}
	return "a defect"
}
