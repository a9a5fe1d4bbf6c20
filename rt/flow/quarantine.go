package flow

import "time"

// A node that panics so often within so long is quarantined until the program
// starts again: what it sets is not ready, and an actuator stays safe.
const (
	panicLimit = 3
	panicSpan  = time.Minute
)

type quarantine struct {
	// panics are the times of the last panics of a node.
	panics map[int32][]time.Duration
	// held says which nodes are quarantined; nil as long as none is.
	held []bool
}

func (q *quarantine) holds(node int32) bool { return q.held != nil && q.held[node] }

// keptOut is the panic by which Enter leaves a step.
type keptOut struct{}

func (e *Engine) keepOut(node int32) {
	if e.quarantine.held[node] {
		panic(keptOut{})
	}
}

// blame makes a panic the fault of a node.
func (e *Engine) blame(node int32, v any) {
	e.panicFault(node, v)
	if e.quarantine.strike(node, e.Mono) {
		e.confine(node)
	}
}

// strike counts a panic and reports whether it was one too many.
func (q *quarantine) strike(node int32, now time.Duration) bool {
	times := append(q.panics[node], now)
	for now-times[0] >= panicSpan {
		times = times[1:]
	}
	if len(times) >= panicLimit {
		delete(q.panics, node)
		return !q.holds(node)
	}
	if q.panics == nil {
		q.panics = map[int32][]time.Duration{}
	}
	q.panics[node] = times
	return false
}

// confine quarantines a node, and the actuator that it is a part of.
func (e *Engine) confine(node int32) {
	if e.quarantine.held == nil {
		e.quarantine.held = make([]bool, len(e.info.Nodes))
	}
	e.quarantine.held[node] = true
	e.Fault(node, "quarantined: it was stopped three times within a minute; its outputs are safe or not ready until the program starts again")
	thing, ok := e.thingOf(node)
	if !ok {
		return
	}
	e.quarantine.held[thing] = true
	if err := e.putSafe(thing); err != nil {
		e.Fault(thing, "cannot be put safe: "+err.Error())
	}
	e.Hosts[thing].Done(0) // it lets go of what it holds
	if p, ok := e.program.(Halter); ok {
		defer e.survive(thing)
		p.Halt(thing)
	}
}

// thingOf is the thing that a node is: itself, or the actuator whose input it
// computes.
func (e *Engine) thingOf(node int32) (thing int32, ok bool) {
	if int(node) < len(e.things) {
		return node, true
	}
	of := e.info.Nodes[node]
	for n, t := range e.things {
		at := e.info.Nodes[n]
		if _, acts := t.(Decider); acts && at.Name == of.Name && at.Kind == of.Kind {
			return int32(n), true
		}
	}
	return 0, false
}

// survive, deferred, makes a panic of a thing outside its reaction a fault.
func (e *Engine) survive(node int32) {
	if v := recover(); v != nil {
		e.panicFault(node, v)
	}
}
