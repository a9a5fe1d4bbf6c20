package gpio

import (
	"strconv"
	"time"

	"flowc/rt/flow"
	"flowc/rt/limit"
)

// sense is what the inputs share: a claimed line whose level counts once it has
// held for a while.
type sense struct {
	line  flow.Outside[InputLine]
	inbox flow.Inbox[Edge]
	// seq is the last edge's number; raw its level and rawAt its time.
	seq   uint32
	raw   bool
	rawAt time.Duration
	// level is what counts; it is not ready before the first reading and after
	// the line broke. movedAt is the time of the edge that it follows.
	level   flow.Val[bool]
	movedAt time.Duration
}

// socket is how an input is wired, as its kind declares it.
type socket struct {
	pin       Pin
	pull      Pull
	activeLow bool
	debounce  time.Duration
}

// Timers of an input.
const (
	timerDebounce = iota
	timerLong
)

// edgeBytes is about the memory of an edge that waits.
const edgeBytes = 40

func (s *sense) start(h *flow.Host, k socket) error {
	if err := limit.NotNegative("debounce", k.debounce); err != nil {
		return err
	}
	s.inbox.Open(h, flow.DropOldest)
	line, err := lines().Input(InputRequest{
		Pin: k.pin, Pull: k.pull, ActiveLow: k.activeLow, Owner: owner(h), Clock: h.Clock(),
		Edges: func(e Edge) { s.inbox.Put(e, edgeBytes) },
	})
	if err != nil {
		return err
	}
	s.line.It = line
	return nil
}

func (s *sense) stop() {
	if s.line.It != nil {
		s.line.It.Close()
		s.line.It = nil
	}
}

// react reports whether an edge has come to count. The level of instant 0 is no
// edge.
func (s *sense) react(h *flow.Host, w flow.Wake, k socket) (moved bool) {
	switch w.Why {
	case flow.AtStart:
		on, err := s.line.It.Read()
		if err != nil {
			s.broken(h, err)
			return false
		}
		s.raw, s.level = on, flow.Ready(on)
	case flow.OnInput:
		if e, ok := s.inbox.Take(); ok {
			tapEdge(h, e)
			return s.edge(h, e, k.debounce)
		}
	case flow.OnTimer:
		return s.settle()
	}
	return false
}

func (s *sense) edge(h *flow.Host, e Edge, debounce time.Duration) (moved bool) {
	if e.Err != nil {
		s.broken(h, e.Err)
		return false
	}
	lost := e.Seq - s.seq - 1
	if lost != 0 {
		h.Fault(strconv.FormatUint(uint64(lost), 10) + " edges were lost: they came faster than the program could take them")
	}
	s.seq = e.Seq
	if !s.level.OK { // it could not be read at start
		s.raw, s.level = e.On, flow.Ready(e.On)
		return false
	}
	if lost == 0 && s.raw != s.level.V && e.At-s.rawAt >= debounce {
		// The level held long enough before this edge; only the timer was late.
		moved = s.settle()
	}
	s.raw, s.rawAt = e.On, e.At
	switch {
	case s.raw == s.level.V:
		h.Cancel(timerDebounce)
	case debounce == 0:
		return s.settle()
	default:
		h.After(timerDebounce, debounce)
	}
	return moved
}

// settle lets the last level count.
func (s *sense) settle() (moved bool) {
	if !s.level.OK || s.raw == s.level.V {
		return false
	}
	s.level.V, s.movedAt = s.raw, s.rawAt
	return true
}

// broken makes the level not ready, so that what depends on it goes safe.
func (s *sense) broken(h *flow.Host, err error) {
	h.Cancel(timerDebounce)
	s.level = flow.Val[bool]{}
	h.Fault("the line can no longer be read: " + err.Error())
}
