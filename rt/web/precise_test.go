package web_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/web"
)

// querying adds a route that reads `n` of the query, at a path.
func (a *answering) querying(name string, get flow.Path) *route {
	q := &route{Via: a.server, Get: get, Timeout: 30 * time.Second, Wait: true, Format: flow.FormatText}
	q.Parse = func(q flow.Asked, v *string) error {
		*v = name + strings.Join(append([]string{""}, q.Captured...), " ")
		read := func(data []byte, n *string) error { *n = string(data); return nil }
		n := ""
		err := flow.FieldIf(q, "n", read, &n)
		*v += " " + n
		return err
	}
	q.Encode = func(dst []byte, v string) []byte { return append(dst, v...) }
	node := len(a.things)
	a.add(name, q)
	step := a.step
	a.step = func() {
		step()
		if q.Self.Happened(a.engine.Pass) {
			q.Reply.V = q.Self.V
			q.Shoot(a.engine.Hosts[node])
		}
	}
	return q
}

// Of two paths that fit, the one answers that says more from the left, whichever was
// written first.
func TestTheMorePrecisePathAnswers(t *testing.T) {
	for _, order := range [][]flow.Path{
		{"/rooms/{room}", "/rooms/all", "/{any}/all", "/{any}/{thing}", "/rooms/all/{x}"},
		{"/rooms/all/{x}", "/{any}/{thing}", "/{any}/all", "/rooms/all", "/rooms/{room}"},
	} {
		a := newAnswering(t)
		for _, path := range order {
			a.querying(string(path), path)
		}
		a.run()
		for path, want := range map[string]string{
			"/rooms/all":   "200 /rooms/all",
			"/rooms/hall":  "200 /rooms/{room} hall",
			"/doors/all":   "200 /{any}/all doors",
			"/doors/front": "200 /{any}/{thing} doors front",
			"/rooms/all/1": "200 /rooms/all/{x} 1",
		} {
			if got := a.ask("GET", path, ""); got != want {
				t.Errorf("%s: %q, want %q", path, got, want)
			}
		}
	}
}

