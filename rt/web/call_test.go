package web_test

import (
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/web"
)

type call = web.Call[string, string]

// calling is a flow with one http_call.
func calling(t testing.TB, url string) (*rig, *call) {
	r := newRig(t)
	c := &call{Timeout: 10 * time.Second, Limit: 1 << 20, Overlap: web.OverlapQueue, Format: flow.FormatText, Decode: text}
	c.URL.V = url
	c.Encode = func(dst []byte, v string) []byte { return append(dst, v...) }
	c.Self.Wired = true
	r.add("tell", c)
	r.step = func() {
		if c.Self.Happened(r.engine.Pass) {
			r.saw("answered " + c.Self.V)
		}
		if c.Failed.Happened(r.engine.Pass) {
			r.saw("failed " + c.Failed.V.Message)
		}
	}
	return r, c
}

// shoot lets the flow call once, as a schedule would.
func (r *rig) shoot(c *call, body string) {
	r.at(func() {
		c.Body.V = body
		c.Shoot(r.engine.Hosts[0])
	})
	r.engine.Hosts[0].Done(0) // an instant, at whose end what was shot is handed on
}

// echo answers with what it was sent; "hang" waits until the client leaves.
func echo(r **rig) http.HandlerFunc {
	return func(w http.ResponseWriter, q *http.Request) {
		body, _ := io.ReadAll(q.Body)
		(*r).saw(q.Method + " " + q.Header.Get("Content-Type") + " " + string(body))
		if string(body) == "hang" {
			<-q.Context().Done()
			(*r).saw("left")
			return
		}
		w.Write(body)
	}
}

func TestCallsGoOneAfterTheOther(t *testing.T) {
	var r *rig
	r, c := calling(t, serve(t, echo(&r)))
	r.run()
	r.shoot(c, "a")
	r.shoot(c, "b")
	r.shoot(c, "c")
	r.sees("answered c")
	want := "POST text/plain; charset=utf-8 "
	if got := r.seen(); got != want+"a\nanswered a\n"+want+"b\nanswered b\n"+want+"c\nanswered c" {
		t.Errorf("seen:\n%s", got)
	}
}

// A call that takes the place of another ends that one with the server too.
func TestCallRestarts(t *testing.T) {
	var r *rig
	r, c := calling(t, serve(t, echo(&r)))
	c.Overlap = web.OverlapRestart
	r.run()
	r.shoot(c, "hang")
	r.sees("POST text/plain; charset=utf-8 hang")
	r.shoot(c, "hang")
	r.until("the call that takes its place", func() bool { return strings.Count(r.seen(), " hang") == 2 })
	if got := r.ails(c); got != "" {
		t.Errorf("a call that was left is told of: %s", got)
	}
	r.shoot(c, "newer")
	r.sees("left")
	r.sees("answered newer")
	if strings.Contains(r.seen(), "failed") || r.failures() != "" {
		t.Errorf("seen:\n%s\nfaults: %s", r.seen(), r.failures())
	}
}

func TestCallSkips(t *testing.T) {
	var r *rig
	r, c := calling(t, serve(t, echo(&r)))
	c.Overlap = web.OverlapSkip
	r.run()
	r.shoot(c, "hang")
	r.sees("POST text/plain; charset=utf-8 hang")
	r.shoot(c, "left out")
	c.Retry = flow.Some(flow.Retry{})
	r.clock.Advance(10 * time.Second)
	r.sees("failed no answer in time")
	r.shoot(c, "later")
	r.sees("answered later")
	if strings.Contains(r.seen(), "left out") {
		t.Errorf("seen:\n%s", r.seen())
	}
}

// What waits is bounded: one more is dropped with a fault, and counted.
func TestCallQueueIsBounded(t *testing.T) {
	var r *rig
	r, c := calling(t, serve(t, echo(&r)))
	r.run()
	r.shoot(c, "hang")
	r.sees("POST text/plain; charset=utf-8 hang")
	for range 257 {
		r.shoot(c, "more")
	}
	r.fails("tell: too many calls wait for the server; this one was dropped")
}

// The program stops although a server does not answer.
func TestCallDoesNotKeepTheProgram(t *testing.T) {
	var r *rig
	r, c := calling(t, serve(t, echo(&r)))
	r.run()
	r.shoot(c, "hang")
	r.sees("POST text/plain; charset=utf-8 hang")
	r.stop()
	r.sees("left")
}

