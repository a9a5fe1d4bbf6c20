package web

import (
	"slices"

	"flowc/rt/flow"
)

// A thing that was quarantined asks its server nothing more. What a buffer has waits there
// for the next start; whatever else is under way or waits is over, as dead, but what the
// server has taken.

// confined lets go of the calls.
func (t *Call[T, B]) confined(h *flow.Host, w flow.Wake) {
	l := t.line.It
	if w.Why == flow.OnDone {
		if a, ok := l.resultOf(w.Effect); ok && !a.left.Load() {
			t.lastOver(h, a)
		}
	}
	if t.Buffer != nil {
		t.Buffer.Confine()
		t.Buffer.React(w)
	}
	l.confine()
}

// lastOver ends a call with its answer; one that failed and lies in the buffer is made
// after the next start.
func (t *Call[T, B]) lastOver(h *flow.Host, a *answer) {
	if a.errand == t.line.It.now {
		t.line.It.now = nil
	}
	if a.failure == "" || a.ticket == 0 {
		t.end(h, a)
	}
}

// resultOf takes the answer to a call whose wake has come. Those before it are of calls
// that a panic kept from being heard of: the engine has ended them.
func (l *callLine) resultOf(t flow.Token) (a *answer, ok bool) {
	l.mu.Lock()
	i := slices.IndexFunc(l.results, func(a *answer) bool { return a.token == t })
	l.results = l.results[max(i, 0):]
	l.mu.Unlock()
	if i < 0 {
		return nil, false
	}
	return l.result()
}

// confine ends what has not been asked yet.
func (l *callLine) confine() {
	l.confined = true
	if l.now != nil && !l.away {
		l.h.Cancel(timerAttempt)
		l.h.End(l.now.token, flow.OutcomeDead)
		l.now = nil
	}
	for _, e := range l.queue {
		l.h.End(e.token, flow.OutcomeDead)
	}
	l.queue, l.bytes = nil, 0
}

// confined lets go of the points.
func (t *Influx) confined(w flow.Wake) {
	l := t.line.It
	if w.Why == flow.OnDone {
		if a, ok := l.calls.result(); ok {
			l.lastOver(a)
		}
	}
	if t.Buffer != nil {
		t.Buffer.Confine()
		t.Buffer.React(w)
	}
	l.confine()
}

// lastOver ends the points of a request with its answer.
func (l *pointLine) lastOver(a *answer) {
	if a.errand != l.calls.now {
		return
	}
	points := l.now
	l.calls.now, l.now = nil, nil
	if a.failure == "" {
		l.endAll(points, flow.OutcomeDelivered, "")
		return
	}
	l.abandon(points)
}

// confine ends what has not been sent yet.
func (l *pointLine) confine() {
	l.calls.confined = true
	if !l.calls.away {
		l.abandon(l.now)
		l.calls.now, l.now = nil, nil
	}
	for _, points := range l.next {
		l.abandon(points)
	}
	l.abandon(l.waiting)
	l.next, l.waiting, l.bytes, l.over = nil, nil, 0, nil
}

// abandon ends points that no buffer has.
func (l *pointLine) abandon(points []point) {
	for _, p := range points {
		if p.ticket == 0 {
			l.h.End(p.token, flow.OutcomeDead)
		}
	}
}
