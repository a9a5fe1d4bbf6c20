package web

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"flowc/rt/flow"
)

// Connection is a web server that several things ask: its base address, and what it
// wants to see before it answers.
//
//	secret api_token {}
//
//	http api {
//	  url    = "https://api.example.com/v1"
//	  bearer = api_token
//	}
//
//	http_get state {
//	  via   = api
//	  url   = "/devices/7"
//	  every = 1.min
//	  json  = { temperature = C }
//	}
//
//	log warmth {
//	  show = state.temperature
//	}
//
// The login goes to this server only: where it redirects to another, the login, the
// headers and a secret in the address stay behind. A proxy is taken from the
// environment (HTTPS_PROXY, HTTP_PROXY, NO_PROXY).
//
//flow:kind http
type Connection struct {
	// URL is the base address, https://host/path; what a thing asks for comes behind
	// it.
	URL string `secret:"may"`
	// User is the user name of a basic login.
	User string `optional:"true" secret:"may"`
	// Password goes with the user name.
	Password flow.Secret `optional:"true"`
	// Bearer is a token that is sent as `Authorization: Bearer …`.
	Bearer flow.Secret `optional:"true"`
	// Headers are sent with every request; an underscore is sent as a dash:
	// `{ x_api_key = key }`.
	Headers flow.Pairs `optional:"true" secret:"may"`
	// CA is a PEM file with the certificates that the server's must be signed with;
	// without it those of the system count.
	CA string `optional:"true"`
	// Cert is a PEM file with the client's certificate, for servers that want one.
	Cert string `optional:"true"`
	// Key is a PEM file with the private key of `cert`.
	Key string `optional:"true"`

	client flow.Outside[*http.Client]
}

// Start reads the settings; nothing is connected before somebody asks.
func (c *Connection) Start(*flow.Host) error {
	if _, err := parseBase(c.URL); err != nil {
		return err
	}
	if c.Bearer != (flow.Secret{}) && c.User != "" {
		return errors.New("bearer: a server wants either this or `user` and `password`")
	}
	switch {
	case controls(c.Bearer.Reveal()):
		return errors.New("bearer: it holds a line break or another control character")
	case strings.Contains(c.User, ":"):
		return errors.New("user: a name of a basic login holds no `:`")
	}
	err := checkHeaders(c.Headers)
	if err != nil {
		return err
	}
	c.client.It, err = newClient(tlsFiles{ca: c.CA, cert: c.Cert, key: c.Key})
	return err
}

// React has nothing to answer.
func (c *Connection) React(*flow.Host, flow.Wake) {}

// Stop closes the connections that are kept open.
func (c *Connection) Stop(*flow.Host) {
	if c.client.It != nil {
		c.client.It.CloseIdleConnections()
	}
}

// dress adds what the server wants to see.
func (c *Connection) dress(h http.Header) {
	addHeaders(h, c.Headers)
	switch {
	case c.Bearer != (flow.Secret{}):
		h.Set("Authorization", "Bearer "+c.Bearer.Reveal())
	case c.User != "":
		h.Set("Authorization", basic(c.User, c.Password.Reveal()))
	}
}

// sign adds to a request what the server wants to see; without a connection nothing.
func (c *Connection) sign(e *errand) {
	if c != nil {
		c.dress(e.header)
	}
}

// Failure tells why a request was given up.
type Failure struct {
	// Message is what went wrong.
	Message string
	// Attempt is how often it was tried.
	Attempt int64
	// Status is what the server answered, if it did.
	Status flow.Opt[int64]
	// Time is when it was given up.
	Time time.Time
}

// Meta is about an answer.
type Meta struct {
	// Status is the number of the answer: 200 and the like.
	Status int64
	// Headers are the headers of the answer by their names in small letters, as in
	// `meta.headers["content-type"]`; of several with one name, the first.
	Headers map[string]string
}
