package flow

import "time"

// retryLook is how often an interlock looks again at an output that was switched
// off and whose line refuses.
const retryLook = time.Second

// Interlock keeps actuators from being on together, and lets some time pass between
// one and another. The one that is on stays on; another that is wanted waits for it.
type Interlock struct {
	// Gap is the least time between one that went off and another that goes on, and
	// between the start and the first that does.
	Gap time.Duration

	members []lockMember
}

type lockMember struct {
	on bool
	// off is when it last went off.
	off time.Duration
	// waits says that it is wanted while another is on, told that this was a fault: it
	// is none if that one goes off in the same instant.
	waits, told bool
}

// NewInterlock makes an interlock of n actuators.
func NewInterlock(n int, gap time.Duration) Interlock {
	return Interlock{Gap: gap, members: make([]lockMember, n)}
}

// Holds reports whether member i has to stay off, though it is wanted. on says that
// another is commanded on, live that the line of one still is. The timer rings when
// it may be different.
func (e *Engine) Holds(l *Interlock, i int, node int32, timer TimerID, wanted, on, live bool) bool {
	m := &l.members[i]
	if wanted && on {
		switch {
		case !m.waits:
			m.waits = true
			e.Arm(timer, 0)
		case !m.told && e.Rang(timer):
			m.told = true
			e.Fault(node, "interlock: wanted while another of them is on; it stays off until that one is off")
		}
		return true
	}
	m.waits, m.told = false, false
	if !wanted {
		return false
	}
	free := l.freeAt(i)
	switch {
	case live && e.Mono > free: // else it was switched off in this instant
		e.Arm(timer, max(l.Gap, retryLook))
	case live:
	case e.Mono < free:
		e.arm(timer, free)
	}
	return live || e.Mono < free
}

// freeAt is the moment from which the others leave member i alone.
func (l *Interlock) freeAt(i int) time.Duration {
	free := l.Gap // the outputs were made safe at the start
	for j, m := range l.members {
		if j != i && m.off > 0 {
			free = max(free, m.off+l.Gap)
		}
	}
	return free
}

// Decided says what member i is commanded to be. When it goes off, the timer rings as
// soon as the others may go on: at the earliest in the next instant, when the line is
// off.
func (e *Engine) Decided(l *Interlock, i int, timer TimerID, on bool) {
	m := &l.members[i]
	if m.on && !on {
		m.off = e.Mono
		e.Arm(timer, l.Gap)
	}
	m.on = on
}
