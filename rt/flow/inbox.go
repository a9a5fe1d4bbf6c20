package flow

import "sync"

// OnFull is what a bounded queue does with one more.
type OnFull string

// The policies. Block means "stop acknowledging" and needs a peer that keeps
// what is not acknowledged (QoS 1 or 2).
const (
	DropOldest OnFull = "drop_oldest"
	DropNewest OnFull = "drop_newest"
	Latest     OnFull = "latest"
	Block      OnFull = "block"
)

// Limits of a source's inbox and of all inboxes of a process. A single occurrence
// that is larger than InboxBytes has an empty inbox to itself.
const (
	InboxCount   = 256
	InboxBytes   = 1 << 20
	ProcessBytes = 64 << 20
)

// Inbox is the bounded queue between a thing's goroutines and its React. The
// zero Inbox is ready after Open.
type Inbox[I any] struct {
	gate
	items fifo[I]
}

// Put files an occurrence of about size bytes; any goroutine may call it, and it
// never blocks. It reports false when this one was turned away. What an older
// occurrence loses to drop_oldest or latest is returned as lost.
func (b *Inbox[I]) Put(in I, size int) (ok bool, lost []I) {
	b.mu.Lock()
	ok, shed := b.admit(size)
	for ; shed > 0; shed-- {
		old, _ := b.items.pop()
		lost = append(lost, old)
	}
	if ok {
		b.items.push(in)
	}
	b.mu.Unlock()
	b.call()
	return ok, lost
}

// Take gives the oldest occurrence to React, which has accepted it thereby; ok is
// false when a wake-up was left over from one that was dropped.
func (b *Inbox[I]) Take() (in I, ok bool) {
	b.mu.Lock()
	in, ok = b.items.pop()
	b.taken(ok)
	return in, ok
}

// gate is what an inbox does whatever waits in it; it is compiled once, and not
// for each kind.
type gate struct {
	mu     sync.Mutex
	h      *Host
	policy OnFull
	// sizes are those of the items that wait, bytes their sum.
	sizes fifo[int]
	bytes int
	// calls are the wake-ups that are under way: one for each item that waits. One
	// of an item that was dropped stays for the item that took its place.
	calls int
	// dropped counts those turned away since the last Take.
	dropped int
}

// box is an inbox as the engine sees it.
type box interface {
	// called says that a wake-up has come.
	called()
	// call asks for the wake-ups that are missing: an item without one would be
	// taken only with the next item, and so would all that follow.
	call()
}

// Open ties the inbox to its thing.
func (g *gate) Open(h *Host, policy OnFull) { g.h, g.policy = h, policy }

// Len is how many occurrences wait.
func (g *gate) Len() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.sizes.n
}

// admit books an item of that size, if there is room; shed is how many of the
// oldest go for it.
func (g *gate) admit(size int) (ok bool, shed int) {
	if g.policy == Latest {
		for ; g.sizes.n > 0; shed++ {
			g.shed()
		}
	}
	for ; g.crowded(size) || !g.h.e.reserve(size); shed++ {
		if g.sizes.n == 0 || g.policy == DropNewest || g.policy == Block {
			if g.policy != Block {
				g.dropped++ // what is held back stays with the peer
			}
			return false, shed
		}
		g.shed()
	}
	g.sizes.push(size)
	g.bytes += size
	return true, shed
}

func (g *gate) crowded(size int) bool {
	return g.sizes.n >= InboxCount || g.sizes.n > 0 && g.bytes+size > InboxBytes
}

// shed drops the oldest.
func (g *gate) shed() {
	g.dropped++
	g.release()
}

// release gives back what the oldest takes.
func (g *gate) release() {
	size, _ := g.sizes.pop()
	g.bytes -= size
	g.h.e.reserve(-size)
}

// taken ends a Take, and lets go of the lock.
func (g *gate) taken(ok bool) {
	dropped := g.dropped
	g.dropped = 0
	if ok {
		g.release()
	}
	g.mu.Unlock()
	if dropped > 0 {
		g.h.Dropped(dropped)
	}
	if ok {
		g.h.e.take(g.h.node)
	}
}

func (g *gate) call() {
	g.mu.Lock()
	missing := g.sizes.n - g.calls
	g.calls += max(missing, 0)
	g.mu.Unlock()
	for ; missing > 0; missing-- {
		g.h.e.post(occurrence{why: OnInput, node: g.h.node, box: g})
	}
}

func (g *gate) called() {
	g.mu.Lock()
	g.calls--
	g.mu.Unlock()
}

// reserve books n bytes of what all inboxes together may hold, or gives -n back.
func (e *Engine) reserve(n int) bool {
	if e.bytes.Add(int64(n)) > ProcessBytes && n > 0 {
		e.bytes.Add(-int64(n))
		return false
	}
	return true
}
