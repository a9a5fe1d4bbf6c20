package plan

import (
	"path"

	"flowc/lang/typed"
	"flowc/lang/types"
)

// buffers finds where the outbox is, and which sinks must write before they send.
func (b *builder) buffers() {
	for _, th := range b.out.Things {
		if th.Buffer == nil || th.Shoot == nil {
			continue
		}
		if b.out.Outbox == "" {
			b.out.Outbox = outboxFile(b.flow)
		}
		th.First = !b.repeats(th.Shoot.Trigger, map[*Wire]bool{})
	}
}

// outboxFile lies beside what the program remembers.
func outboxFile(p *typed.Program) string {
	name := p.Name + "-outbox.db"
	if p.Persist != nil {
		return path.Join(path.Dir(p.Persist.File), name)
	}
	return name
}

// repeats reports whether whatever makes a wire happen comes again where it was not
// acknowledged: from a peer that waits for that, by way of nothing that keeps it for
// later.
func (b *builder) repeats(w *Wire, seen map[*Wire]bool) bool {
	if w == nil {
		return false
	}
	if seen[w] {
		return true // a circle adds nothing
	}
	seen[w] = true
	if w.Step == nil {
		return w.Thing != nil && acknowledges(w.Thing)
	}
	s := w.Step
	switch s.Sort {
	case Eval, Filter, Operate:
	default:
		return false
	}
	if s.Timer != nil || s.Op != nil && s.Op.Op.Holds {
		return false
	}
	if s.Sort != Operate && s.Trigger != nil {
		return b.repeats(s.Trigger, seen)
	}
	roots := happening(s.Reads)
	for _, r := range roots {
		if !b.repeats(r, seen) {
			return false
		}
	}
	return len(roots) > 0
}

// happening are the wires that happen, or all where none does: then a change of any is
// what happens.
func happening(list []*Wire) []*Wire {
	var events []*Wire
	for _, w := range list {
		if w.Shape.Happens() {
			events = append(events, w)
		}
	}
	if len(events) == 0 {
		return list
	}
	return events
}

// acknowledges reports whether a source confirms what it took: one that does not wait
// for that, at QoS 0, sends nothing twice.
func acknowledges(th *Thing) bool {
	if !th.Kind.Completes {
		return false
	}
	for _, s := range th.Settings {
		if s.Field.Name != "qos" {
			continue
		}
		k, ok := s.X.(*typed.Const)
		n, isInt := int64(0), false
		if ok && k.Type.Kind == types.Int {
			n, isInt = k.V.(int64)
		}
		return isInt && n > 0
	}
	return true
}
