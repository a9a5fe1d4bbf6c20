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
	mu     sync.Mutex
	h      *Host
	policy OnFull
	items  fifo[filed[I]]
	bytes  int
	// calls are the wake-ups that are under way: one for each item that waits. One
	// of an item that was dropped stays for the item that took its place.
	calls int
	// dropped counts those turned away since the last Take.
	dropped int
}

type filed[I any] struct {
	in   I
	size int
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
func (b *Inbox[I]) Open(h *Host, policy OnFull) { b.h, b.policy = h, policy }

// Put files an occurrence of about size bytes; any goroutine may call it, and it
// never blocks. It reports false when this one was turned away. What an older
// occurrence loses to drop_oldest or latest is returned as lost.
func (b *Inbox[I]) Put(in I, size int) (ok bool, lost []I) {
	b.mu.Lock()
	ok, lost = b.file(in, size)
	b.mu.Unlock()
	b.call()
	return ok, lost
}

func (b *Inbox[I]) file(in I, size int) (ok bool, lost []I) {
	if b.policy == Latest {
		for b.items.n > 0 {
			lost = append(lost, b.shed())
		}
	}
	for b.crowded(size) || !b.h.e.reserve(size) {
		if b.items.n == 0 || b.policy == DropNewest || b.policy == Block {
			if b.policy != Block {
				b.dropped++ // what is held back stays with the peer
			}
			return false, lost
		}
		lost = append(lost, b.shed())
	}
	b.items.push(filed[I]{in, size})
	b.bytes += size
	return true, lost
}

func (b *Inbox[I]) crowded(size int) bool {
	return b.items.n >= InboxCount || b.items.n > 0 && b.bytes+size > InboxBytes
}

// shed drops the oldest.
func (b *Inbox[I]) shed() I {
	b.dropped++
	return b.first()
}

func (b *Inbox[I]) first() I {
	f, _ := b.items.pop()
	b.bytes -= f.size
	b.h.e.reserve(-f.size)
	return f.in
}

func (b *Inbox[I]) call() {
	b.mu.Lock()
	missing := b.items.n - b.calls
	b.calls += max(missing, 0)
	b.mu.Unlock()
	for ; missing > 0; missing-- {
		b.h.e.post(occurrence{why: OnInput, node: b.h.node, box: b})
	}
}

func (b *Inbox[I]) called() {
	b.mu.Lock()
	b.calls--
	b.mu.Unlock()
}

// Take gives the oldest occurrence to React, which has accepted it thereby; ok is
// false when a wake-up was left over from one that was dropped.
func (b *Inbox[I]) Take() (in I, ok bool) {
	b.mu.Lock()
	dropped := b.dropped
	b.dropped = 0
	if ok = b.items.n > 0; ok {
		in = b.first()
	}
	b.mu.Unlock()
	if dropped > 0 {
		b.h.Dropped(dropped)
	}
	if ok {
		b.h.e.take(b.h.node)
	}
	return in, ok
}

// Len is how many occurrences wait.
func (b *Inbox[I]) Len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.items.n
}

// reserve books n bytes of what all inboxes together may hold, or gives -n back.
func (e *Engine) reserve(n int) bool {
	if e.bytes.Add(int64(n)) > ProcessBytes && n > 0 {
		e.bytes.Add(-int64(n))
		return false
	}
	return true
}
