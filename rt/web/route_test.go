package web_test

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/web"
)

type route = web.Route[string, string]

// answering is a flow with one route at POST /say, which answers with what it was sent;
// "hold" starts something that ends only when the test says so.
type answering struct {
	*rig
	server *web.Server
	route  *route
	held   flow.Token
}

func newAnswering(t testing.TB) *answering {
	a := &answering{rig: newRig(t), server: &web.Server{Clients: 256, MaxBody: 1_000_000, Listen: "127.0.0.1:0"}}
	a.route = &route{Via: a.server, Post: "/say/{name}", Timeout: 30 * time.Second, Wait: true, Format: flow.FormatText}
	a.route.Parse = func(q flow.Asked, v *string) error {
		if string(q.Body) == "bad" {
			return errors.New("target: missing")
		}
		*v = q.Captured[0] + " " + string(q.Body)
		return nil
	}
	a.route.Encode = func(dst []byte, v string) []byte { return append(dst, v...) }
	a.add("api", a.server)
	a.add("say", a.route)
	a.step = func() {
		if !a.route.Self.Happened(a.engine.Pass) {
			return
		}
		text := a.route.Self.V
		a.saw("asked " + text)
		if strings.HasSuffix(text, " not ready") {
			return
		}
		if strings.HasSuffix(text, " hold") {
			a.held = a.engine.Hosts[1].Begin()
		}
		a.route.Reply.V = text
		a.route.Shoot(a.engine.Hosts[1])
	}
	return a
}

func (a *answering) url() string { return "http://" + a.server.Address() }

// post asks, and gives the status with the body.
func (a *answering) post(path, body string, edit ...func(*http.Request)) string {
	a.t.Helper()
	return a.ask(http.MethodPost, path, body, edit...)
}

func (a *answering) ask(method, path, body string, edit ...func(*http.Request)) string {
	a.t.Helper()
	q, err := http.NewRequest(method, a.url()+path, strings.NewReader(body))
	if err != nil {
		a.t.Fatal(err)
	}
	for _, f := range edit {
		f(q)
	}
	s, err := impatient.Do(q)
	if err != nil {
		return "error"
	}
	defer s.Body.Close()
	got, _ := io.ReadAll(s.Body)
	return flow.FormatInt(int64(s.StatusCode)) + " " + strings.TrimSpace(string(got))
}

func header(name, value string) func(*http.Request) {
	return func(q *http.Request) {
		if name == "Host" {
			q.Host = value
			return
		}
		q.Header.Set(name, value)
	}
}

func TestRouteAnswers(t *testing.T) {
	a := newAnswering(t)
	a.run()
	for _, c := range []struct{ method, path, body, want string }{
		{"POST", "/say/anna", "hello", "200 anna hello"},
		{"POST", "/say/a%2Fb%20c", "x", "200 a/b c x"},
		{"POST", "/say/anna", "bad", "400 target: missing"},
		{"POST", "/say/anna", "not ready", "503 this is not known at the moment"},
		{"GET", "/say/anna", "", "405 not GET here"},
		{"POST", "/say/", "x", "404 there is nothing here"},
		{"POST", "/say/anna/x", "x", "404 there is nothing here"},
		{"POST", "/say/%2e%2e", "x", "404 there is nothing here"},
		{"POST", "/say/..%2f..%2fetc", "x", "200 ../../etc x"},
		{"POST", "/", "x", "404 there is nothing here"},
		{"POST", "/say/big", strings.Repeat("x", 1<<20+1), "413 at most 1 MB"},
	} {
		if got := a.ask(c.method, c.path, c.body); got != c.want {
			t.Errorf("%s %s: %.80q, want %q", c.method, c.path, got, c.want)
		}
	}
}

// The reply waits until what the request started is over, at most `timeout`.
func TestRouteWaits(t *testing.T) {
	a := newAnswering(t)
	a.run()
	got := make(chan string, 1)
	go func() { got <- a.post("/say/anna", "hold") }()
	a.sees("asked anna hold")
	select {
	case early := <-got:
		t.Fatalf("answered before it was done: %s", early)
	default:
	}
	a.at(func() { a.engine.Hosts[1].End(a.held, flow.OutcomeDelivered) })
	if text := awaited(t, got); text != "200 anna hold" {
		t.Errorf("got %s", text)
	}
	go func() { got <- a.post("/say/bert", "hold") }()
	a.sees("asked bert hold")
	a.at(func() { a.engine.Hosts[1].End(a.held, flow.OutcomeDead) })
	if text := awaited(t, got); text != "500 this could not be carried out" {
		t.Errorf("got %s", text)
	}
	go func() { got <- a.post("/say/carl", "hold") }()
	a.sees("asked carl hold")
	if text := a.runsOut(got); text != "504 what this started is not done yet" {
		t.Errorf("got %s", text)
	}
}

