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

// Limits of a source's inbox and of all inboxes of a process.
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
	items  []I
	sizes  []int
	bytes  int
	// dropped counts those turned away since the last React.
	dropped int
}

// Open ties the inbox to its thing.
func (b *Inbox[I]) Open(h *Host, policy OnFull) { b.h, b.policy = h, policy }

// Put files an occurrence of about size bytes; any goroutine may call it, and it
// never blocks. It reports false when this one was turned away. What an older
// occurrence loses to drop_oldest or latest is returned as lost.
func (b *Inbox[I]) Put(in I, size int) (ok bool, lost []I) {
	b.mu.Lock()
	for b.full(size) {
		if len(b.items) == 0 || b.policy == DropNewest || b.policy == Block {
			if b.policy != Block {
				b.dropped++ // what is held back stays with the peer
			}
			b.mu.Unlock()
			return false, lost
		}
		lost = append(lost, b.items[0])
		b.dropFirst()
		b.dropped++
	}
	if b.policy == Latest && len(b.items) > 0 {
		lost = append(lost, b.items...)
		b.dropped += len(b.items)
		for len(b.items) > 0 {
			b.dropFirst()
		}
	}
	b.items = append(b.items, in)
	b.sizes = append(b.sizes, size)
	b.bytes += size
	b.h.e.held(int64(size))
	b.mu.Unlock()
	if len(lost) == 0 {
		b.h.Wake() // else the wake-up of the lost one is still to come
	}
	return true, lost
}

//go:noinline // it would stand twice in Put of every kind's inbox
func (b *Inbox[I]) full(size int) bool {
	return len(b.items) >= InboxCount || b.bytes+size > InboxBytes && len(b.items) > 0 ||
		b.h.e.bytes.Load()+int64(size) > ProcessBytes
}

//go:noinline // it would stand four times in every kind's inbox
func (b *Inbox[I]) dropFirst() {
	b.bytes -= b.sizes[0]
	b.h.e.held(-int64(b.sizes[0]))
	var none I
	b.items[0] = none
	b.items, b.sizes = b.items[1:], b.sizes[1:]
	if len(b.items) == 0 {
		b.items, b.sizes = nil, nil
	}
}

// Take gives the oldest occurrence to React; ok is false when a wake-up was left
// over from one that was dropped.
func (b *Inbox[I]) Take() (in I, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.dropped > 0 {
		b.h.Dropped(b.dropped)
		b.dropped = 0
	}
	if len(b.items) == 0 {
		return in, false
	}
	in = b.items[0]
	b.dropFirst()
	return in, true
}

// Len is how many occurrences wait.
func (b *Inbox[I]) Len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.items)
}
