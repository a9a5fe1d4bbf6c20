package flow

import "sync"

// OutboxCount is how many effects of a thing may wait for its worker.
const OutboxCount = 256

// Outbox is the bounded queue between a thing's Shoot and its worker. What is
// put in becomes visible to the worker at the end of the instant, after the
// actuators were applied. With Block it takes everything: the tokens of what
// waits hold the sources back, and the thing bounds what comes from others.
type Outbox[R any] struct {
	mu     sync.Mutex
	h      *Host
	policy OnFull
	// staged waits for the end of the instant; listed says that the engine knows.
	// Only the instant loop touches the two.
	staged []R
	listed bool
	queued fifo[R]
	ready  chan struct{}
}

// stager is an outbox as the engine sees it.
type stager interface{ commit() }

// Open ties the outbox to its thing.
func (b *Outbox[R]) Open(h *Host, policy OnFull) {
	b.h, b.policy, b.ready = h, policy, make(chan struct{}, 1)
}

// Put stages an effect of this instant. With drop_newest and a full queue it
// reports false: the effect did not start. What drop_oldest or latest pushed
// out is returned as lost; the caller ends those effects as dropped.
func (b *Outbox[R]) Put(r R) (ok bool, lost []R) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := b.queued.n + len(b.staged)
	if b.policy == DropNewest && n >= OutboxCount {
		return false, nil
	}
	most := OutboxCount - 1
	switch b.policy {
	case Latest:
		most = 0
	case Block:
		most = n
	}
	for ; n > most; n-- {
		lost = append(lost, b.oldest())
	}
	b.staged = append(b.staged, r)
	if !b.listed {
		b.listed = true
		b.h.e.staged = append(b.h.e.staged, b)
	}
	b.h.e.begun = 0 // its worker will tell of the end
	return true, lost
}

func (b *Outbox[R]) oldest() R {
	if r, ok := b.queued.pop(); ok {
		return r
	}
	r := b.staged[0]
	b.staged = append(b.staged[:0], b.staged[1:]...)
	return r
}

func (b *Outbox[R]) commit() {
	b.mu.Lock()
	for _, r := range b.staged {
		b.queued.push(r)
	}
	clear(b.staged)
	b.staged, b.listed = b.staged[:0], false
	b.mu.Unlock()
	select {
	case b.ready <- struct{}{}:
	default:
	}
}

// Ready receives when there may be something to Take.
func (b *Outbox[R]) Ready() <-chan struct{} { return b.ready }

// Take gives the worker the oldest effect, if there is one.
func (b *Outbox[R]) Take() (r R, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.queued.pop()
}

// Len is how many effects wait for the worker.
func (b *Outbox[R]) Len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.queued.n
}
