package outbox

import "flowc/rt/flow"

// Confine says that the sink was quarantined. What is in memory is written at once, and
// waits on the disk for the next start together with what still comes.
func (s *Shelf) Confine() {
	if s.confined {
		return
	}
	s.confined = true
	s.turn()
}

// giveBack makes dead letters of what waits for a sink that takes nothing more, where
// nothing may be written: nobody would end it.
func (s *Shelf) giveBack() {
	if !s.confined || s.When != flow.BufferNever || s.memory == 0 {
		return
	}
	ready, tail := s.ready, s.tail
	s.ready, s.tail, s.carried, s.flying = nil, nil, 0, 0
	for _, i := range ready {
		if i.state != inMemory {
			s.ready = append(s.ready, i)
		}
	}
	for _, i := range tail {
		if i.state != inMemory {
			s.tail = append(s.tail, i)
		}
	}
	for _, i := range append(ready, tail...) {
		if i.state == inMemory {
			s.end(i, flow.OutcomeDead, "its sink is quarantined, and nothing may be written")
		}
	}
}
