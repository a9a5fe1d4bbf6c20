package web

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"flowc/rt/flow"
)

// errand is one request on its way to a server.
type errand struct {
	token   flow.Token
	method  string
	url     string
	header  http.Header
	body    []byte
	timeout time.Duration
	// limit is how large the body of the answer may be, in bytes; unread says that nobody
	// reads it.
	limit   int64
	unread  bool
	attempt int64
	// refusals counts the answers that were no success, left says that nobody waits
	// for it any more, quiet that the flow did not ask for it by itself.
	refusals int
	left     atomic.Bool
	quiet    bool
	// ticket is what a buffer knows it by, 0 without one; until is when that has no use
	// for it any more, and late that this has come.
	ticket uint64
	until  time.Duration
	late   bool
}

// answer is what came of an errand: a status, or why there is none.
type answer struct {
	*errand
	status int
	header http.Header
	body   []byte
	// failure says why there is no answer; transient that it may be another in a
	// moment.
	failure   string
	transient bool
	// early is what the body says where that was read beside the flow, misfit why not.
	early  any
	misfit error
}

// runner carries out the errands of one thing, one at a time, away from the instant
// loop.
type runner struct {
	h      *flow.Host
	client *http.Client
	box    flow.Outbox[*errand]
	// arrived is told of each answer, on the runner's goroutine.
	arrived func(*answer)
	stop    chan struct{}
	gone    chan struct{}
	wire    wire

	mu sync.Mutex
	// cancel ends the exchange that is under way.
	cancel context.CancelCauseFunc
}

func newRunner(h *flow.Host, client *http.Client, arrived func(*answer)) *runner {
	r := &runner{h: h, client: client, arrived: arrived, stop: make(chan struct{}), gone: make(chan struct{})}
	r.box.Open(h, flow.Block)
	r.wire = simulated(r)
	if r.wire == nil {
		go r.run()
	} else {
		close(r.gone)
	}
	return r
}

// wire stands in for the network in a simulation.
type wire interface {
	// carry takes an errand; its answer comes to arrived, perhaps much later.
	carry(e *errand)
	// drop forgets the errand that waits for an answer.
	drop()
	// close says that nobody asks any more.
	close()
}

// send starts an errand at the end of this instant.
func (r *runner) send(e *errand) {
	if r.wire != nil {
		r.wire.carry(e)
		return
	}
	r.box.Put(e)
}

// interrupt ends the errand that is under way; its answer does not come any more, or
// says that it was cancelled.
func (r *runner) interrupt() {
	if r.wire != nil {
		r.wire.drop()
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cancel != nil {
		r.cancel(errCancelled)
	}
}

// end stops the runner and waits for it.
func (r *runner) end() {
	if r.wire != nil {
		r.wire.close()
		return
	}
	close(r.stop)
	r.interrupt()
	<-r.gone
	r.client.CloseIdleConnections()
}

func (r *runner) run() {
	defer close(r.gone)
	for {
		select {
		case <-r.stop:
			return
		case <-r.box.Ready():
		}
		for e, ok := r.box.Take(); ok; e, ok = r.box.Take() {
			r.arrived(r.exchange(e))
			select {
			case <-r.stop:
				return
			default:
			}
		}
	}
}

// exchange asks the server and reads its answer. A panic is the errand's failure.
func (r *runner) exchange(e *errand) (a *answer) {
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	defer func() {
		if recover() != nil {
			a = &answer{errand: e, failure: "the exchange failed with a defect"}
		}
	}()
	r.mu.Lock()
	r.cancel = cancel
	r.mu.Unlock()
	if e.left.Load() {
		return &answer{errand: e, failure: errCancelled.Error()}
	}
	defer r.watch(e.timeout, cancel)()
	a = r.ask(ctx, e)
	if a.failure != "" {
		return a
	}
	if a.status >= 400 {
		a.failure, a.transient = refusal(a.status), transientStatus(a.status)
	} else if a.status >= 300 && a.status != http.StatusNotModified {
		a.failure = refusal(a.status)
	}
	return a
}

// watch ends the exchange when its time is over; what it returns ends the watch.
func (r *runner) watch(timeout time.Duration, cancel context.CancelCauseFunc) (done func()) {
	alarm := r.h.Clock().NewTimer(timeout)
	over := make(chan struct{})
	go func() {
		select {
		case <-alarm.C():
			cancel(errTimeout)
		case <-r.stop:
			cancel(errCancelled)
		case <-over:
		}
	}()
	return func() {
		close(over)
		alarm.Stop()
	}
}

func (r *runner) ask(ctx context.Context, e *errand) *answer {
	a := &answer{errand: e}
	q, err := http.NewRequestWithContext(ctx, e.method, e.url, bytes.NewReader(e.body))
	if err != nil {
		a.failure = "the address or the method cannot be used"
		return a
	}
	q.Header = e.header.Clone()
	q.Host = q.Header.Get("Host") // net/http looks for it nowhere else
	s, err := r.client.Do(q)
	if err != nil {
		a.failure, a.transient = wording(ctx, err), transientError(err)
		return a
	}
	defer s.Body.Close()
	a.status, a.header = s.StatusCode, s.Header
	a.body, err = io.ReadAll(io.LimitReader(s.Body, e.limit+1))
	switch {
	case e.unread && a.status >= 200 || a.status >= 300:
		a.body = a.body[:min(int64(len(a.body)), e.limit)] // the status says it all
	case err != nil:
		a.failure, a.transient = wording(ctx, err), true
	case int64(len(a.body)) > e.limit:
		a.body = nil
		a.failure = "the answer is larger than " + size(e.limit)
	}
	return a
}

// meta is what a flow may know of the answer beside its body.
func (a *answer) meta() Meta {
	m := Meta{Status: int64(a.status), Headers: make(map[string]string, len(a.header))}
	for name, list := range a.header {
		if len(list) > 0 {
			m.Headers[lower(name)] = list[0]
		}
	}
	return m
}

func lower(name string) string {
	b := []byte(name)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// failed is the failure for the flow.
func (a *answer) failed(h *flow.Host) Failure {
	f := Failure{Message: a.failure, Attempt: a.attempt, Time: h.Time()}
	if a.status != 0 {
		f.Status = flow.Some(int64(a.status))
	}
	return f
}
