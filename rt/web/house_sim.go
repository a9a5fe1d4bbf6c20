//go:build sim

package web

import (
	"bytes"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"unicode/utf8"

	"flowc/rt/sim/outside"
)

// simulatedHouse takes a server out of the network: whoever runs the simulation asks
// it. With FLOWC_SIM_HTTP=real it listens.
func simulatedHouse(name string, e *house) bool {
	if os.Getenv("FLOWC_SIM_HTTP") == "real" {
		return false
	}
	outside.Open(name, e)
	return true
}

// whereListens is where a server listens while it is tried out: for this machine only,
// whatever the flow says.
func whereListens(address string) string {
	_, port, _ := net.SplitHostPort(address)
	return net.JoinHostPort("127.0.0.1", port)
}

// Ask is a request without a network. The login is taken for granted.
func (e *house) Ask(method, target, body string, tell func(status int, body string)) (problem string) {
	u, err := url.ParseRequestURI(target)
	if err != nil {
		return "a path begins with `/`, such as /api/state"
	}
	tapRequest(e, method, target, body)
	if p, captured, _ := e.find(&http.Request{Method: strings.ToUpper(method), URL: u}); p != nil {
		if p.visit == nil {
			r := &asked{header: http.Header{}, status: http.StatusOK}
			p.serve(r, &http.Request{Method: strings.ToUpper(method), URL: u, Header: http.Header{}}, captured)
			tell(r.status, r.body.String())
			return ""
		}
		v := newVisit(u, captured)
		v.asked.Body = []byte(body)
		v.tell = func(r reply) { tell(r.status, string(r.body)) }
		if !p.visit(v) {
			return "too many requests wait"
		}
		return ""
	}
	return "nothing answers " + strings.ToUpper(method) + " " + target
}

// asked is where a place that does not ask the flow writes its answer.
type asked struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *asked) Header() http.Header         { return a.header }
func (a *asked) WriteHeader(status int)      { a.status = status }
func (a *asked) Write(p []byte) (int, error) { return a.body.Write(p) }

// tapRequest tells who records of a request.
func tapRequest(e *house, method, target, body string) {
	in := outside.Input{Time: e.clock.Now(), Method: strings.ToUpper(method), Topic: target}
	if utf8.ValidString(body) {
		in.Payload = body
	} else {
		in.Bytes = []byte(body)
	}
	outside.Took(in)
}
