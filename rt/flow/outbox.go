package flow

import "sync"

// OutboxCount is how many effects of a thing may wait for its worker.
const OutboxCount = 256

// Outbox is the bounded queue between a thing's Shoot and its worker. What is
// put in becomes visible to the worker at the end of the instant, after the
// actuators were applied.
type Outbox[R any] struct {
	mu     sync.Mutex
	h      *Host
	policy OnFull
	// staged waits for the end of the instant; only the instant loop touches it.
	staged []R
	queued []R
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
	n := len(b.queued) + len(b.staged)
	switch {
	case b.policy == Latest && n > 0:
		lost = append(append(lost, b.queued...), b.staged...)
		b.queued, b.staged = nil, b.staged[:0]
	case b.policy == Block || n < OutboxCount:
	case b.policy == DropNewest:
		return false, nil
	case len(b.queued) > 0:
		lost = append(lost, b.queued[0])
		b.queued = b.queued[1:]
	default:
		lost = append(lost, b.staged[0])
		b.staged = append(b.staged[:0], b.staged[1:]...)
	}
	if len(b.staged) == 0 {
		b.h.e.staged = append(b.h.e.staged, b)
	}
	b.staged = append(b.staged, r)
	return true, lost
}

func (b *Outbox[R]) commit() {
	b.mu.Lock()
	b.queued = append(b.queued, b.staged...)
	clear(b.staged)
	b.staged = b.staged[:0]
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
	if len(b.queued) == 0 {
		return r, false
	}
	r = b.queued[0]
	var none R
	b.queued[0] = none
	b.queued = b.queued[1:]
	return r, true
}

// Len is how many effects wait for the worker.
func (b *Outbox[R]) Len() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.queued)
}
