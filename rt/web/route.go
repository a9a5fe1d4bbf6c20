package web

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"flowc/rt/flow"
	"flowc/rt/pace"
	"flowc/rt/unit"
)

// Route answers web clients at one path. Each request is an event, and gets exactly one
// reply: the one that `reply` is at that moment, when everything that the request
// started is done. While something that `reply` needs is not ready the client is told to
// come back (503); where what it started fails, that it failed (500).
//
//	button door {
//	  pin = 17
//	}
//
//	route state {
//	  get   = "/api/state"
//	  reply = { door = door.down }
//	}
//
// What the client sends is typed, and only reaches the flow if it fits; else the client
// is told what does not (400):
//
//	secret api_token {}
//
//	route set_target {
//	  post  = "/api/{room}/target"
//	  query = { boost = optional(bool, off) }
//	  body  = { target = C }
//	  reply = { room = set_target.room, accepted = set_target.body.target < 26.C }
//	  auth  = api_token
//	}
//
//	target = latest(set_target.body.target, 20.C)
//
// With `files` a route gives clients the files of a folder, with `stream` it tells them
// of a wire as long as they listen; both are described below.
//
//flow:kind route
//flow:repeats the client, which has no answer, may send it again
type Route[T, R any] struct {
	// Via is the server, where there is more than one.
	Via *Server `implicit:"true"`
	// Get is the path for reading. A part in braces, as in "/rooms/{room}", becomes a
	// field of the request. A route has one of `get`, `post`, `put`, `patch` and `delete`.
	Get flow.Path `optional:"true"`
	// Post is the path for telling something.
	Post flow.Path `optional:"true"`
	// Put is the path for setting something.
	Put flow.Path `optional:"true"`
	// Patch is the path for changing something.
	Patch flow.Path `optional:"true"`
	// Delete is the path for taking something away.
	Delete flow.Path `optional:"true"`
	// Query is the type of what stands behind the `?`: a record of plain data.
	Query flow.PartOf[T] `part:"query"`
	// Body is the type of what is sent: JSON, or with `string` and `bytes` whatever comes.
	Body flow.PartOf[T] `part:"json"`
	// Reply is what the client gets: a record or a list as JSON, a string or bytes as
	// they are. Without it the client gets an empty reply (204).
	Reply flow.Answer[R] `optional:"true"`
	// Status is the number of the reply: 200 without it.
	Status flow.Answer[int64] `default:"0" range:"0,599"`
	// ContentType says what the reply is, where that is neither JSON nor plain text:
	// "text/html".
	ContentType string `optional:"true"`
	// Auth is the token that clients show, as `Authorization: Bearer …` or as the
	// password of a basic login; without it, the server's.
	Auth flow.Secret `optional:"true" login:"true"`
	// Wait says whether the reply comes when all that the request started is done, or,
	// with `wait = off`, at once (202).
	Wait bool `default:"on" unsure:"off the client has its answer before the work is done"`
	// Timeout is how long the client waits at most; then it is told so (504), and what
	// it started goes on.
	Timeout time.Duration `default:"30.s"`
	// MaxRate is how many requests the flow takes at most: `5.Hz` is five a second, `10 /
	// 1.min` ten a minute. A second's worth may come at once, two in any case. Who comes
	// sooner is told to come back later (429).
	MaxRate flow.Opt[unit.Frequency] `range:"0.00001,100000"`

	// Self is the request.
	Self flow.Event[T] `rate:"limit max_rate"`

	Parse  flow.Parser[T]
	Encode flow.Encoder[R]
	Format flow.Format

	desk  flow.Outside[*desk]
	turns flow.Outside[*turns]
	inbox flow.Inbox[*visit]
	next  T
	// last numbers the requests; at is the one of this instant.
	last, at uint64
}

// desk holds the requests that wait for their reply. It belongs to the instant loop.
type desk struct{ waiting map[uint64]*visit }

