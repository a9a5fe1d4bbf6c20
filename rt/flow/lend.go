package flow

import "sync"

// lending lets a goroutine that brings an occurrence run its instant, while the loop
// rests: to wake another goroutine and be woken by it again costs more than most instants
// do. There is still one at a time that owns the program's state.
type lending struct {
	// mu is held by who runs instants in the loop's stead, and while open changes.
	mu sync.Mutex
	// open says that the loop rests.
	open bool
}

// Limits of what is done for others: how often a goroutine looks whether it may, and how
// many instants it runs.
const (
	lendLooks    = 100
	lendInstants = 16
)

// Lend lets the goroutines of a thing run instants (Inbox.Bring); called in its Start. It
// is no method, and so are those below: their names would be linked into every program.
func Lend(h *Host) {
	if h.e.lending == nil {
		h.e.lending = &lending{}
		h.e.rests = lend
	}
}

// lend says that the loop begins or ceases to rest. While somebody runs an instant it
// waits.
func lend(e *Engine) {
	l := e.lending.(*lending)
	l.mu.Lock()
	l.open = !l.open
	l.mu.Unlock()
}

// Bring files an occurrence as Put does, and runs the instants that are due, if nobody
// else does. It is for goroutines that wait for the end of theirs: a long instant holds
// up who brought it, and never a network reader that others depend on.
func (b *Inbox[I]) Bring(in I, size int) (ok bool, lost []I) {
	b.mu.Lock()
	ok, shed := b.admit(size)
	for ; shed > 0; shed-- {
		old, _ := b.items.pop()
		lost = append(lost, old)
	}
	if ok {
		b.items.push(in)
		b.calls++
	}
	b.mu.Unlock()
	if ok {
		bring(b.h.e, occurrence{why: OnInput, node: b.h.node, box: b})
	}
	return ok, lost
}

// bring is post for who may run the instant.
func bring(e *Engine, o occurrence) {
	e.mu.Lock()
	e.queue.push(o)
	e.mu.Unlock()
	if lendHand(e) {
		return
	}
	select {
	case e.wake <- struct{}{}:
	default:
	}
}

// lendHand runs the instants that are due; false says that somebody else does, who may have
// looked for the last time already.
func lendHand(e *Engine) bool {
	l := e.lending.(*lending)
	for looks := 0; !l.mu.TryLock(); looks++ {
		if looks == lendLooks {
			return false
		}
	}
	over := false
	defer func() {
		l.mu.Unlock()
		if !over {
			go panic("an instant broke off") // it must not end in a recover of somebody else's
		}
	}()
	done := l.open && instants(e)
	over = true
	return done
}

// instants runs those that are due; false says that the loop has to look after the rest.
func instants(e *Engine) bool {
	for range lendInstants {
		if !e.next() {
			return !oversleeps(e)
		}
	}
	return false
}

// oversleeps reports whether a timer that an instant has set is due before the loop wakes
// by itself.
func oversleeps(e *Engine) bool {
	due, ok := e.timers.next()
	if e.tellLate != nil && (!ok || e.lateAt < due) {
		due, ok = e.lateAt, true
	}
	if e.wall.watch != nil && e.bell.alarm == nil {
		return true
	}
	return ok && (e.bell.alarm == nil || due < e.bell.due)
}
