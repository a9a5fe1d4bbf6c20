//go:build sim

package web

import (
	"net/http"
	"os"
	"sync"
	"time"
	"unicode/utf8"

	"flowc/rt/flow"
	"flowc/rt/sim/outside"
)

// simulated is the wire of a simulation: whoever runs it says what the server
// answers. With FLOWC_SIM_HTTP=real the program asks the servers that the flow names.
func simulated(r *runner) wire {
	if os.Getenv("FLOWC_SIM_HTTP") == "real" {
		return nil
	}
	f := &fakeServer{r: r, name: r.h.Name()}
	outside.Register(f.name, f)
	return f
}

// spread is the same on every machine: a script is to give the same lines.
func spread(_ string, _ int64, most time.Duration) time.Duration { return most }

// fakeServer answers one thing. Until it was told what, it lets the thing wait.
type fakeServer struct {
	r    *runner
	name string

	mu      sync.Mutex
	waiting *errand
	told    bool
	status  int
	body    string
	failure string
}

func (f *fakeServer) carry(e *errand) {
	if !e.quiet {
		outside.Tell(f.name, e.method+" "+e.url, string(e.body))
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.told {
		f.waiting = e
		return
	}
	f.answer(e)
}

// answer gives what was said. The lock is held.
func (f *fakeServer) answer(e *errand) {
	a := &answer{errand: e, status: f.status, header: http.Header{}, body: []byte(f.body), failure: f.failure}
	switch {
	case f.failure != "":
		a.transient = true
	case f.status >= 400:
		a.failure, a.transient = refusal(f.status), transientStatus(f.status)
	}
	f.r.arrived(a)
}

// Set gives the answer from now on. What waits gets it, and what asks by itself asks
// at once.
func (f *fakeServer) Set(body string) { f.now(http.StatusOK, body, "") }

// Fail lets the server answer with a status, or with 0 not at all.
func (f *fakeServer) Fail(status int) {
	if status == 0 {
		f.now(0, "", "no connection: connection refused")
		return
	}
	f.now(status, "", "")
}

func (f *fakeServer) now(status int, body, failure string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.told, f.status, f.body, f.failure = true, status, body, failure
	if e := f.waiting; e != nil {
		f.waiting = nil
		f.answer(e)
		return
	}
	f.r.h.Wake()
}

// Once answers what waits, and nothing that asks later.
func (f *fakeServer) Once(status int, body string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if e := f.waiting; e != nil {
		f.waiting = nil
		f.status, f.body, f.failure = status, body, ""
		f.answer(e)
	}
}

// Break ends what waits as if nobody were there, for a reason, and nothing that asks
// later.
func (f *fakeServer) Break(failure string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if e := f.waiting; e != nil {
		f.waiting = nil
		f.status, f.body, f.failure = 0, "", failure
		f.answer(e)
	}
}

// tapAnswer tells who records of an answer.
func tapAnswer(h *flow.Host, a *answer) {
	in := outside.Input{Time: h.Time(), Thing: h.Name(), Status: a.status}
	switch {
	case a.status == 0:
		in.Failure = a.failure
	case utf8.Valid(a.body):
		in.Payload = string(a.body)
	default:
		in.Bytes = a.body
	}
	if a.status > 0 || in.Failure != "" {
		outside.Took(in)
	}
}

// tellStream tells whoever runs the simulation what the clients of a stream hear.
func tellStream(name string, text []byte) { outside.Tell(name, "", string(text)) }

// agree lets the server take what comes until it is told otherwise.
func (f *fakeServer) agree() { f.told, f.status = true, http.StatusNoContent }

func (f *fakeServer) drop() {
	f.mu.Lock()
	f.waiting = nil
	f.mu.Unlock()
}

func (f *fakeServer) close() { outside.Forget(f.name) }
