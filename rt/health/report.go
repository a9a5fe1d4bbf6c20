package health

import (
	"time"

	"flowc/rt/flow"
)

// report is what the program was at one moment.
type report struct {
	// broken says why there is none.
	taken  bool
	broken string
	time   time.Time
	info   flow.Info
	passes uint64
	// waiting occurrences, and bytes in inboxes.
	waiting int
	bytes   int64
	faults  uint64
	last    []flow.Fault
	things  []thing
	buffers []buffer
	// ails is what is wrong with what is no thing.
	ails  []string
	wires []wire
	// more says that there are wires beyond those, looked that they were looked at.
	more, looked bool
}

// thing is a thing of the flow. An actuator has no counters.
type thing struct {
	flow.Node
	flow.Counters
	source, held bool
	ails         string
}

type buffer struct {
	name string
	flow.BufferCount
}

type wire struct{ name, text string }

// mostWires bounds what is written out between two instants, about a millisecond.
const mostWires = 1000

func reportOf(e *flow.Engine, wires bool) report {
	e.ReadClock()
	r := report{taken: true, time: e.Time, info: e.Info(), passes: uint64(e.Pass)}
	r.waiting, r.bytes = e.Waiting()
	count, last := e.Faults()
	r.faults, r.last = count, append(r.last, last...)
	for n, t := range e.Program().Things() {
		k := thing{Node: r.info.Nodes[n], Counters: e.Counters(n), held: e.Held(n)}
		_, acts := t.(flow.Decider)
		_, shoots := t.(flow.Shooter)
		k.source = !acts && !shoots
		if a, ok := t.(flow.Ailing); ok {
			k.ails = a.Ails()
		}
		r.things = append(r.things, k)
	}
	for n := len(r.things); n < len(r.info.Nodes); n++ {
		if e.Held(n) {
			r.things = append(r.things, thing{Node: r.info.Nodes[n], held: true})
		}
	}
	e.Buffers(func(node int, c flow.BufferCount) { r.buffers = append(r.buffers, buffer{r.info.Nodes[node].Name, c}) })
	r.ails = e.Ails()
	if p, ok := e.Program().(flow.Watched); ok && wires {
		list := p.Wires()
		r.more = len(list) > mostWires
		for _, w := range list[:min(len(list), mostWires)] {
			r.wires = append(r.wires, wire{w.Name, text(w)})
		}
	}
	return r
}

// longest is how much of a wire is shown, in bytes.
const longest = 4096

// text is what a wire is now. What an event carries has the number of its pass behind it.
func text(w flow.Watch) string {
	t := w.Text()
	for i := range len(t) {
		if t[i] == 0 || i == longest {
			return t[:i]
		}
	}
	return t
}

// lost are the occurrences that came and led to nothing.
func (r *report) lost() (n uint64) {
	for _, t := range r.things {
		n += t.Dropped + t.Dead + t.Refused
	}
	for _, b := range r.buffers {
		n += b.Dropped + b.Dead + b.Refused
	}
	return n
}
