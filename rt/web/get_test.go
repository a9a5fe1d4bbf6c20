package web_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/web"
)

func TestGetAsksAtOnceAndAgain(t *testing.T) {
	n := 0
	var r *rig
	url := serve(t, func(w http.ResponseWriter, q *http.Request) {
		n++
		w.Write([]byte(q.URL.RequestURI() + " " + flow.FormatInt(int64(n))))
	})
	r, g := getting(t, url+"/weather?lang=de")
	g.Query = flow.Pairs{{Name: "city", Value: "Berlin & Umland"}, {Name: "days", Value: "3"}}
	r.run()
	r.sees("got /weather?lang=de&city=Berlin+%26+Umland&days=3 1")
	r.clock.Advance(time.Minute)
	r.sees("got /weather?lang=de&city=Berlin+%26+Umland&days=3 2")
}

// What a thing says comes behind its server's address, with one slash between them; where
// it says nothing the address is asked as it is.
func TestGetAsksBehindItsServer(t *testing.T) {
	for _, c := range []struct{ base, url, want string }{
		{"/v1", "/state", "/v1/state"}, {"/v1/", "state", "/v1/state"}, {"/v1", "", "/v1"}, {"/v1/", "", "/v1/"},
		{"/v1", "?a=1", "/v1?a=1"}, {"", "/", "/"}, {"", "", "/"},
	} {
		var r *rig
		url := serve(t, func(w http.ResponseWriter, q *http.Request) { w.Write([]byte(q.URL.RequestURI())) })
		r, g := getting(t, c.url)
		g.Via = &web.Connection{URL: url + c.base}
		r.things = append([]flow.Thing{g.Via}, r.things...)
		r.info.Nodes = append([]flow.Node{{Name: "api"}}, r.info.Nodes...)
		r.run()
		r.sees("got " + c.want)
	}
}

