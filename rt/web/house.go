package web

import (
	"net"
	"net/http"
	"strings"
	"sync"

	"flowc/rt/flow"
)

// house is what is behind a server's door. The list of places is complete when the
// first client comes in.
type house struct {
	clock  flow.Clock
	server *http.Server
	listen net.Listener
	gate   *gate
	places []*place
	cross  *http.CrossOriginProtection
	// local says that only this machine gets in, name is what the server is called then,
	// which needs no look.
	local bool
	name  string
	auth  flow.Secret
	// bodyMost is how large a request may be; in is what all of them may take, out what
	// the replies may.
	bodyMost int
	in, out  room
	// closing is closed when the program stops: nobody new is let in; closed when
	// nobody is waited for any more.
	closing, closed chan struct{}
	begin, end      sync.Once
}

// place is what a server has at a path.
type place struct {
	method string
	path   pattern
	auth   flow.Secret
	serve  func(w http.ResponseWriter, q *http.Request, captured []string)
	// visit hands a request to the flow, where the flow answers; it reports false when
	// there is no room.
	visit func(v *visit) bool
}

// open adds a place; a thing calls it in its Start.
func (s *Server) open(p *place) { s.house.It.places = append(s.house.It.places, p) }

// ServeHTTP finds the place that a client asks for.
func (e *house) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	w.Header()["X-Content-Type-Options"] = noSniff
	select {
	case <-e.closing:
		refuse(w, http.StatusServiceUnavailable, "the program is stopping")
		return
	default:
	}
	// A page of another site, or a name that somebody made point here, must not use
	// this machine's browser to get in.
	if e.local && q.Host != e.name && !loopback(hostOf(q.Host)) {
		refuse(w, http.StatusMisdirectedRequest, "this server answers to localhost only")
		return
	}
	if e.cross.Check(q) != nil {
		refuse(w, http.StatusForbidden, "a page of another site may not ask this")
		return
	}
	p, captured, allowed := e.find(q)
	if p == nil {
		refuseMethod(w, q.Method, allowed)
		return
	}
	auth := p.auth
	if auth == (flow.Secret{}) {
		auth = e.auth
	}
	if auth != (flow.Secret{}) && !shows(q, auth) {
		w.Header().Set("WWW-Authenticate", `Basic realm="flow", charset="UTF-8"`)
		refuse(w, http.StatusUnauthorized, "a login is wanted")
		return
	}
	p.serve(w, q, captured)
}

// refuseMethod answers where nothing is for a method: allowed are those that there are.
func refuseMethod(w http.ResponseWriter, method, allowed string) {
	if allowed == "" {
		refuse(w, http.StatusNotFound, "there is nothing here")
		return
	}
	if strings.Contains(allowed, http.MethodGet) {
		allowed += ", HEAD"
	}
	w.Header().Set("Allow", allowed+", OPTIONS")
	if method == http.MethodOptions {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	refuse(w, http.StatusMethodNotAllowed, "not "+method+" here")
}

// find is the place for a request: of those that fit the most precise. Allowed are the
// methods of what is there, where there is none.
func (e *house) find(q *http.Request) (p *place, captured []string, allowed string) {
	method := q.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	segments, ok := split(q.URL.EscapedPath())
	if !ok {
		return nil, nil, ""
	}
	for _, other := range e.places {
		parts, fits := other.path.match(segments)
		switch {
		case !fits:
		case other.method == method:
			if p == nil || other.path.before(&p.path) {
				p, captured = other, parts
			}
		case allowed == "":
			allowed = other.method
		case !strings.Contains(allowed, other.method):
			allowed += ", " + other.method
		}
	}
	return p, captured, allowed
}

// hostOf is what a client calls the server, with a port.
func hostOf(host string) string {
	if _, _, err := net.SplitHostPort(host); err == nil {
		return host
	}
	return net.JoinHostPort(strings.Trim(host, "[]"), "80")
}

// loopback reports whether only this machine reaches an address.
func loopback(address string) bool {
	host, _, _ := net.SplitHostPort(address)
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// refuse answers without the flow.
func refuse(w http.ResponseWriter, status int, why string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	w.WriteHeader(status)
	w.Write([]byte(why + "\n"))
}
