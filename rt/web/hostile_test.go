package web_test

import (
	"bufio"
	"compress/gzip"
	"fmt"
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

// endless is a body without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// A body whose length nobody says is read up to the limit, and no further.
func TestRouteRefusesAnEndlessBody(t *testing.T) {
	a := newAnswering(t)
	a.run()
	q, _ := http.NewRequest(http.MethodPost, a.url()+"/say/anna", io.LimitReader(endless{}, 3<<20))
	s, err := impatient.Do(q)
	must(t, err)
	defer s.Body.Close()
	if s.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d", s.StatusCode)
	}
	if strings.Contains(a.seen(), "asked") {
		t.Errorf("the flow heard of it: %.80s", a.seen())
	}
}

// What a client only says that it will send costs it nothing, and the program neither.
func TestRouteReservesNothing(t *testing.T) {
	defer web.Hurry(time.Second)()
	a := newAnswering(t)
	a.run()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var all []net.Conn
	for range 100 {
		c, err := net.Dial("tcp", a.server.Address())
		must(t, err)
		defer c.Close()
		c.SetDeadline(time.Now().Add(patience))
		io.WriteString(c, "POST /say/anna HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1048576\r\n\r\nx")
		all = append(all, c)
	}
	for _, c := range all {
		c.SetDeadline(time.Now().Add(patience))
		io.ReadAll(c)
	}
	runtime.ReadMemStats(&after)
	if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 20 {
		t.Errorf("100 promises of 1 MB took %d MB", took)
	}
}

// At most 256 clients are in; the next one waits at the door until one leaves.
func TestServerBoundsItsClients(t *testing.T) {
	defer web.Hurry(time.Minute)() // none of them is let go because the test is slow
	a := newAnswering(t)
	a.run()
	var inside []net.Conn
	for range 256 {
		c, err := net.Dial("tcp", a.server.Address())
		must(t, err)
		defer c.Close()
		c.SetDeadline(time.Now().Add(patience))
		inside = append(inside, c)
	}
	a.until("all seats are taken", func() bool { a.note(runtime.Gosched); return a.server.Seats() == 256 })
	got := make(chan string, 1)
	go func() { got <- a.post("/say/anna", "at last") }()
	for _, c := range inside[:255] { // they are served while one waits
		io.WriteString(c, "POST /say/bert HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1\r\n\r\nx")
		if line, err := bufio.NewReader(c).ReadString('\n'); err != nil || line != "HTTP/1.1 200 OK\r\n" {
			t.Fatalf("%q, %v", line, err)
		}
	}
	select {
	case text := <-got:
		t.Fatalf("client 257 is in: %s", text)
	default:
	}
	inside[255].Close()
	if text := awaited(t, got); text != "200 anna at last" {
		t.Errorf("got %s", text)
	}
}

// broken is a server that answers with these bytes, whatever they are.
func broken(t *testing.T, text string) string {
	return serve(t, func(w http.ResponseWriter, _ *http.Request) {
		if c, b, err := w.(http.Hijacker).Hijack(); err == nil {
			b.WriteString(text)
			b.Flush()
			c.Close()
		}
	})
}

func TestGetSurvivesBrokenAnswers(t *testing.T) {
	for name, text := range map[string]string{
		"bad chunking":       "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx",
		"huge chunk":         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nx",
		"cut chunk":          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nx",
		"short body":         "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx",
		"negative length":    "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx",
		"two lengths":        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
		"no gzip":            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
		"no HTTP":            "hello\r\n\r\n",
		"a header of breaks": "HTTP/1.1 200 OK\r\nX\x00: y\r\n\r\n",
		"endless news":       strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", 1000),
	} {
		r, _ := getting(t, broken(t, text))
		r.run()
		r.until(name, func() bool { return r.failures() != "" })
		if strings.Contains(r.seen(), "got") {
			t.Errorf("%s: %s", name, r.seen())
		}
	}
}

// A small answer that becomes a large one when it is unpacked is cut off at the limit.
func TestGetBoundsWhatIsUnpacked(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		io.Copy(z, io.LimitReader(endless{}, 64<<20))
		z.Close()
	})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	r, g := getting(t, url)
	g.Limit = 1 << 20
	r.run()
	r.fails("the answer is larger than 1 MB")
	runtime.ReadMemStats(&after)
	if took := (after.TotalAlloc - before.TotalAlloc) >> 20; took > 32 {
		t.Errorf("it took %d MB", took)
	}
}

func TestGetBoundsAnEndlessAnswer(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) { io.Copy(w, endless{}) })
	r, _ := getting(t, url)
	r.run()
	r.fails("the answer is larger than 1 MB")
}

// What is sent back to a server to tell its answers apart is bounded, too.
func TestGetForgetsAHugeETag(t *testing.T) {
	var r *rig
	url := serve(t, func(w http.ResponseWriter, q *http.Request) {
		r.saw(fmt.Sprint("asked with ", len(q.Header.Get("If-None-Match"))))
		w.Header().Set("ETag", `"`+strings.Repeat("e", 32<<10)+`"`)
		w.Write([]byte("x"))
	})
	r, _ = getting(t, url)
	r.run()
	r.sees("got x")
	r.clock.Advance(time.Minute)
	r.until("the second", func() bool { return strings.Count(r.seen(), "got x") == 2 })
	if strings.Contains(r.seen(), "asked with 3") {
		t.Errorf("seen:\n%s", r.seen())
	}
}

// What is sent stays with the server that it is meant for, also where that one sends on
// to another with it; and a call that is sent in circles is given up at once, since the
// server is there.
func TestCallIsNotCarriedElsewhere(t *testing.T) {
	var r *rig
	other := serve(t, func(w http.ResponseWriter, q *http.Request) {
		body, _ := io.ReadAll(q.Body)
		r.saw("other server saw " + string(body))
	})
	url := ""
	url = serve(t, func(w http.ResponseWriter, q *http.Request) {
		switch q.URL.Path {
		case "/away":
			http.Redirect(w, q, other, http.StatusTemporaryRedirect)
		case "/circle":
			http.Redirect(w, q, url+"/circle", http.StatusTemporaryRedirect)
		default:
			io.Copy(w, q.Body)
		}
	})
	r, c := calling(t, url+"/away")
	r.run()
	r.shoot(c, "s3cret")
	r.sees("failed it redirects to another server, which is not sent what was meant for this one")
	c.URL.V = url + "/circle"
	r.shoot(c, "s3cret")
	r.sees("failed it redirects more than 5 times")
	if strings.Contains(r.seen(), "other server saw") {
		t.Errorf("seen:\n%s", r.seen())
	}
	c.Format = flow.FormatNone
	c.URL.V = url + "/away"
	r.shoot(c, "")
	r.sees("other server saw ")
}

// What `limit` allows comes through, also where it is more than waits elsewhere.
func TestGetTakesALargeAnswer(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(strings.Repeat("x", 5<<20))) })
	r, g := getting(t, url)
	g.Limit = 8 << 20
	g.Decode = func(data []byte, v *string) error { *v = string(data[:3]); return nil }
	r.run()
	r.sees("got xxx")
}