// A query that cannot be read, or gives a field twice, is told and not guessed at.
func TestQueriesAreRead(t *testing.T) {
	a := newAnswering(t)
	a.querying("q", "/q")
	a.run()
	for query, want := range map[string]string{
		"":              "200 q",
		"?n=1":          "200 q 1",
		"?n=a+b%26":     "200 q a b&",
		"?n=1&other=2":  "200 q 1",
		"?x=1&x=2&n=1":  "200 q 1",
		"?n=1&n=2":      "400 query.n: it is there twice",
		"?n=1&n=1":      "400 query.n: it is there twice",
		"?n=1;m=2":      "400 query: `;` does not part its fields, `&` does",
		"?n=%zz":        "400 query: a `%` without its two digits",
		"?other=%&n=1":  "400 query: a `%` without its two digits",
		"?n=%ff&n=%FE":  "400 query.n: it is there twice",
		"?&&n=1&":       "200 q 1",
		"?=1&n=1":       "200 q 1",
		"?n=1&" + "n%3": "400 query: a `%` without its two digits",
	} {
		if got := a.ask("GET", "/q"+query, ""); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

// What a path says is text: a part that is none is nobody's.
func TestCapturesAreText(t *testing.T) {
	a := newAnswering(t)
	a.run()
	for path, want := range map[string]string{
		"/say/%ff":             "404 there is nothing here",
		"/say/%ed%a0%80":       "404 there is nothing here",
		"/say/%c3%bc%F0%9F%8C": "404 there is nothing here",
		"/say/%c3%bc":          "200 ü x",
	} {
		if got := a.post(path, "x"); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

// What is asked of a server by other methods is answered as RFC 9110 has it.
func TestMethods(t *testing.T) {
	a := newAnswering(t)
	a.querying("q", "/say/{name}")
	a.run()
	for method, want := range map[string]string{"HEAD": "200", "OPTIONS": "204", "DELETE": "405", "TRACE": "405", "BREW": "405"} {
		q, _ := http.NewRequest(method, a.url()+"/say/x", nil)
		s, err := impatient.Do(q)
		must(t, err)
		body, _ := io.ReadAll(s.Body)
		s.Body.Close()
		allow := s.Header.Get("Allow")
		if !strings.HasPrefix(s.Status, want) || (method == "HEAD") != (allow == "") || allow != "" && allow != "POST, GET, HEAD, OPTIONS" {
			t.Errorf("%s: %s, Allow: %s", method, s.Status, allow)
		}
		if (method == "HEAD" || method == "OPTIONS") && len(body) > 0 {
			t.Errorf("%s has a body: %s", method, body)
		}
	}
	if got := a.ask("OPTIONS", "/nowhere", ""); got != "404 there is nothing here" {
		t.Errorf("OPTIONS of nothing: %s", got)
	}
	if strings.Count(a.seen(), "asked") > 0 {
		t.Errorf("the flow heard of it:\n%s", a.seen())
	}
}

// Names of hosts and of ways to log in have no case.
func TestNamesWithoutCase(t *testing.T) {
	a := newAnswering(t)
	a.server.Auth = flow.NewSecret("s3cret")
	a.run()
	for _, auth := range []string{"bearer s3cret", "BEARER s3cret", "basic YW5uYTpzM2NyZXQ=", "Bearer  s3cret"} {
		if got := a.post("/say/anna", "x", header("Authorization", auth)); got != "200 anna x" {
			t.Errorf("%q: %s", auth, got)
		}
	}
	for host, want := range map[string]string{
		"LOCALHOST:8080": "200 anna x", "localhost": "200 anna x", "[::1]:8080": "200 anna x", "[::1]": "200 anna x", "127.0.0.1": "200 anna x",
		"localhost.evil.example": "421 this server answers to localhost only", "127.0.0.1.evil.example": "421 this server answers to localhost only",
		"evil.example:127.0.0.1": "421 this server answers to localhost only", "0.0.0.0": "421 this server answers to localhost only",
	} {
		if got := a.post("/say/anna", "x", header("Host", host), header("Authorization", "Bearer s3cret")); got != want && !strings.HasPrefix(got, "400 400 Bad Request") {
			t.Errorf("%s: %s, want %s", host, got, want)
		}
	}
}

// A body in an encoding that nobody here undoes is not taken for what it is not.
func TestEncodedBodiesAreRefused(t *testing.T) {
	a := newAnswering(t)
	a.run()
	for encoding, want := range map[string]string{
		"gzip": "415 a body is sent as it is, without Content-Encoding", "br, gzip": "415 a body is sent as it is, without Content-Encoding",
		"identity": "200 anna x", "": "200 anna x",
	} {
		if got := a.post("/say/anna", "x", header("Content-Encoding", encoding)); got != want {
			t.Errorf("%q: %s, want %s", encoding, got, want)
		}
	}
}

// A route that breaks down tells its client at once, and those that come after it once it
// is quarantined; nothing of theirs stays behind.
func TestQuarantinedRouteTellsItsClients(t *testing.T) {
	a := newAnswering(t)
	parse := a.route.Parse
	a.route.Parse = func(q flow.Asked, v *string) error {
		if string(q.Body[:4]) == "boom" {
			panic("boom")
		}
		return parse(q, v)
	}
	a.run()
	large := strings.Repeat("x", 20_000)
	for range 3 {
		if got := a.post("/say/anna", "boom"+large); got != "500 this could not be carried out" {
			t.Fatalf("got %s", got)
		}
	}
	for range web.WaitingMost + 1 {
		if got := a.post("/say/anna", large); got != "500 this was stopped by a defect" {
			t.Fatalf("got %.40s", got)
		}
	}
	a.free()
	if c := a.done(1); c.Accepted != web.WaitingMost+4 || c.Dead != c.Accepted || !c.Holds() {
		t.Errorf("%+v", c)
	}
}