// A client that waits for its reply is not one that is slow: the time for sending a
// request is over by then, and that is all.
func TestRouteWaitsLongerThanARequestMayTake(t *testing.T) {
	defer web.Hurry(hurry)()
	a := newAnswering(t)
	a.run()
	got := make(chan string, 1)
	go func() { got <- a.post("/say/anna", "hold") }()
	a.sees("asked anna hold")
	raw(t, a.server, slowBody) // ends when its time is over, which began later
	select {
	case early := <-got:
		t.Fatalf("answered before it was done: %s", early)
	default:
	}
	a.at(func() { a.engine.Hosts[1].End(a.held, flow.OutcomeDelivered) })
	if text := awaited(t, got); text != "200 anna hold" {
		t.Errorf("got %s", text)
	}
}

// When the program stops, whoever waits is told, and nobody new comes in.
func TestRouteStops(t *testing.T) {
	a := newAnswering(t)
	a.route.Timeout = 24 * time.Hour // stopping takes a while on this clock
	a.run()
	got := make(chan string, 1)
	go func() { got <- a.post("/say/anna", "hold") }()
	a.sees("asked anna hold")
	a.cancel()
	// The client, the engine's look at what does not end, and the drain wait for the clock. It
	// stands still then, since the answer has only so long to get out.
	a.until("the drain", func() bool { a.note(runtime.Gosched); return a.clock.Alarms() == 3 })
	a.clock.Advance(10 * time.Second)
	if text := awaited(t, got); text != "503 the program is stopping" {
		t.Errorf("got %s", text)
	}
	a.stop()
	if _, err := net.Dial("tcp", a.server.Address()); err == nil {
		t.Error("the door is still open")
	}
}

// A page of another site, or a name that was made to point here, does not get in.
func TestRouteKeepsOtherSitesOut(t *testing.T) {
	a := newAnswering(t)
	a.run()
	if got := a.post("/say/anna", "x", header("Host", "evil.example.com")); got != "421 this server answers to localhost only" {
		t.Errorf("another name: %s", got)
	}
	if got := a.post("/say/anna", "x", header("Sec-Fetch-Site", "cross-site")); got != "403 a page of another site may not ask this" {
		t.Errorf("another site: %s", got)
	}
	if got := a.post("/say/anna", "x", header("Origin", "https://evil.example.com")); got != "403 a page of another site may not ask this" {
		t.Errorf("another origin: %s", got)
	}
}

func TestRouteWantsALogin(t *testing.T) {
	a := newAnswering(t)
	a.server.Auth = flow.NewSecret("s3cret")
	a.run()
	for _, c := range []struct{ auth, want string }{
		{"", "401 a login is wanted"},
		{"Bearer s3cre", "401 a login is wanted"},
		{"Bearer s3crets", "401 a login is wanted"},
		{"Bearer s3cret", "200 anna x"},
		{"Basic YW5uYTpzM2NyZXQ=", "200 anna x"},
	} {
		if got := a.post("/say/anna", "x", header("Authorization", c.auth)); got != c.want {
			t.Errorf("%q: %s, want %s", c.auth, got, c.want)
		}
	}
}

// An address that others can reach is not listened on without a login.
func TestServerIsNotOpenByMistake(t *testing.T) {
	a := newAnswering(t)
	a.server.Listen = "0.0.0.0:0"
	a.run()
	a.fails("api: it does not listen: others can reach 0.0.0.0:0, and POST /say/{name} wants no login")
}

// raw sends text to the server and gives what comes back until it hangs up.
func raw(t testing.TB, server *web.Server, text string) string {
	c, err := net.Dial("tcp", server.Address())
	if err != nil {
		t.Error(err)
		return ""
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(patience)) // one that is never let go
	io.WriteString(c, text)
	got, _ := io.ReadAll(bufio.NewReader(c))
	first, _, _ := strings.Cut(string(got), "\r\n")
	return first
}

// hurry is a client's time in tests that wait for its end. A busy machine takes less for what
// is to be done in time.
const hurry = 1500 * time.Millisecond

// slowBody is a request whose body does not come.
const slowBody = "POST /say/anna HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\nab"

// Slow and hostile clients are let go; the program goes on.
func TestRouteLetsBadClientsGo(t *testing.T) {
	defer web.Hurry(hurry)()
	a := newAnswering(t)
	a.run()
	var all sync.WaitGroup
	for name, c := range map[string]struct{ text, want string }{
		"slow headers":  {"POST /say/anna HTTP/1.1\r\nHost: 127.0.0.1\r\nX-", "HTTP/1.1 400 Bad Request"},
		"slow body":     {slowBody, "HTTP/1.1 400 Bad Request"},
		"long headers":  {"POST /say/anna HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: " + strings.Repeat("a", 40<<10) + "\r\n\r\n", "HTTP/1.1 431 Request Header Fields Too Large"},
		"no HTTP":       {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", "HTTP/1.1 400 Bad Request"},
		"smuggled":      {"POST /say/anna HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "HTTP/1.1 400 Bad Request"},
		"climbing path": {"GET /../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", "HTTP/1.1 404 Not Found"},
	} {
		all.Go(func() { // each ends, since it has a deadline
			if got := raw(t, a.server, c.text); got != c.want && !strings.HasPrefix(got, "HTTP/1.1 408") {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
		})
	}
	all.Wait()
	if got := a.post("/say/anna", "still there"); got != "200 anna still there" {
		t.Errorf("afterwards: %s", got)
	}
}
