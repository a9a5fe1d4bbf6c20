package web

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"time"

	"flowc/rt/flow"
	"flowc/rt/port"
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
// each route. On one that only this machine can reach it answers to the names of this
// machine, such as localhost, and else with 421, so that a page of another site cannot use a
// browser here to get in; a proxy before it has to ask by such a name. Headers have 5 s and 16 KB, a request 15 s. Who comes when there is no room
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

// listenOn is port.Listen, but in tests of what the kernel does.
var listenOn = port.Listen

// Start opens the door; clients come in once everything has started.
func (s *Server) Start(h *flow.Host) error {
	config, err := s.settings()
	if err != nil {
		return err
	}
	address := whereListens(s.Listen)
	e := &house{clock: h.Clock(), auth: s.Auth, bodyMost: int(s.MaxBody), local: loopback(address), name: address,
		closing: make(chan struct{}), closed: make(chan struct{}), cross: http.NewCrossOriginProtection()}
	s.house.It = e
	e.server = &http.Server{Handler: e, ReadHeaderTimeout: headerTime, ReadTimeout: requestTime,
		IdleTimeout: idleTime, MaxHeaderBytes: headerMost,
		ErrorLog: silent(), Protocols: new(http.Protocols)}
	e.server.Protocols.SetHTTP1(true)
	if simulatedHouse(h.Name(), e) {
		return nil
	}
	l, err := listenOn(address)
	if err != nil {
		return errors.New("listen: " + err.Error())
	}
	e.gate = newGate(l, int(s.Clients))
	e.listen = e.gate
	if config != nil {
		e.listen = tls.NewListener(e.listen, config)
	}
	return nil
}

// settings reads what the server listens with; config is nil for one without TLS.
func (s *Server) settings() (config *tls.Config, err error) {
	if _, _, err := net.SplitHostPort(s.Listen); err != nil {
		return nil, errors.New("listen: expected host:port, such as 127.0.0.1:8080")
	}
	if s.Cert != "" || s.Key != "" {
		return (tlsFiles{cert: s.Cert, key: s.Key}).config()
	}
	return nil, nil
}

// Check looks whether the address can be listened on, and does not keep it.
func (s *Server) Check(*flow.Host) error {
	if _, err := s.settings(); err != nil {
		return err
	}
	if err := port.Try(whereListens(s.Listen)); err != nil {
		return errors.New("listen: " + s.Listen + ": " + err.Error())
	}
	return nil
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
