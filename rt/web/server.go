package web

import (
	"context"
	"crypto/subtle"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"flowc/rt/flow"
)

// Server listens for web clients: the routes of the flow, its files and its streams.
// A flow that says nothing about it has one on 127.0.0.1:8080, which only this machine
// can reach.
//
//	secret api_token {}
//
//	http_server api {
//	  listen = "0.0.0.0:8080"
//	  auth   = api_token
//	}
//
//	route hello {
//	  get   = "/hello"
//	  reply = "hello"
//	}
//
// On an address that others can reach, everything wants a login: `auth` here, or at
// each route. Headers have 5 s and 16 KB, a request 15 s. Who comes when there is no room
// is told to come back (503).
//
//flow:kind http_server
//flow:memory clients*48.kB clients that are connected
//flow:memory clients*max_body<8.MB what clients send at once
//flow:memory 8.MB what they are given
//flow:memory max_body a request as it is decoded
type Server struct {
	// Listen is the address: host:port. 0.0.0.0 is every address of this machine.
	Listen string `default:"127.0.0.1:8080" listen:"tcp"`
	// Auth is the token that clients show, as `Authorization: Bearer …` or as the
	// password of a basic login. A route may want another one.
	Auth flow.Secret `optional:"true" login:"true"`
	// Open lets everybody who reaches the address ask without a login.
	Open bool `default:"off" login:"none"`
	// Clients is how many may be connected at a time; the next waits at the door.
	Clients int64 `default:"256" range:"1,4096"`
	// MaxBody is how large what a client sends may be. All of them together may have 8 MB
	// on their way, and as much again on the way to them.
	MaxBody int64 `default:"1.MB" unit:"B" range:"1,8000000"`
	// Cert is a PEM file with the server's certificate; with it the server speaks
	// HTTPS only.
	Cert string `optional:"true"`
	// Key is a PEM file with the private key of `cert`.
	Key string `optional:"true"`

	house flow.Outside[*house]
}

// house is what is behind a server's door. The list of places is complete when the
// first client comes in.
type house struct {
	clock  flow.Clock
	server *http.Server
	listen net.Listener
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

// headerMost is how large the headers of a request may be.
const headerMost = 16 << 10

// The times that a client has for its headers, its request and until the next one;
// and for taking a piece of the answer.
var (
	headerTime  = 5 * time.Second
	requestTime = 15 * time.Second
	idleTime    = time.Minute
	answerTime  = 30 * time.Second
)

// Start opens the door; clients come in once everything has started.
func (s *Server) Start(h *flow.Host) error {
	if _, _, err := net.SplitHostPort(s.Listen); err != nil {
		return errors.New("listen: expected host:port, such as 127.0.0.1:8080")
	}
	address := whereListens(s.Listen)
	e := &house{clock: h.Clock(), auth: s.Auth, bodyMost: int(s.MaxBody), local: loopback(address), name: address,
		closing: make(chan struct{}), closed: make(chan struct{}), cross: http.NewCrossOriginProtection()}
	s.house.It = e
	config := (*tls.Config)(nil)
	if s.Cert != "" || s.Key != "" {
		var err error
		if config, err = (tlsFiles{cert: s.Cert, key: s.Key}).config(); err != nil {
			return err
		}
	}
	e.server = &http.Server{Handler: e, ReadHeaderTimeout: headerTime, ReadTimeout: requestTime,
		IdleTimeout: idleTime, MaxHeaderBytes: headerMost,
		ErrorLog: silent(), Protocols: new(http.Protocols)}
	e.server.Protocols.SetHTTP1(true)
	if simulatedHouse(h.Name(), e) {
		return nil
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return errors.New("listen: " + plainListen(err))
	}
	e.listen = newGate(l, int(s.Clients))
	if config != nil {
		e.listen = tls.NewListener(e.listen, config)
	}
	return nil
}

// loopback reports whether only this machine reaches an address.
func loopback(address string) bool {
	host, _, _ := net.SplitHostPort(address)
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// React lets clients in.
func (s *Server) React(h *flow.Host, w flow.Wake) {
	e := s.house.It
	if w.Why != flow.AtStart {
		return
	}
	if !e.local && !s.Open {
		for _, p := range e.places {
			if p.auth == (flow.Secret{}) && e.auth == (flow.Secret{}) {
				h.Fault("it does not listen: others can reach " + s.Listen + ", and " + p.method + " " + p.path.text + " wants no login (see `auth`)")
				return
			}
		}
	}
	if e.listen != nil {
		go e.server.Serve(e.listen)
	}
}

// Drained closes the door; those inside still get their answers.
func (s *Server) Drained(*flow.Host) bool {
	s.house.It.begin.Do(func() { close(s.house.It.closing) })
	return true
}

// stopTime is how long the last answers may take on their way out.
const stopTime = time.Second

// Stop sends everybody home.
func (s *Server) Stop(h *flow.Host) {
	e := s.house.It
	if e == nil {
		return
	}
	s.Drained(h)
	e.end.Do(func() { close(e.closed) })
	if e.listen == nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	alarm := e.clock.NewTimer(stopTime)
	done := make(chan struct{})
	go func() {
		select {
		case <-alarm.C():
		case <-done:
		}
		cancel()
	}()
	e.server.Shutdown(ctx)
	close(done)
	alarm.Stop()
	e.server.Close()
	e.listen.Close()
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
		if allowed != "" {
			w.Header().Set("Allow", allowed)
			refuse(w, http.StatusMethodNotAllowed, "not "+q.Method+" here")
			return
		}
		refuse(w, http.StatusNotFound, "there is nothing here")
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

// find is the place for a request: one for its very path comes before one for all that
// is below a path, and of these the longest. Allowed are the methods of what is there.
func (e *house) find(q *http.Request) (p *place, captured []string, allowed string) {
	method := q.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	segments, ok := split(q.URL.EscapedPath())
	if !ok {
		return nil, nil, ""
	}
	var below *place
	for _, p := range e.places {
		captured, fits := p.path.match(segments)
		switch {
		case !fits:
		case p.method == method && !p.path.below:
			return p, captured, ""
		case p.method == method:
			if below == nil || len(p.path.parts) > len(below.path.parts) {
				below = p
			}
		case allowed == "":
			allowed = p.method
		case !strings.Contains(allowed, p.method):
			allowed += ", " + p.method
		}
	}
	if below != nil {
		return below, nil, ""
	}
	return nil, nil, allowed
}

// hostOf is what a client calls the server, with a port.
func hostOf(host string) string {
	if _, _, err := net.SplitHostPort(host); err == nil {
		return host
	}
	return net.JoinHostPort(strings.Trim(host, "[]"), "80")
}

// shows reports whether a client shows the token, in a time that does not tell how
// much of it is right.
func shows(q *http.Request, token flow.Secret) bool {
	given, ok := strings.CutPrefix(q.Header.Get("Authorization"), "Bearer ")
	if !ok {
		_, given, ok = q.BasicAuth()
	}
	return ok && subtle.ConstantTimeCompare([]byte(given), []byte(token.Reveal())) == 1
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
