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
//	log told {
//	  show = latest(set_target.body.target, 20.C)
//	}
//
// A reply may be what a database or another server answers, where the request itself
// started that: the client waits for it, and gets the answer to its own question.
//
//	sqlite history {
//	  file = "history.db"
//
//	  table climate {
//	    at   = time
//	    room = string
//	    temp = C
//	  }
//	}
//
//	route warmest {
//	  get   = "/api/{room}/warmest"
//	  query = { most = optional(int, 10) }
//	  reply = { room = warmest.room, hours = hottest }
//	}
//
//	sql_query hottest {
//	  from   = history
//	  when   = warmest
//	  sql    = "SELECT at, temp FROM climate WHERE room = ${warmest.room} ORDER BY temp DESC LIMIT ${warmest.query.most}"
//	  expect = many
//	}
//
// Where one of two questions answers, `merge(…)` of both is the reply. Everything else
// that it is made of is as it is when the answer comes.
//
// Where the paths of two routes fit, the more precise one answers, wherever it stands:
// "/rooms/all" before "/rooms/{room}".
//
// With `files` a route gives clients the files of a folder, with `stream` it tells them
// of a wire as long as they listen; both are described below.
//
//flow:kind route
//flow:memory 2.MB requests that wait for their reply
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
	// Query is the type of what stands behind the `?`: a record of plain data. A query that
	// gives one of its fields twice, or cannot be read, is refused (400).
	Query flow.PartOf[T] `part:"query"`
	// Body is the type of what is sent: JSON, or with `string` and `bytes` whatever comes. A
	// client sends it as it is, without Content-Encoding (415).
	Body flow.PartOf[T] `part:"json"`
	// Reply is what the client gets: a record or a list as JSON, a string or bytes as
	// they are. Without it the client gets an empty reply (204). It may be made of what
	// the request starts, such as the answer of a `sql_query`.
	Reply flow.Answer[R] `optional:"true"`
	// Status is the number of the reply; 0, as without it, is 200, or 204 where there is no
	// `reply`, or 202 with `wait = off`.
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

	desk  flow.Outside[*desk[T]]
	turns flow.Outside[*turns]
	inbox flow.Inbox[*visit]
	next  T
	// last numbers the requests; at is the one that a reply is made for.
	last, at uint64
	// later says that the reply is made of what the request starts.
	later bool
}

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
	t.turns.It = &turns{clock: h.Clock(), pace: most, limits: most.Limits()}
	t.desk.It = &desk[T]{waiting: map[uint64]*visit{}, asked: map[uint64]T{}}
	t.inbox.Open(h, flow.DropNewest)
	flow.Lend(h)
	h.Confined(func(w flow.Wake) { t.confined(h, w) })
	house := t.Via.house.It
	visit := func(v *visit) bool { return t.early(v) || t.file(v, t.inbox.Put) }
	serve := func(w http.ResponseWriter, q *http.Request, captured []string) {
		v := newVisit(q.URL, captured)
		v.in.of, v.out.of = &house.in, &house.out
		v.users.Store(2)
		defer v.done()
		switch {
		case !v.read(w, q, house.bodyMost):
			v.done()
		case !t.early(v) && !t.file(v, t.inbox.Bring):
			refuse(w, http.StatusServiceUnavailable, "too many requests wait")
		default:
			house.await(w, q, v, t.Timeout)
		}
	}
	t.Via.open(&place{method: method, path: p, auth: t.Auth, serve: serve, visit: visit})
	return nil
}

// early sends a client away that comes faster than it may.
func (t *Route[T, R]) early(v *visit) bool {
	wait := t.turns.It.early()
	if wait > 0 {
		v.answer(later(wait))
		v.done()
	}
	return wait > 0
}

// file hands a request to the flow, if there is room.
func (t *Route[T, R]) file(v *visit, put func(*visit, int) (bool, []*visit)) bool {
	ok, _ := put(v, v.size())
	if !ok {
		v.done()
	}
	return ok
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
		v.done()
		return
	}
	err := t.parse(v)
	if err != nil {
		defer v.done()
		h.Dead()
		h.Fault("a request does not fit: " + err.Error())
		why, _, _ := strings.Cut(err.Error(), " (declared at ") // the client has no such file
		v.answer(plainReply(http.StatusBadRequest, why))
		return
	}
	if len(t.desk.It.waiting) >= waitingMost {
		defer v.done()
		h.End(h.Begin(), flow.OutcomeDropped)
		v.answer(plainReply(http.StatusServiceUnavailable, "too many requests wait"))
		return
	}
	t.accept(h, v)
	t.Self.Happen(h.Pass(), t.next)
}

// parse reads what came in; a request that carries nothing has nothing to read.
func (t *Route[T, R]) parse(v *visit) error {
	var none T
	t.next = none
	if t.Parse == nil {
		return nil
	}
	read := false
	defer func() {
		if !read { // by a defect, of which its client is told
			v.answer(plainReply(http.StatusInternalServerError, "this could not be carried out"))
			v.done()
		}
	}()
	err := t.Parse(v.asked, &t.next)
	v.asked.Body, read = nil, true
	if v.misread != nil {
		return v.misread
	}
	return err
}

// confined sends away who comes after the route was quarantined.
func (t *Route[T, R]) confined(h *flow.Host, w flow.Wake) {
	if w.Why != flow.OnInput {
		return
	}
	if v, ok := t.inbox.Take(); ok {
		h.Dead()
		if v.take() {
			v.answer(plainReply(http.StatusInternalServerError, "this was stopped by a defect"))
		}
		v.done()
	}
}

// Stop has nothing to let go; the server sends the clients home.
func (t *Route[T, R]) Stop(*flow.Host) {}
