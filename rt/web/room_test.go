package web_test

import (
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
)

// What clients send is bounded for all of them together: who finds no room is told to
// come back, and the room is free again when those that have it are answered.
func TestBodiesShareRoom(t *testing.T) {
	a := newAnswering(t)
	a.run()
	// Each holds a megabyte until the test says that what it started is done.
	big := strings.Repeat("x", 999_000) + " hold"
	var tokens []flow.Token
	replies := make(chan string, 8)
	for n := range 8 {
		go func() { replies <- a.post("/say/big", big) }()
		a.until("it is held", func() bool {
			a.at(func() {
				if a.held != 0 && (len(tokens) == 0 || tokens[len(tokens)-1] != a.held) {
					tokens = append(tokens, a.held)
				}
			})
			return len(tokens) == n+1
		})
	}
	var retry string
	refused := a.post("/say/big", big)
	if refused != "503 too much is on its way" {
		t.Errorf("got %.80s", refused)
	}
	q, _ := http.NewRequest("POST", a.url()+"/say/big", io.NopCloser(strings.NewReader(big)))
	q.ContentLength = -1 // nobody knows how much it is
	s, err := impatient.Do(q)
	if err == nil {
		retry = s.Header.Get("Retry-After")
		s.Body.Close()
	}
	if err != nil || s.StatusCode != http.StatusServiceUnavailable || retry == "" {
		t.Errorf("got %v, %v, Retry-After %q", s, err, retry)
	}
	if text := a.post("/say/anna", "hello"); text != "200 anna hello" {
		t.Errorf("a small one has its place: %s", text)
	}
	a.at(func() {
		for _, k := range tokens {
			a.engine.Hosts[1].End(k, flow.OutcomeDelivered)
		}
	})
	for range 8 {
		if text := awaited(t, replies); !strings.HasPrefix(text, "200 big xxx") {
			t.Errorf("got %.80s", text)
		}
	}
	a.free()
	if text := a.post("/say/big", big[:900_000]); !strings.HasPrefix(text, "200 big xxx") {
		t.Errorf("the room is not free again: %.80s", text)
	}
	a.free()
}

// free waits until nothing is taken: a client has its reply before the server puts away
// what it was made of.
func (a *answering) free() {
	a.t.Helper()
	for deadline := time.Now().Add(patience); ; runtime.Gosched() {
		in, out := a.server.Taken()
		if in == 0 && out == 0 {
			return
		}
		if time.Now().After(deadline) {
			a.t.Fatalf("%d and %d bytes are still taken", in, out)
		}
	}
}

// A reply that is too large for any client is a fault.
func TestReplyTooLarge(t *testing.T) {
	a := newAnswering(t)
	a.route.Encode = func(dst []byte, v string) []byte { return append(dst, make([]byte, 8_000_001)...) }
	a.run()
	if text := a.post("/say/anna", "x"); text != "500 " {
		t.Errorf("got %.80s", text)
	}
	a.fails("the reply is larger than 8 MB")
}

// max_body is the setting's; exactly so much is taken, whether the client says how much
// it is or not.
func TestMaxBody(t *testing.T) {
	for _, length := range []int64{0, -1} {
		a := newAnswering(t)
		a.server.MaxBody = 20_000
		a.run()
		edit := func(q *http.Request) {
			if length < 0 {
				q.Body, q.ContentLength = io.NopCloser(q.Body), -1
			}
		}
		for n, want := range map[int]string{0: "200 anna", 20_000: "200 anna xxx", 20_001: "413 at most 20 kB", 100_000: "413 at most 20 kB"} {
			if got := a.post("/say/anna", strings.Repeat("x", n), edit); !strings.HasPrefix(got, want) {
				t.Errorf("%d bytes of length %d: %.80s, want %s", n, length, got, want)
			}
		}
	}
}
