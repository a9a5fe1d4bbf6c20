package web

import (
	"net/http"
	"strconv"
	"sync"
	"time"

	"flowc/rt/flow"
	"flowc/rt/pace"
)

// turns holds back requests that come faster than max_rate. Requests ask for a turn on
// the goroutines of their clients.
type turns struct {
	// limits says that there is a max_rate at all.
	limits bool
	mu     sync.Mutex
	clock  flow.Clock
	pace   pace.Limit
	// refused counts those that were sent away and that nobody was told of.
	refused int
}

// timerTurns rings when the next request may come.
const timerTurns = 0

// early is how much too early a request is; 0 gives it its turn.
func (t *turns) early() time.Duration {
	if !t.limits {
		return 0
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.clock.Mono()
	wait := t.pace.Wait(now)
	if wait > 0 {
		t.refused++
		return wait
	}
	t.pace.Pass(now)
	return 0
}

// settle tells of those that were sent away, and looks again when the next may come.
func (t *turns) settle(h *flow.Host) {
	if !t.limits {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if wait := t.pace.Wait(h.Mono()); wait > 0 {
		h.After(timerTurns, wait)
	}
	if t.refused == 0 {
		return
	}
	h.Dropped(t.refused)
	t.refused = 0
	if t.pace.Tell() {
		h.Fault("requests come faster than max_rate: some are told to come back later")
	}
}

// later is the reply to a client that came too early.
func later(wait time.Duration) reply {
	return reply{status: http.StatusTooManyRequests, again: wait, kind: contentType(flow.FormatText), body: []byte("too many requests\n")}
}

// comeAgain is how long a client is to stay away, in whole seconds.
func comeAgain(wait time.Duration) string {
	return strconv.FormatInt(int64((wait+time.Second-1)/time.Second), 10)
}
