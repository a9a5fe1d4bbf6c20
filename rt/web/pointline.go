package web

import (
	"net/http"
	"time"

	"flowc/rt/flow"
)

// The timers of an influx_out, beside its buffer's: the next request, and another attempt.
const (
	timerFlush = 0
	timerAgain = 1
)

// Limits of the points that wait, and of one request.
const (
	waitingPoints = 20_000
	waitingBytes  = 16 << 20
	requestBytes  = 4 << 20
)

// point is one on its way: a line, and what waits for its end, a token or the ticket of
// a buffer.
type point struct {
	token  flow.Token
	ticket uint64
	line   []byte
	// until is when a buffer has kept it for long enough, 0 for never.
	until time.Duration
}

// pointsOver is what became of some points.
type pointsOver struct {
	count   int
	failure *Failure
}

// pointLine sends points in batches, one at a time and in order. All but the answers
// belongs to the instant loop.
type pointLine struct {
	h      *flow.Host
	calls  *callLine
	buffer flow.Buffer
	url    string
	header http.Header
	// timeout is how long one attempt may take.
	timeout time.Duration
	batch   int
	every   time.Duration
	// now are the points of the request under way, or of one that is tried again; next
	// are those that a refused request was split into, waiting those behind them.
	now     []point
	next    [][]point
	waiting []point
	bytes   int
	// armed says that the timer for the next request runs, due that it has run out, leaving
	// that the program stops and is not to wait for it.
	armed, due, leaving bool
	// away says that the server cannot be reached, or is busy.
	away bool
	over []pointsOver
}

func newPointLine(h *flow.Host, client *http.Client, url string, header http.Header) *pointLine {
	l := &pointLine{h: h, calls: newCallLine(h, client), url: url, header: header}
	if w, ok := l.calls.run.wire.(interface{ agree() }); ok {
		w.agree()
	}
	return l
}

// take accepts a point.
func (l *pointLine) take(p point) {
	l.h.Filed()
	if l.calls.confined {
		l.abandon([]point{p})
		return
	}
	if p.ticket == 0 && (len(l.waiting) >= waitingPoints || l.bytes+len(p.line) > waitingBytes) {
		l.end(p, flow.OutcomeDropped, "too many points wait for the database; this one was dropped")
		l.tell(1, "too many points wait for the database; this one was dropped", nil)
		return
	}
	l.waiting = append(l.waiting, p)
	l.bytes += len(p.line) + 1
	if !l.armed {
		l.armed = true
		l.h.After(timerFlush, l.every)
	}
	l.start()
}

// fail ends a point that cannot be written.
func (l *pointLine) fail(token flow.Token, message string) {
	l.h.Filed()
	l.h.End(token, flow.OutcomeDead)
	l.tell(1, message, nil)
}

// end says what became of a point.
func (l *pointLine) end(p point, o flow.Outcome, why string) {
	if p.ticket != 0 {
		l.buffer.Over(p.ticket, o, why)
		return
	}
	l.h.End(p.token, o)
}

// tell files what the thing is to say of points that were given up, in an instant of
// its own.
func (l *pointLine) tell(count int, message string, a *answer) {
	f := &Failure{Message: message, Attempt: 1, Time: l.h.Time()}
	if a != nil {
		*f = a.failed(l.h)
	}
	l.over = append(l.over, pointsOver{count, f})
	l.h.Done(0)
}

// flush sends what waits, however little it is.
func (l *pointLine) flush() {
	l.armed, l.due, l.leaving = false, true, false
	l.start()
}

// start makes the next request, if none is under way and there is enough to send.
func (l *pointLine) start() {
	for l.now == nil {
		l.now = l.group()
		if l.now == nil {
			return
		}
		if len(l.now) == 0 {
			l.now = nil // all of them were kept for long enough
		}
	}
	if l.calls.now != nil {
		return
	}
	e := &errand{method: http.MethodPost, url: l.url, header: l.header, timeout: l.timeout, limit: answerMost, unread: true}
	for _, p := range l.now {
		e.body = append(append(e.body, p.line...), '\n')
	}
	l.calls.begin(e)
}

// group are the points of the next request; nil where it is too early for one.
func (l *pointLine) group() []point {
	if len(l.next) > 0 {
		g := l.next[0]
		l.next = l.next[1:]
		return g
	}
	if len(l.waiting) == 0 {
		l.due = false
		return nil
	}
	if !l.due && len(l.waiting) < l.batch && l.bytes < requestBytes {
		return nil
	}
	group, size := []point{}, 0
	for len(l.waiting) > 0 && len(group) < l.batch {
		p := l.waiting[0]
		if size += len(p.line) + 1; size > requestBytes && len(group) > 0 {
			break
		}
		l.waiting[0] = point{}
		l.waiting = l.waiting[1:]
		l.bytes -= len(p.line) + 1
		if p.until > 0 && p.until <= l.h.Mono() {
			l.end(p, flow.OutcomeDropped, "")
			continue
		}
		group = append(group, p)
	}
	return group
}

// heard takes an answer, and gives what the thing is to say of it.
func (l *pointLine) heard(a *answer) (over pointsOver, told bool) {
	l.reached(a.failure == "" || !a.transient)
	if a.failure != "" && a.transient && (a.status == 0 || a.refusals < refusedTimes) {
		l.calls.stuck(a)
		l.h.After(timerAgain, max(pause(l.h, a.attempt, retryLeast), retryAfter(a.header, l.h.Time())))
		return over, false
	}
	l.calls.settled(a)
	l.calls.next(a)
	points := l.now
	l.now = nil
	switch {
	case a.failure == "":
		over, told = pointsOver{count: len(points)}, true
		l.endAll(points, flow.OutcomeDelivered, "")
	case len(points) > 1 && splits(a.status):
		half := len(points) / 2
		l.next = append([][]point{points[:half], points[half:]}, l.next...)
	default:
		f := a.failed(l.h)
		over, told = pointsOver{len(points), &f}, true
		l.endAll(points, flow.OutcomeDead, a.failure)
	}
	l.start()
	return over, told
}

func (l *pointLine) endAll(points []point, o flow.Outcome, why string) {
	for _, p := range points {
		l.end(p, o, why)
	}
}

// splits reports whether an answer may be about one point of many: it is malformed, has
// another type than those before, or makes the request too large.
func splits(status int) bool {
	return status == http.StatusBadRequest || status == http.StatusRequestEntityTooLarge || status == http.StatusUnprocessableEntity
}

// reached follows whether the server is there, for a buffer.
func (l *pointLine) reached(there bool) {
	if l.away == there {
		l.away = !there
		if l.buffer != nil {
			l.h.Done(0)
		}
	}
}

// Carry sends a point that the buffer kept.
func (l *pointLine) Carry(ticket uint64, row []byte, _, left time.Duration) {
	p := point{ticket: ticket, line: row}
	if left > 0 {
		p.until = l.h.Mono() + left
	}
	l.take(p)
}

// Up reports whether the server is there, as far as is known.
func (l *pointLine) Up() bool { return !l.away }

// drained reports whether nothing is left that can be sent now.
func (l *pointLine) drained() bool {
	if l.away || l.now == nil && len(l.waiting) == 0 && len(l.over) == 0 {
		return true
	}
	if l.now == nil && !l.leaving {
		l.leaving = true // what waits for others waits no longer
		l.h.Done(0)
	}
	return false
}
