package web

import (
	"net/http"
	"sync"
	"time"

	"flowc/rt/flow"
)

// Limits of the calls that wait for their turn; those that a source waits for are held
// back by that.
const (
	lineCount = 256
	lineBytes = 4 << 20
)

// callLine holds the calls of one thing: one under way, the others in order. All but
// the results belongs to the instant loop.
type callLine struct {
	h   *flow.Host
	run *runner
	// now is the call under way, or waiting for another attempt; queue are those
	// behind it, bytes the size of their bodies.
	now   *errand
	queue []*errand
	bytes int
	// away says that a request is on its way, unreachable that the last attempt found
	// nobody who takes it now.
	away, unreachable bool
	// trouble is why the call at hand is made again, "" for nothing; told is what the log
	// heard of it.
	trouble, told string
	// confined says that no call is made any more.
	confined bool
	// via, timeout, limit and unread are what a call from a buffer does not bring along.
	via     *Connection
	timeout time.Duration
	limit   int64
	unread  bool

	mu      sync.Mutex
	results []*answer
}

func newCallLine(h *flow.Host, client *http.Client) *callLine {
	l := &callLine{h: h}
	l.run = newRunner(h, client, l.tell)
	return l
}

// tell hands an answer to the instant loop.
func (l *callLine) tell(a *answer) {
	l.mu.Lock()
	l.results = append(l.results, a)
	l.mu.Unlock()
	l.h.Done(a.token)
}

// result takes the oldest answer; one of a call that was left behind counts as
// dropped.
func (l *callLine) result() (a *answer, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.results) == 0 {
		return nil, false
	}
	a = l.results[0]
	l.results = l.results[1:]
	if a.errand == l.now {
		l.away = false
		if a.status != 0 {
			l.now.refusals++
		}
	}
	return a, true
}

// refuse ends a call that cannot be made at all.
func (l *callLine) refuse(token flow.Token, message string) {
	l.tell(&answer{errand: &errand{token: token}, failure: message})
}

// take accepts a call; what overlap leaves out is dropped.
func (l *callLine) take(h *flow.Host, e *errand, o Overlap) {
	switch {
	case l.confined:
		h.End(e.token, flow.OutcomeDead)
	case l.now == nil:
		l.begin(e)
	case o == OverlapSkip:
		l.leave(h, e)
	case o == OverlapRestart:
		old := l.now
		h.Cancel(0)
		l.leave(h, old)
		if l.away {
			l.run.interrupt()
		}
		l.away = false
		l.begin(e)
	case (len(l.queue) >= lineCount || len(l.queue) > 0 && l.bytes+len(e.body) > lineBytes) && !h.Held(e.token):
		h.Fault("too many calls wait for the server; this one was dropped")
		l.leave(h, e)
	default:
		l.queue = append(l.queue, e)
		l.bytes += len(e.body)
	}
}

// leave drops a call that is not, or no more, to be made.
func (l *callLine) leave(h *flow.Host, e *errand) {
	e.left.Store(true)
	h.End(e.token, flow.OutcomeDropped)
}

func (l *callLine) begin(e *errand) {
	l.now = e
	l.again()
}

// again makes the next attempt of the call at hand.
func (l *callLine) again() {
	if l.now == nil || l.away {
		return
	}
	l.now.attempt++
	l.away = true
	l.run.send(l.now)
}

// next lets the call behind have its turn when a call is over.
func (l *callLine) next(a *answer) {
	if a.errand != l.now {
		return
	}
	l.now = nil
	if len(l.queue) > 0 {
		e := l.queue[0]
		l.queue[0] = nil
		l.queue = l.queue[1:]
		l.bytes -= len(e.body)
		l.begin(e)
	}
}

// stuck says that an attempt failed and is made again. The log hears of it from the
// second attempt on, and once for each reason: what the next attempt mends is nobody's
// business.
func (l *callLine) stuck(a *answer) {
	l.trouble = a.failure
	if a.attempt > 1 && l.told != a.failure {
		l.told = a.failure
		l.h.Log(flow.LevelError, "cannot be sent: "+a.failure+"; it is tried again")
	}
}

// settled says that nothing is made again now; a is the answer that ended it.
func (l *callLine) settled(a *answer) {
	if l.told != "" && (a.failure == "" || !a.transient) {
		l.told = ""
		l.h.Log(flow.LevelInfo, "the server answers again")
	}
	l.trouble = ""
}

// ails is the trouble as the health page tells it.
func (l *callLine) ails() string {
	if l == nil || l.trouble == "" {
		return ""
	}
	return l.trouble + "; it is tried again"
}

// idle reports whether nothing can be done now: no call is left, or the one at hand
// waits for another attempt.
func (l *callLine) idle() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.results) == 0 && !l.away
}
