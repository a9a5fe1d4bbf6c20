package web

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"flowc/rt/flow"
)

// visit is one request, from its client to the flow and back.
type visit struct {
	asked flow.Asked
	// misread says why the query cannot be believed, once somebody has asked for it.
	misread error
	// state is taken once by the flow, or given up once by the client's side.
	state atomic.Int32

	mu sync.Mutex
	// over says that it was answered, with given; came is there once somebody waits.
	over  bool
	given reply
	came  chan struct{}
	// tell takes the answer of a simulated client.
	tell func(reply)

	// reply is what the flow says, until it may be given.
	reply reply
	// recalled says that a reply was to be made later, known how what had been started
	// was going then.
	recalled bool
	known    flow.Outcome
	// in and out are its shares of what the server holds, until the last of its users,
	// the client's side and the flow's, is done.
	in, out share
	users   atomic.Int32
}

// The states of a visit.
const (
	visitWaits = iota
	visitTaken
	visitGone
)

func newVisit(at *url.URL, captured []string) *visit {
	v := &visit{asked: flow.Asked{Captured: captured, Query: noQuery}}
	if at.RawQuery != "" {
		v.asked.Query = v.queryOf(at.RawQuery)
	}
	return v
}

// answer is the one answer that the client gets; others after it are not told.
func (v *visit) answer(r reply) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.over {
		return
	}
	v.over, v.given = true, r
	switch {
	case v.tell != nil:
		v.tell(r)
	case v.came != nil:
		close(v.came)
	}
}

// answered is the answer, if there is one; else the channel is closed when it comes.
func (v *visit) answered() (r reply, ok bool, came <-chan struct{}) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if !v.over && v.came == nil {
		v.came = make(chan struct{})
	}
	return v.given, v.over, v.came
}

// take is the flow's: it reports false when the client was sent away.
func (v *visit) take() bool { return v.state.CompareAndSwap(visitWaits, visitTaken) }

// leave is the client's side: it reports false when the flow is at it.
func (v *visit) leave() bool { return v.state.CompareAndSwap(visitWaits, visitGone) }

// visitOverhead is what a request takes beside its body, in bytes.
const visitOverhead = 1 << 10

func (v *visit) size() int { return len(v.asked.Body) + visitOverhead }

// read takes the body; a client that sends too much, or packs it, is refused.
func (v *visit) read(w http.ResponseWriter, q *http.Request, most int) bool {
	if q.ContentLength == 0 {
		return true
	}
	if packed := q.Header.Get("Content-Encoding"); packed != "" && !strings.EqualFold(packed, "identity") {
		refuse(w, http.StatusUnsupportedMediaType, "a body is sent as it is, without Content-Encoding")
		return false
	}
	body, err := v.readBody(q, most)
	switch err {
	case nil:
	case errTooLarge:
		w.Header().Set("Connection", "close") // what is left of it is not read
		refuse(w, http.StatusRequestEntityTooLarge, "at most "+size(int64(most)))
		return false
	case errNoRoom:
		w.Header().Set("Connection", "close")
		refuse(w, http.StatusServiceUnavailable, "too much is on its way")
		return false
	default:
		refuse(w, http.StatusBadRequest, "the body did not come")
		return false
	}
	v.asked.Body = body
	return true
}

// await gives the client its reply, or tells it that there is none.
func (e *house) await(w http.ResponseWriter, q *http.Request, v *visit, limit time.Duration) {
	r, ok, came := v.answered()
	if ok { // mostly: this goroutine has run the instant itself
		r.write(w)
		return
	}
	alarm := e.clock.NewTimer(limit)
	defer alarm.Stop()
	closing := e.closing
	for {
		select {
		case <-came:
			v.given.write(w)
			return
		case <-alarm.C():
			v.leave()
			refuse(w, http.StatusGatewayTimeout, "what this started is not done yet")
			return
		case <-q.Context().Done():
			v.leave()
			return
		case <-closing:
			if v.leave() {
				refuse(w, http.StatusServiceUnavailable, "the program is stopping")
				return
			}
			closing = nil
		case <-e.closed:
			if r, ok, _ := v.answered(); ok {
				r.write(w)
			} else {
				refuse(w, http.StatusServiceUnavailable, "the program is stopping")
			}
			return
		}
	}
}
