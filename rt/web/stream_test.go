package web_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/web"
)

// telling is a flow with a stream at /live, of what the test says.
type telling struct {
	*rig
	server *web.Server
	stream *web.Stream[string]
}

func newTelling(t testing.TB) *telling {
	s := &telling{rig: newRig(t), server: &web.Server{Clients: 256, MaxBody: 1_000_000, Listen: "127.0.0.1:0"}}
	s.stream = &web.Stream[string]{Via: s.server, Get: "/live", Clients: 32, Format: flow.FormatText}
	s.stream.Encode = func(dst []byte, v string) []byte { return append(dst, v...) }
	s.add("api", s.server)
	s.add("live", s.stream)
	return s
}

// tell is something that happens in the flow.
func (s *telling) tell(list ...string) {
	s.at(func() {
		for _, text := range list {
			s.stream.Stream.V = text
			s.stream.Shoot(s.engine.Hosts[1])
		}
	})
}

// ear is a client that listens.
type ear struct {
	t    testing.TB
	body io.ReadCloser
	in   *bufio.Reader
	// id is that of the last event.
	id string
}

// listen begins to; status is that of the answer.
func (s *telling) listen(lastID string) (e *ear, status int) {
	s.t.Helper()
	q, _ := http.NewRequest(http.MethodGet, "http://"+s.server.Address()+"/live", nil)
	if lastID != "" {
		q.Header.Set("Last-Event-ID", lastID)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*patience)
	s.t.Cleanup(cancel)
	r, err := http.DefaultTransport.RoundTrip(q.WithContext(ctx))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { r.Body.Close() })
	e = &ear{t: s.t, body: r.Body, in: bufio.NewReader(r.Body)}
	if r.StatusCode == http.StatusOK {
		if got := e.block(); got != "retry: 3000" {
			s.t.Fatalf("begins with %q", got)
		}
	}
	return e, r.StatusCode
}

// block is what comes until the next empty line; "" is the end.
func (e *ear) block() string {
	var lines []string
	for {
		line, err := e.in.ReadString('\n')
		if line = strings.TrimSuffix(line, "\n"); err != nil || line == "" {
			return strings.Join(lines, "\n")
		}
		lines = append(lines, line)
	}
}

// hears wants these events to be the next.
func (e *ear) hears(want ...string) {
	e.t.Helper()
	for _, w := range want {
		id, data, ok := strings.Cut(e.block(), "\n")
		if e.id = strings.TrimPrefix(id, "id: "); !ok || data != "data: "+w {
			e.t.Fatalf("hears %q %q, want %q", id, data, w)
		}
	}
}

func TestStream(t *testing.T) {
	s := newTelling(t)
	s.run()
	early, _ := s.listen("")
	s.tell("one", "two")
	early.hears("one", "two")
	late, _ := s.listen("")
	late.hears("two") // the last at once
	s.tell("three", "", "a\nid: 7\r\ndata: b\rretry: 0\n\nx")
	for _, e := range []*ear{early, late} {
		e.hears("three", "", "a\ndata: id: 7\ndata: data: b\ndata: retry: 0\ndata: \ndata: x")
	}
}

// A client that comes back is told what it missed; one that was here in another life of
// the program, or shows nonsense, only the last.
func TestStreamResumes(t *testing.T) {
	s := newTelling(t)
	s.run()
	s.tell("one")
	e, _ := s.listen("")
	e.hears("one")
	e.body.Close()
	s.tell("two", "three")
	again, _ := s.listen(e.id)
	again.hears("two", "three")
	run, _, _ := strings.Cut(e.id, "-")
	for _, id := range []string{"OTHER-0", "nonsense", run + "-99", run + "--1", run + "-18446744073709551615", run + "-x", strings.Repeat("9", 9000)} {
		other, _ := s.listen(id)
		other.hears("three")
	}
	upToDate, _ := s.listen(again.id)
	s.tell("four")
	upToDate.hears("four")
	// what is too long ago is gone
	for range 300 {
		s.tell("more")
	}
	gone, _ := s.listen(e.id)
	for range 256 {
		gone.hears("more")
	}
	s.tell("newest")
	gone.hears("newest")
}

// A client that does not listen to what it is told is let go. Nobody waits for it
// meanwhile: not the flow, and not those who do listen.
func TestStreamWaitsForNobody(t *testing.T) {
	defer web.HurryAnswers(2 * time.Second)() // who listens is never so slow
	s := newTelling(t)
	s.run()
	deaf, err := net.Dial("tcp", s.server.Address())
	must(t, err)
	defer deaf.Close()
	deaf.SetDeadline(time.Now().Add(patience))
	io.WriteString(deaf, "GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
	first := make([]byte, 12)
	if _, err := io.ReadFull(deaf, first); err != nil || string(first) != "HTTP/1.1 200" {
		t.Fatalf("%q, %v", first, err)
	}
	good, _ := s.listen("")
	large := strings.Repeat("x", 250_000)
	for range 80 { // far more than the kernel keeps for a client
		s.tell(large)
		good.hears(large)
	}
	s.until("the deaf one is let go", func() bool { s.note(runtime.Gosched); return s.server.Guests() == 1 })
	s.tell("on")
	good.hears("on")
}

// What a client is kept for is bounded, and so is what is kept for it.
func TestStreamIsBounded(t *testing.T) {
	s := newTelling(t)
	s.stream.Clients = 2
	s.run()
	one, _ := s.listen("")
	s.listen("")
	if _, status := s.listen(""); status != http.StatusServiceUnavailable {
		t.Errorf("a third client gets %d", status)
	}
	one.body.Close()
	s.until("the room is free", func() bool {
		s.note(runtime.Gosched)
		_, status := s.listen("")
		return status == http.StatusOK
	})
	s.tell(strings.Repeat("x", 256_001))
	s.fails("live: this is larger than 256 kB, which no client is sent")
	for range 6 {
		s.tell(strings.Repeat("a", 240_000))
	}
	if n := s.stream.Kept(); n != 4 {
		t.Errorf("%d events of 240 kB are kept", n)
	}
}

// Where nothing happens a comment shows that the server is there. When the program
// stops, clients hear what is left, and the end.
func TestStreamIsQuietAndEnds(t *testing.T) {
	s := newTelling(t)
	s.run()
	alarms := s.clock.Alarms()
	e, _ := s.listen("")
	for range 3 {
		s.until("the wait", func() bool { s.note(runtime.Gosched); return s.clock.Alarms() > alarms })
		s.clock.Advance(15 * time.Second)
		if got := e.block(); got != ":" {
			t.Fatalf("hears %q", got)
		}
	}
	s.tell("last")
	s.cancel() // and no time passes: it is the client's to hear the rest
	e.hears("last")
	if got := e.block(); got != "" {
		t.Errorf("hears %q behind the end", got)
	}
}

// Listening takes longer than a request may take to be sent.
func TestStreamOutlivesARequest(t *testing.T) {
	defer web.Hurry(hurry)()
	s := newTelling(t)
	s.run()
	e, _ := s.listen("")
	raw(t, s.server, slowBody) // ends when its time is over, which began later
	s.tell("later")
	e.hears("later")
}

func TestStreamAnswersHead(t *testing.T) {
	s := newTelling(t)
	s.run()
	r, err := impatient.Head("http://" + s.server.Address() + "/live")
	if err != nil || r.Header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("%v, %v", r, err)
	}
}
