package web_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/web"
)

// passes lets time pass, a little at a time and none while a question is under way, until
// something has happened so many times.
func (r *rig) passes(g *web.Get[string], times int, text string) (took time.Duration) {
	r.t.Helper()
	from := r.clock.Mono()
	for deadline := time.Now().Add(patience); strings.Count(r.seen(), text) < times; {
		if time.Now().After(deadline) {
			r.t.Fatalf("waited in vain for %d × %s\nseen:\n%s", times, text, r.seen())
		}
		r.clock.Advance(100 * time.Millisecond)
		r.until("an answer", func() (there bool) {
			r.at(func() { there = !g.Busy() })
			return there
		})
	}
	return r.clock.Mono() - from
}

// Who asks often is told of failures as well: what would be tried again behind the next
// question is given up when that comes.
func TestGetTellsThoughItAsksOften(t *testing.T) {
	for _, c := range []struct {
		every time.Duration
		after string
	}{{time.Second, ""}, {2 * time.Second, ""}, {3 * time.Second, ""}, {time.Minute, "90"}, {time.Minute, "60"}, {time.Minute, ""}} {
		url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			if c.after != "" {
				w.Header().Set("Retry-After", c.after)
			}
			w.WriteHeader(http.StatusServiceUnavailable)
		})
		r, g := getting(t, url)
		g.Every, g.Timeout = c.every, min(c.every, 10*time.Second)
		g.Retry = flow.Retry{Times: 2, Wait: flow.Some(time.Second)}
		r.run()
		if took := r.passes(g, 3, "failed the server answers 503"); took > 15*c.every {
			t.Errorf("every %v, Retry-After %q: told three times in %v", c.every, c.after, took)
		}
	}
}

// What a server says with an answer that is no success is of no interest, however much it is;
// nor is what it says to a call whose answer nobody reads.
func TestCallJudgesByTheStatus(t *testing.T) {
	var r *rig
	url := serve(t, func(w http.ResponseWriter, q *http.Request) {
		if q.URL.Path == "/busy" && strings.Count(r.seen(), "busy") < 2 {
			r.saw("busy")
			w.WriteHeader(http.StatusServiceUnavailable)
		} else if q.URL.Path == "/no" {
			w.WriteHeader(http.StatusForbidden)
		}
		io.Copy(w, io.LimitReader(endless{}, 2<<20))
	})
	r, c := calling(t, url+"/busy")
	c.Self.Wired, c.Limit = false, 1<<20
	c.Retry = flow.Some(flow.Retry{Times: 5})
	a := &asker{}
	r.add("ask", a)
	step := r.step
	r.step = func() {
		step()
		if a.asked {
			a.asked = false
			c.Shoot(r.engine.Hosts[0])
		}
	}
	r.run()
	r.engine.Hosts[1].Wake()
	for want := 1; want < 3; want++ {
		r.until("an attempt", func() bool { return strings.Count(r.seen(), "busy") == want })
		r.armed()
		r.clock.Advance(30 * time.Second)
	}
	if got := r.done(1); got != (flow.Counters{Accepted: 1, Delivered: 1}) {
		t.Errorf("%+v", got)
	}
	r.at(func() { c.URL.V = url + "/no" })
	r.engine.Hosts[1].Wake()
	r.sees("failed the server answers 403: it does not allow this")
}

// A server that sends on to where nobody can follow is there, and would do it again: the
// call is given up.
func TestCallIsSentNowhere(t *testing.T) {
	for _, c := range []struct{ to, want string }{
		{"ftp://example.com/x", "failed it redirects to something that is no web address"},
		{"file:///etc/passwd", "failed it redirects to something that is no web address"},
		{"http://[::1", "failed it redirects to something that is no web address"},
		{"", "failed the server answers 302"},
	} {
		url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			if c.to != "" {
				w.Header().Set("Location", c.to)
			}
			w.WriteHeader(http.StatusFound)
		})
		r, g := calling(t, url)
		r.run()
		r.shoot(g, "x")
		r.sees(c.want)
	}
}

// A server may be asked by another name than its address has; a server that it redirects to
// does not hear of that.
func TestCallSetsTheHost(t *testing.T) {
	var r *rig
	other := serve(t, func(w http.ResponseWriter, q *http.Request) { r.saw("other " + q.Host) })
	url := serve(t, func(w http.ResponseWriter, q *http.Request) {
		r.saw("asked " + q.Host)
		http.Redirect(w, q, other, http.StatusFound)
	})
	r, c := calling(t, url)
	c.Format = flow.FormatNone
	c.Headers.V = flow.Pairs{{Name: "host", Value: "garden.example"}}
	r.run()
	r.shoot(c, "")
	r.sees("asked garden.example")
	r.sees("other " + strings.TrimPrefix(other, "http://"))
}

// What the connection says by itself is no header of the flow's.
func TestCallRefusesItsOwnHeaders(t *testing.T) {
	for _, name := range []string{"content_length", "Transfer-Encoding", "trailer"} {
		r, c := calling(t, "http://127.0.0.1:1/")
		c.Headers.V = flow.Pairs{{Name: name, Value: "5"}}
		r.run()
		r.shoot(c, "x")
		r.fails("headers: `" + name + "` is the connection's own")
	}
}

// A login that cannot be sent is told at the start, and not tried again and again.
func TestLoginsAreChecked(t *testing.T) {
	for want, c := range map[string]*web.Connection{
		"bearer: it holds a line break or another control character": {URL: "http://127.0.0.1:1", Bearer: flow.NewSecret("a\nb")},
		"user: a name of a basic login holds no `:`":                 {URL: "http://127.0.0.1:1", User: "a:b"},
		"url: the address has a query":                               {URL: "http://127.0.0.1:1/hook?key=s3cret"},
	} {
		r, g := getting(t, "/state")
		g.Via = c
		r.things = append([]flow.Thing{c}, r.things...)
		r.info.Nodes = append([]flow.Node{{Name: "api"}}, r.info.Nodes...)
		if err := r.start(); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

// An address with a query of its own takes more of one behind it.
func TestQueryBehindAQuery(t *testing.T) {
	var r *rig
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) { w.Write([]byte(q.URL.RequestURI())) }))
	t.Cleanup(s.Close)
	r, g := getting(t, "?a=1")
	g.Via = &web.Connection{URL: s.URL + "/hook?key=k"}
	r.things = append([]flow.Thing{g.Via}, r.things...)
	r.info.Nodes = append([]flow.Node{{Name: "api"}}, r.info.Nodes...)
	r.run()
	r.sees("got /hook?key=k&a=1")
}
