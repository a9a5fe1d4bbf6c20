package sim

import "flowc/rt/flow"

// standing is a program of which some things do nothing by themselves: what they tell
// is for the test to say.
type standing struct {
	flow.Program
	nodes []int32
	// tell is what one of them tells in the next instant.
	tell func()
}

// silent is what stands for such a thing.
type silent struct{}

func (silent) Start(*flow.Host) error      { return nil }
func (silent) React(*flow.Host, flow.Wake) {}
func (silent) Stop(*flow.Host)             {}

func (s *standing) stands(node int32) bool {
	for _, n := range s.nodes {
		if n == node {
			return true
		}
	}
	return false
}

// Things are those of the program, but for those that the test speaks for.
func (s *standing) Things() []flow.Thing {
	list := s.Program.Things()
	for _, n := range s.nodes {
		list[n] = silent{}
	}
	return list
}

// React lets such a thing tell what the test says.
func (s *standing) React(node int32, w flow.Wake) {
	if !s.stands(node) {
		s.Program.React(node, w)
		return
	}
	if tell := s.tell; tell != nil {
		s.tell = nil
		tell()
	}
}

// Halt is the program's own, where it has one.
func (s *standing) Halt(node int32) {
	if p, ok := s.Program.(flow.Halter); ok {
		p.Halt(node)
	}
}

// FaultWired and Faulted are the program's own, where it has them.
func (s *standing) FaultWired(node int32) bool {
	p, ok := s.Program.(flow.FaultWirer)
	return ok && p.FaultWired(node)
}

// Faulted lets the fault of a node happen.
func (s *standing) Faulted(node int32, f flow.Fault) {
	if p, ok := s.Program.(flow.FaultWirer); ok {
		p.Faulted(node, f)
	}
}

// Itself is the program behind it, for who looks into it.
func (s *standing) Itself() flow.Program { return s.Program }

// Tell lets a thing of a user's own kind tell a value, in an instant of its own; set
// gives it to the output.
func Tell[V any](t *T, node int32, v V, set func(v V)) {
	t.standing.tell = func() { set(v) }
	t.engine.Hosts[node].Wake()
	t.settle()
}