// A server that tells versions apart is asked only for a newer one, and its "not
// modified" keeps the reading fresh.
func TestGetIsConditional(t *testing.T) {
	var r *rig
	url := serve(t, func(w http.ResponseWriter, q *http.Request) {
		r.saw("asked " + q.Header.Get("If-None-Match") + " " + q.Header.Get("If-Modified-Since"))
		if q.Header.Get("If-None-Match") == `"a"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", `"a"`)
		w.Header().Set("Last-Modified", "Mon, 01 Jun 2026 10:00:00 GMT")
		w.Write([]byte("new"))
	})
	r, g := getting(t, url)
	r.run()
	r.until("the first answer", func() bool { return strings.Count(r.seen(), "got new") == 1 })
	r.clock.Advance(time.Minute)
	r.until("the second", func() bool { return strings.Count(r.seen(), "got new") == 2 })
	if want := `asked "a" Mon, 01 Jun 2026 10:00:00 GMT`; !strings.Contains(r.seen(), want) {
		t.Errorf("seen:\n%s\nwant %s", r.seen(), want)
	}
	r.at(func() {
		if g.Meta.Status != 304 {
			t.Errorf("status %d", g.Meta.Status)
		}
	})
}

// A server that never answers is given up after `timeout`, and asked again later.
func TestGetGivesUpWaiting(t *testing.T) {
	var r *rig
	release := make(chan struct{})
	url := serve(t, func(_ http.ResponseWriter, q *http.Request) {
		r.saw("asked")
		select {
		case <-release:
		case <-q.Context().Done():
		}
	})
	t.Cleanup(func() { close(release) })
	r, _ = getting(t, url)
	r.run()
	r.sees("asked")
	r.clock.Advance(10 * time.Second)
	r.sees("failed no answer in time")
	r.clock.Advance(50 * time.Second)
	r.until("the next question", func() bool { return strings.Count(r.seen(), "asked") == 2 })
}

// A body that comes byte by byte takes no longer than `timeout` either.
func TestGetGivesUpASlowBody(t *testing.T) {
	var r *rig
	url := serve(t, func(w http.ResponseWriter, q *http.Request) {
		w.Write([]byte("x"))
		w.(http.Flusher).Flush()
		r.saw("begun")
		<-q.Context().Done()
	})
	r, _ = getting(t, url)
	r.run()
	r.sees("begun")
	r.clock.Advance(10 * time.Second)
	r.sees("failed no answer in time")
}

// TestGetTellsThatItHasNoAnswer holds that the health page tells of a question without an
// answer until one has come.
func TestGetTellsThatItHasNoAnswer(t *testing.T) {
	var well atomic.Bool
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if !well.Load() {
			w.WriteHeader(http.StatusForbidden)
		}
		w.Write([]byte("here"))
	})
	r, g := getting(t, url)
	r.run()
	const why = "the server answers 403: it does not allow this"
	r.sees("failed " + why)
	if got := r.ails(g); got != why {
		t.Errorf("the health page says %q", got)
	}
	well.Store(true)
	r.clock.Advance(time.Minute)
	r.sees("got here")
	if got := r.ails(g); got != "" {
		t.Errorf("the health page still says %q", got)
	}
}

func TestGetBoundsTheAnswer(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 2000)) })
	r, g := getting(t, url)
	g.Limit = 1 << 10
	r.run()
	r.fails("outside: the answer is larger than 1 KB")
}

func TestGetBoundsTheHeaders(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Long", strings.Repeat("x", 100<<10))
	})
	r, _ := getting(t, url)
	r.run()
	r.fails("the headers of the answer are larger than 64 KB")
}

// What does not fit changes nothing, and is not remembered as known to the server.
func TestGetTellsWhatDoesNotFit(t *testing.T) {
	var r *rig
	url := serve(t, func(w http.ResponseWriter, q *http.Request) {
		r.saw("asked " + q.Header.Get("If-None-Match"))
		w.Header().Set("ETag", `"bad"`)
		w.Write([]byte("bad"))
	})
	r, _ = getting(t, url)
	r.run()
	r.fails(`outside: the answer does not fit: temperature: expected a number, found "wet"`)
	r.clock.Advance(time.Minute)
	r.until("the next question", func() bool { return strings.Count(r.seen(), "asked ") == 2 })
	if strings.Contains(r.seen(), `"bad"`) {
		t.Errorf("seen:\n%s", r.seen())
	}
}

// What fails for the moment is asked again twice, later each time; then it is told.
func TestGetTriesAgain(t *testing.T) {
	var r *rig
	n := 0
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		n++
		r.saw("asked")
		if n == 3 {
			w.Write([]byte("at last"))
			return
		}
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	r, g := getting(t, url)
	g.Retry = flow.Retry{Times: 2, Wait: flow.Some(time.Second)}
	r.run()
	for want := 1; want < 3; want++ {
		r.until("a question", func() bool { return strings.Count(r.seen(), "asked") == want })
		r.armed()
		r.clock.Advance(2 * time.Second)
	}
	r.sees("got at last")
	if r.failures() != "" {
		t.Errorf("faults: %s", r.failures())
	}
}

// TestGetTellsOfASlowServer holds that a question is given up although each attempt takes
// longer than the time from one question to the next.
func TestGetTellsOfASlowServer(t *testing.T) {
	r, g := getting(t, serve(t, func(_ http.ResponseWriter, q *http.Request) { <-q.Context().Done() }))
	g.Every, g.Retry = 3*time.Second, flow.Retry{Times: 2, Wait: flow.Some(time.Second)}
	r.run()
	r.until("a failure", func() bool {
		r.clock.Advance(g.Every) // brings an instant each time
		return strings.Contains(r.seen(), "failed no answer in time")
	})
}

// armed waits until the program waits for the next attempt.
func (r *rig) armed() {
	r.until("the wait", func() bool {
		due := time.Duration(0)
		r.at(func() { due, _ = r.engine.NextTimer() })
		return due > 0 && due-r.clock.Mono() < 30*time.Second
	})
}

// A server that says when to come back is left alone until then.
func TestGetHonoursRetryAfter(t *testing.T) {
	var r *rig
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		r.saw("question")
		w.Header().Set("Retry-After", "90")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	r, _ = getting(t, url)
	r.run()
	r.sees("failed the server answers 429: it was asked too often")
	r.clock.Advance(time.Minute)
	r.at(func() {})
	if n := strings.Count(r.seen(), "question"); n != 1 {
		t.Errorf("asked %d times within the 90 s", n)
	}
	r.clock.Advance(time.Minute)
	r.until("the next question", func() bool { return strings.Count(r.seen(), "question") == 2 })
}

// A redirect to another server is followed without what was meant for the first: the
// login, the flow's headers, and the address, which may hold a secret.
func TestRedirectLeavesCredentialsBehind(t *testing.T) {
	var r *rig
	headers := func(q *http.Request) string {
		return q.Header.Get("Authorization") + "|" + q.Header.Get("X-Api-Key") + "|" + q.Header.Get("Referer") + "|" + q.Header.Get("Cookie")
	}
	other := serve(t, func(w http.ResponseWriter, q *http.Request) {
		r.saw("other server saw " + headers(q))
		w.Write([]byte("from the other"))
	})
	same := ""
	first := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		switch q.URL.Path {
		case "/start":
			http.Redirect(w, q, same+"/next", http.StatusFound)
		default:
			r.saw("same server saw " + headers(q))
			http.Redirect(w, q, other+"/stolen", http.StatusFound)
		}
	}))
	t.Cleanup(first.Close)
	same = first.URL
	r = newRig(t)
	c := &web.Connection{URL: first.URL, Bearer: flow.NewSecret("s3cret"), Headers: flow.Pairs{{Name: "x_api_key", Value: "k3y"}}}
	g := &web.Get[string]{Via: c, URL: "/start?token=s3cret", Every: time.Minute, Timeout: 10 * time.Second, Limit: 1 << 20, Decode: text}
	r.add("api", c)
	r.add("outside", g)
	r.step = func() {
		if g.Self.Happened(r.engine.Pass) {
			r.saw("got " + g.Self.V)
		}
	}
	r.run()
	r.sees("got from the other")
	r.sees("same server saw Bearer s3cret|k3y||")
	r.sees("other server saw |||")
}

func TestRedirectsEnd(t *testing.T) {
	url := ""
	url = serve(t, func(w http.ResponseWriter, q *http.Request) { http.Redirect(w, q, url+"/again", http.StatusFound) })
	r, _ := getting(t, url)
	r.run()
	r.fails("it redirects more than 5 times")
}

// Whatever goes wrong, neither the address nor a login is in the log.
func TestFaultsHoldNoSecret(t *testing.T) {
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := closed.Addr().String()
	closed.Close()
	refusing := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) })
	hanging := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		c, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			c.Close()
		}
	})
	garbage := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		c, b, err := w.(http.Hijacker).Hijack()
		if err == nil {
			b.WriteString("s3cret is not HTTP\r\n\r\n")
			b.Flush()
			c.Close()
		}
	})
	for _, url := range []string{"http://" + address, refusing, hanging, garbage, "https" + strings.TrimPrefix(refusing, "http")} {
		r, _ := getting(t, url+"/hook/s3cret?key=s3cret")
		r.run()
		r.until("a fault", func() bool { return r.failures() != "" })
		r.mu.Lock()
		told := r.log.String() + strings.Join(r.faults, "\n")
		r.mu.Unlock()
		if strings.Contains(told, "s3cret") || strings.Contains(told, "hook") {
			t.Errorf("the log tells a secret: %s", told)
		}
	}
}

func TestGetRefusesWhatItCannotAsk(t *testing.T) {
	for url, want := range map[string]string{
		"ftp://example.com":           "url: expected an address such as https://example.com/path",
		"/state":                      "url: expected an address such as https://example.com/path",
		"http://user:pw@example.com/": "url: a login does not belong into the address; use `user` and `password` of an `http` thing",
		"http://[::1":                 "url: expected an address such as https://example.com/path",
	} {
		r, _ := getting(t, url)
		if err := r.start(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", url, err, want)
		}
	}
}
