package web_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/web"
)

// patience bounds every wait of a test; none lasts so long when all is well.
const patience = time.Minute

// rig is a small flow written by hand, on a clock that the test steps.
type rig struct {
	t      testing.TB
	clock  *flow.FakeClock
	engine *flow.Engine
	things []flow.Thing
	info   flow.Info
	// step is the flow's equations.
	step func()
	// breaks is the thing whose reactions panic.
	breaks flow.Thing

	mu      sync.Mutex
	changed *sync.Cond
	version uint64
	log     bytes.Buffer
	got     []string
	faults  []string
	over    chan struct{}
	cancel  context.CancelFunc
}

func newRig(t testing.TB) *rig {
	r := &rig{t: t, step: func() {}, info: flow.Info{Name: "garden"}}
	r.clock = flow.NewFakeClock(time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC))
	r.changed = sync.NewCond(&r.mu)
	return r
}

// add gives a thing its node; a server comes before what uses it.
func (r *rig) add(name string, thing flow.Thing) {
	r.things = append(r.things, thing)
	r.info.Nodes = append(r.info.Nodes, flow.Node{Name: name, Kind: "thing", Pos: "garden.hcl:1"})
}

// start runs the flow; an error of Start comes back.
func (r *rig) start() error {
	r.engine = flow.NewEngine(r.clock, r.info, flow.Output{Log: r, Debug: true}, func(*flow.Engine) flow.Program { return r })
	r.engine.OnFault(func(f flow.Fault) {
		r.note(func() { r.faults = append(r.faults, f.Node+": "+f.Message) })
	})
	r.engine.AfterInstant(func() { r.note(func() {}) })
	if err := r.engine.Start(); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	r.cancel, r.over = cancel, make(chan struct{})
	go func() {
		defer close(r.over)
		r.engine.Run(ctx, 10*time.Second)
	}()
	r.t.Cleanup(r.stop)
	return nil
}

func (r *rig) run() {
	r.t.Helper()
	if err := r.start(); err != nil {
		r.t.Fatal(err)
	}
}

// stop ends the program as SIGTERM does; the time that it may take passes at once.
func (r *rig) stop() {
	r.cancel()
	for deadline := time.Now().Add(patience); ; {
		select {
		case <-r.over:
			return
		default:
			if time.Now().After(deadline) {
				r.t.Error("the program does not stop")
				return
			}
			r.clock.Advance(time.Second)
			runtime.Gosched()
		}
	}
}

func (r *rig) note(f func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f()
	r.version++
	r.changed.Broadcast()
}

// saw records something that the flow or a server did.
func (r *rig) saw(what string) { r.note(func() { r.got = append(r.got, what) }) }

func (r *rig) seen() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.got, "\n")
}

func (r *rig) failures() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.faults, "\n")
}

// Write takes the log.
func (r *rig) Write(p []byte) (int, error) {
	r.note(func() { r.log.Write(p) })
	return len(p), nil
}

// until waits until ok holds, which is asked whenever something has happened.
func (r *rig) until(what string, ok func() bool) {
	r.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	defer context.AfterFunc(ctx, func() { r.note(func() {}) })()
	for {
		r.mu.Lock()
		before := r.version
		r.mu.Unlock()
		if ok() {
			return
		}
		r.mu.Lock()
		for r.version == before {
			r.changed.Wait()
		}
		r.mu.Unlock()
		if ctx.Err() != nil {
			r.t.Fatalf("waited in vain for: %s\nseen:\n%s\nfaults:\n%s\nlog:\n%s", what, r.seen(), r.failures(), r.log.String())
		}
	}
}

// sees waits until the flow has done what a line says.
func (r *rig) sees(line string) {
	r.t.Helper()
	r.until(line, func() bool { return strings.Contains("\n"+r.seen()+"\n", "\n"+line+"\n") })
}

// fails waits for a fault with this text in it.
func (r *rig) fails(text string) {
	r.t.Helper()
	r.until("a fault: "+text, func() bool { return strings.Contains(r.failures(), text) })
}

// at runs f on the instant loop and waits for it.
func (r *rig) at(f func()) {
	done := make(chan struct{})
	r.engine.Call(func() { f(); close(done) })
	awaited(r.t, done)
}

// steps lets time pass as far as the program waits for it, and no further: what is under way
// has only so long.
func (r *rig) steps() {
	r.t.Helper()
	r.at(func() {
		if in, waits := r.engine.NextIn(); waits {
			r.clock.Advance(max(in, 0))
		}
	})
	r.note(runtime.Gosched) // so that until asks again
}

// awaited is what comes out of a channel.
func awaited[T any](t testing.TB, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(patience):
		t.Fatal("it does not come")
		panic("unreachable")
	}
}

// impatient is a client that does not wait for ever.
var impatient = &http.Client{Timeout: patience}

// The flow.Program.

func (r *rig) Things() []flow.Thing { return r.things }

func (r *rig) Order() []int32 {
	order := make([]int32, len(r.things))
	for i := range order {
		order[i] = int32(i)
	}
	return order
}

func (r *rig) Begin() {}

func (r *rig) React(node int32, w flow.Wake) {
	if r.things[node] == r.breaks {
		panic("boom")
	}
	r.things[node].React(r.engine.Hosts[node], w)
}

func (r *rig) Fire(int32, int32) {}

func (r *rig) Step() { r.step() }

func (r *rig) Apply() {}

func (r *rig) Culprit() int32 { return 0 }

// serve starts a server that plays the internet; what it is asked is seen.
func serve(t testing.TB, answer http.HandlerFunc) string {
	s := httptest.NewServer(answer)
	t.Cleanup(s.Close)
	return s.URL
}

func text(data []byte, v *string) error {
	if string(data) == "bad" {
		return errBad
	}
	*v = string(data)
	return nil
}

type bad string

func (b bad) Error() string { return string(b) }

const errBad = bad(`temperature: expected a number, found "wet"`)

// getting is a flow with one http_get.
func getting(t testing.TB, url string) (*rig, *web.Get[string]) {
	r := newRig(t)
	g := &web.Get[string]{URL: url, Every: time.Minute, Timeout: 10 * time.Second, Limit: 1 << 20, Decode: text}
	r.add("outside", g)
	r.step = func() {
		if g.Self.Happened(r.engine.Pass) {
			r.saw("got " + g.Self.V)
		}
		if g.Failed.Happened(r.engine.Pass) {
			r.saw("failed " + g.Failed.V.Message)
		}
	}
	return r, g
}