// A header made of data cannot end and begin another.
func TestCallHeadersHoldNoLineBreak(t *testing.T) {
	var r *rig
	r, c := calling(t, serve(t, echo(&r)))
	c.Headers.V = flow.Pairs{{Name: "x_trace", Value: "a\r\nX-Admin: yes"}}
	r.run()
	r.shoot(c, "x")
	r.fails("headers: the text of `x_trace` holds a control character")
}

// A call that is made again has the key of the first attempt, so that the server does
// nothing twice; another call has another.
func TestCallRepeatsItsKey(t *testing.T) {
	var r *rig
	r, c := calling(t, serve(t, func(w http.ResponseWriter, q *http.Request) {
		r.saw("key " + q.Header.Get("Idempotency-Key"))
		if strings.Count(r.seen(), "key ") < 3 {
			panic(http.ErrAbortHandler) // the answer is lost
		}
	}))
	c.DedupeHeader = "Idempotency-Key"
	c.DedupeKey.V = flow.Some("order 7")
	c.Retry = flow.Some(flow.Retry{Times: 5})
	r.run()
	r.shoot(c, "a")
	c.DedupeKey.V = flow.Some("order 8")
	r.shoot(c, "b")
	for want := 1; want < 3; want++ {
		r.until("an attempt", func() bool { return strings.Count(r.seen(), "key ") == want })
		r.armed()
		r.clock.Advance(30 * time.Second)
	}
	r.sees("answered ")
	r.sees("key order 8")
	if got := r.seen(); !strings.HasPrefix(got, "key order 7\nkey order 7\nkey order 7\n") || strings.Count(got, "order 8") != 1 {
		t.Errorf("seen:\n%s", got)
	}
	for _, key := range []string{"a\r\nX-Admin: yes", strings.Repeat("x", 256)} {
		c.DedupeKey.V = flow.Some(key)
		r.shoot(c, "c")
	}
	r.fails("dedupe_key: it holds a control character")
	r.fails("dedupe_key: it has more than 255 bytes")
	c.DedupeKey.V = flow.Some("")
	r.shoot(c, "d")
	r.sees("key ")
}

// Data cannot lead the request to another server, through the address or with `via`.
func TestCallStaysWithItsServer(t *testing.T) {
	var r *rig
	r, c := calling(t, "https://evil.example.com/")
	c.Via = &web.Connection{URL: "http://127.0.0.1:1"}
	r.things = append([]flow.Thing{c.Via}, r.things...)
	r.info.Nodes = append([]flow.Node{{Name: "api"}}, r.info.Nodes...)
	r.run()
	r.at(func() { c.Shoot(r.engine.Hosts[1]) })
	r.fails("with `via` it is what comes behind the server's address")
}

// TestCallTellsWhatIsTriedAgain holds that a server which is away is told of in the log,
// once, and on the health page, until it answers again.
func TestCallTellsWhatIsTriedAgain(t *testing.T) {
	var away atomic.Bool
	away.Store(true)
	tries := atomic.Int64{}
	r, c := calling(t, serve(t, func(w http.ResponseWriter, q *http.Request) {
		tries.Add(1)
		if away.Load() {
			panic(http.ErrAbortHandler)
		}
		io.WriteString(w, "well")
	}))
	r.run()
	if got := r.ails(c); got != "" {
		t.Errorf("before the first call: %s", got)
	}
	r.shoot(c, "hello")
	r.until("five attempts", func() bool {
		r.steps()
		return tries.Load() >= 5
	})
	const line = "cannot be sent: the server hung up; it is tried again"
	r.until("the log to tell", func() bool { return strings.Contains(r.logged(), line) })
	if n := strings.Count(r.logged(), line); n != 1 {
		t.Errorf("told %d times:\n%s", n, r.logged())
	}
	if got := r.ails(c); got != "the server hung up; it is tried again" {
		t.Errorf("the health page says %q", got)
	}
	away.Store(false)
	r.until("an answer", func() bool {
		r.steps()
		return strings.Contains(r.seen(), "answered well")
	})
	r.until("the end of it in the log", func() bool { return strings.Contains(r.logged(), "the server answers again") })
	if got := r.ails(c); got != "" {
		t.Errorf("the health page still says %q", got)
	}
}

// ails asks a thing on the instant loop what is wrong with it.
func (r *rig) ails(a flow.Ailing) (why string) {
	r.at(func() { why = a.Ails() })
	return why
}

func (r *rig) logged() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.log.String()
}