// Start takes its place with the server.
func (t *Route[T, R]) Start(h *flow.Host) error {
	method, path := t.where()
	p, err := parsePattern(path)
	if err != nil {
		return errors.New(strings.ToLower(method) + ": " + err.Error())
	}
	most, err := pace.New(t.MaxRate)
	if err != nil {
		return err
	}
	t.turns.It = &turns{clock: h.Clock(), pace: most}
	t.desk.It = &desk{waiting: map[uint64]*visit{}}
	t.inbox.Open(h, flow.DropNewest)
	house := t.Via.house.It
	visit := func(v *visit) bool {
		if wait := t.turns.It.early(); wait > 0 {
			v.answer(later(wait))
			return true
		}
		ok, _ := t.inbox.Put(v, v.size())
		return ok
	}
	serve := func(w http.ResponseWriter, q *http.Request, captured []string) {
		v := newVisit(q.URL, captured)
		switch {
		case !v.read(w, q):
		case !visit(v):
			refuse(w, http.StatusServiceUnavailable, "too many requests wait")
		default:
			house.await(w, q, v, t.Timeout)
		}
	}
	t.Via.open(&place{method: method, path: p, auth: t.Auth, serve: serve, visit: visit})
	return nil
}

func (t *Route[T, R]) where() (method, path string) {
	for _, m := range []struct {
		name string
		path flow.Path
	}{{"GET", t.Get}, {"POST", t.Post}, {"PUT", t.Put}, {"PATCH", t.Patch}, {"DELETE", t.Delete}} {
		if m.path != "" {
			return m.name, string(m.path)
		}
	}
	return "GET", ""
}

// React takes a request. One that does not fit is a fault, and its client hears why.
func (t *Route[T, R]) React(h *flow.Host, w flow.Wake) {
	if w.Why == flow.AtStart {
		return
	}
	t.turns.It.settle(h)
	v, ok := t.inbox.Take()
	if !ok {
		return
	}
	if !v.take() { // its client was told to come back
		h.Dead()
		return
	}
	if err := t.parse(v.asked); err != nil {
		h.Dead()
		h.Fault("a request does not fit: " + err.Error())
		why, _, _ := strings.Cut(err.Error(), " (declared at ") // the client has no such file
		v.answer(reply{status: http.StatusBadRequest, body: []byte(why + "\n"), kind: contentType(flow.FormatText)})
		return
	}
	t.last++
	t.at = t.last
	t.desk.It.waiting[t.at] = v
	h.Accept(t.at)
	t.Self.Happen(h.Pass(), t.next)
}

// parse reads what came in; a request that carries nothing has nothing to read.
func (t *Route[T, R]) parse(a flow.Asked) error {
	var none T
	t.next = none
	if t.Parse == nil {
		return nil
	}
	return t.Parse(a, &t.next)
}

// Shoot notes the reply to the request of this instant.
func (t *Route[T, R]) Shoot(h *flow.Host) {
	v := t.desk.It.waiting[t.at]
	if v == nil {
		return
	}
	r := reply{status: http.StatusNoContent, kind: t.ContentType}
	if t.Format != flow.FormatNone {
		r.status, r.body = http.StatusOK, t.Encode(nil, t.Reply.V)
		if r.kind == "" {
			r.kind = contentType(t.Format)
		}
	}
	if !t.Wait {
		r.status = http.StatusAccepted
	}
	switch s := t.Status.V; {
	case s >= 200 && s <= 599:
		r.status = int(s)
	case s != 0:
		h.Fault("status: a reply has a number from 200 to 599, not " + flow.FormatInt(s))
		r = reply{status: http.StatusInternalServerError}
	}
	v.reply = r
	if !t.Wait {
		v.answer(r)
	}
}

// Complete gives the client its reply: all that the request started is over.
func (t *Route[T, R]) Complete(_ *flow.Host, id uint64, o flow.Outcome) {
	v := t.desk.It.waiting[id]
	if v == nil {
		return
	}
	delete(t.desk.It.waiting, id)
	text := contentType(flow.FormatText)
	switch {
	case v.reply.status == 0:
		v.answer(reply{status: http.StatusServiceUnavailable, kind: text, body: []byte("this is not known at the moment\n")})
	case o == flow.OutcomeDropped:
		v.answer(reply{status: http.StatusServiceUnavailable, kind: text, body: []byte("there was no room to carry this out\n")})
	case o == flow.OutcomeDead:
		v.answer(reply{status: http.StatusInternalServerError, kind: text, body: []byte("this could not be carried out\n")})
	default:
		v.answer(v.reply)
	}
}

// Drained reports whether every client has its reply.
func (t *Route[T, R]) Drained(*flow.Host) bool { return len(t.desk.It.waiting) == 0 }

// Stop has nothing to let go; the server sends the clients home.
func (t *Route[T, R]) Stop(*flow.Host) {}
