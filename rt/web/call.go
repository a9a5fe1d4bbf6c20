package web

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"flowc/rt/flow"
)

// Call asks a web server, or tells it something, when something happens. What it
// answers is an event. It is made again while the server cannot be reached, and five
// times where the server answers "not now".
//
//	secret hook {}
//
//	button door {
//	  pin = 17
//	}
//
//	http_call tell {
//	  url  = hook
//	  body = { text = "the door bell rings" }
//	  when = door.pressed
//	}
//
// A call whose answer is lost is made again, and may then be carried out twice, unless
// the server knows it by its `dedupe_key`:
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in order {
//	  via   = home
//	  topic = "orders"
//	  json  = { id = string, amount = int }
//	  kind  = command
//	}
//
//	http_call pay {
//	  url        = "https://pay.example.com/payments"
//	  body       = { amount = order.amount }
//	  dedupe_key = order.id
//	}
//
// Data goes into the address percent-encoded, `url = "https://example.com/${soil.bed}"`,
// and only behind the host. A reading that is asked for again and again is an
// `http_get`.
//
//flow:kind http_call
//flow:memory 6.MB calls that wait for the server
//flow:memory limit the answer
//flow:memory limit the answer as it is decoded
//flow:confirms the server has answered that it succeeded
//flow:again 1
type Call[T, B any] struct {
	// Via is the server, where several things ask the same one or it wants a login.
	Via *Connection `optional:"true"`
	// URL is the address; with `via`, what comes behind the server's. It may hold a
	// secret, or be one: faults never show it.
	URL flow.Each[string] `url:"to" secret:"may"`
	// Method is what is asked for; without it `post` where something is sent, else
	// `get`.
	Method Method `optional:"true"`
	// Query is put behind the address: `{ city = "Berlin" }` becomes ?city=Berlin.
	Query flow.Each[flow.Pairs] `optional:"true" secret:"may"`
	// Headers are sent along; an underscore is sent as a dash.
	Headers flow.Each[flow.Pairs] `optional:"true" secret:"may"`
	// Body is what is sent: a record or a list as JSON, a string or bytes as they are.
	Body flow.Shot[B] `optional:"true"`
	// Form is sent as a filled-in form instead of a body; it needs `when`.
	Form flow.Each[flow.Pairs] `optional:"true" secret:"may" instead:"body"`
	// DedupeKey tells one call from another: a text that stays the same where the same
	// is told once more. It is sent as a header, the same with every attempt, by which a
	// server that knows it does nothing twice. One that is missing or empty is not sent.
	DedupeKey flow.Each[flow.Opt[string]] `optional:"true" once:"true"`
	// DedupeHeader is what that header is called.
	DedupeHeader string `default:"Idempotency-Key"`
	// JSON is the type of the answer.
	JSON flow.TypeOf[T]
	// Text is the type of an answer of plain text; when nothing says what the answer
	// is, it is a string.
	Text flow.TypeOf[T]
	// CSV is the type of an answer of lines with columns: a record for one line, a list
	// of records for many. The columns stand in the order of the fields, unless there is
	// a header.
	CSV flow.TypeOf[T]
	// Header says that the first line of CSV names the columns, which may then stand in
	// any order. It is not about `headers`, which are sent.
	Header flow.Border[bool] `default:"off"`
	// Separator stands between the columns of CSV.
	Separator flow.Border[string] `default:","`
	// Bytes says that the answer is no text: it is taken as it is.
	Bytes flow.Border[bool] `default:"off"`
	// Extra says what happens to fields of the answer that the type does not declare.
	Extra flow.Border[flow.Extra] `default:"ignore"`
	// Timeout is how long one attempt may take, answer included.
	Timeout time.Duration `default:"10.s"`
	// Retry says how often a call that failed is made again; without it as long as the
	// server cannot be reached, and four times when it answers "not now".
	Retry flow.Opt[flow.Retry]
	// Overlap says what happens to one more call while one is under way: it waits for
	// its turn (queue, at most 256), it is left out (skip), or it takes the place of
	// the other (restart).
	Overlap Overlap `default:"queue" drops:"skip restart"`
	// Limit is how large an answer may be: `2.MB`, `500.kB`.
	Limit int64 `default:"1.MB" unit:"B" range:"1,64000000"`
	// Buffer lets calls wait on the disk while the server is away, one behind the other
	// and through restarts: `buffer = { keep = 24.h }`. A secret belongs into the `http`
	// thing then: that adds its address and its login when a call is made.
	Buffer flow.Buffer

	// Self is the answer.
	Self flow.Event[T]
	// Failed happens when a call is given up.
	Failed flow.Event[Failure]
	// Meta is about the answer: its status and its headers.
	Meta Meta

	Decode flow.Decoder[T]
	Encode flow.Encoder[B]
	Format flow.Format

	line flow.Outside[*callLine]
	next T
}

// Method is what a request asks for.
type Method string

// The methods.
const (
	MethodGet    Method = "get"
	MethodPost   Method = "post"
	MethodPut    Method = "put"
	MethodPatch  Method = "patch"
	MethodDelete Method = "delete"
	MethodHead   Method = "head"
)

// Overlap is what becomes of one more call.
type Overlap string

// The ways.
const (
	OverlapQueue   Overlap = "queue"
	OverlapSkip    Overlap = "skip"
	OverlapRestart Overlap = "restart"
)

// Start reads the settings.
func (t *Call[T, B]) Start(h *flow.Host) error {
	if t.Timeout <= 0 {
		return errors.New("timeout: must be more than 0.s")
	}
	client, err := clientOf(t.Via)
	if err != nil {
		return err
	}
	l := newCallLine(h, client)
	t.line.It = l
	h.Confined(func(w flow.Wake) { t.confined(h, w) })
	if t.Buffer == nil {
		return nil
	}
	l.via, l.timeout, l.limit, l.unread = t.Via, t.Timeout, t.Limit, !t.Self.Wired
	return t.Buffer.Open(h, l, 1)
}

// Shoot starts one call.
func (t *Call[T, B]) Shoot(h *flow.Host) {
	e, err := t.errand()
	token := h.Begin()
	if err != nil {
		t.line.It.refuse(token, err.Error())
		return
	}
	if t.Buffer != nil {
		t.Buffer.Put(token, pack(e, t.URL.V, encodePairs(t.Query.V)))
		return
	}
	t.Via.sign(e)
	e.token = token
	t.line.It.take(h, e, t.Overlap)
}

// errand is the call as the flow gives it now.
func (t *Call[T, B]) errand() (*errand, error) {
	base := ""
	if t.Via != nil {
		base = t.Via.URL
	}
	url, err := address(base, t.URL.V, t.Query.V)
	if err != nil {
		return nil, err
	}
	e := &errand{method: http.MethodGet, url: url, timeout: t.Timeout, limit: t.Limit, unread: !t.Self.Wired}
	e.header = http.Header{"User-Agent": {agentName}}
	switch {
	case len(t.Form.V) > 0:
		e.method, e.body = http.MethodPost, []byte(encodePairs(t.Form.V))
		e.header.Set("Content-Type", "application/x-www-form-urlencoded")
	case t.Format != flow.FormatNone:
		e.method, e.body = http.MethodPost, t.Encode(nil, t.Body.V)
		e.header.Set("Content-Type", contentType(t.Format))
	}
	if t.Method != "" {
		e.method = strings.ToUpper(string(t.Method))
	}
	if err := checkHeaders(t.Headers.V); err != nil {
		return nil, err
	}
	addHeaders(e.header, t.Headers.V)
	return e, t.dedupe(e)
}

// dedupeMost bounds a key, in bytes; the best known servers take no longer one.
const dedupeMost = 255

// dedupe adds the key by which the server knows a repetition.
func (t *Call[T, B]) dedupe(e *errand) error {
	key := t.DedupeKey.V.Or("")
	if key == "" {
		return nil
	}
	if len(key) > dedupeMost {
		return errors.New("dedupe_key: it has more than 255 bytes; give a part of it")
	}
	if checkHeaders(flow.Pairs{{Name: t.DedupeHeader, Value: key}}) != nil {
		return errors.New("dedupe_key: it holds a control character, or `dedupe_header` is no name of a header")
	}
	e.header.Set(t.DedupeHeader, key)
	return nil
}

// React hears of the end of an attempt, and makes the next one.
func (t *Call[T, B]) React(h *flow.Host, w flow.Wake) {
	switch {
	case w.Why == flow.OnDone:
		if a, ok := t.line.It.result(); ok {
			tapAnswer(h, a)
			t.over(h, a)
		}
	case w.Why == flow.OnTimer && w.Timer == timerAttempt:
		t.line.It.again()
	}
	if t.Buffer != nil {
		t.Buffer.React(w)
	}
}

// timerAttempt is the timer until the next attempt.
const timerAttempt = 0

// over ends a call, or makes it wait for another attempt.
func (t *Call[T, B]) over(h *flow.Host, a *answer) {
	l := t.line.It
	if a.left.Load() {
		return // its end was told when it was left out, and another has its turn
	}
	l.unreachable = a.failure != "" && a.transient
	switch wait, again := t.another(h, a); {
	case again && a.until != 0 && h.Mono()+wait >= a.until:
		a.failure, a.late = "it waited longer than `keep`", true
	case again:
		l.stuck(a)
		h.After(timerAttempt, wait)
		return
	}
	l.settled(a)
	l.next(a)
	t.read(a)
	t.end(h, a)
	if a.failure == "" {
		t.Meta = a.meta()
		if t.Self.Wired {
			t.Self.Happen(h.Pass(), t.next)
		}
		return
	}
	if !t.Failed.Wired {
		h.Fault(a.failure)
	}
	t.Failed.Happen(h.Pass(), a.failed(h))
}

// read reads the answer, where somebody wants it. A defect in that is told by whoever
// catches it; the buffer hears nothing of it, and would keep the call for ever.
func (t *Call[T, B]) read(a *answer) {
	if a.failure != "" || !t.Self.Wired {
		return
	}
	came := false
	defer func() {
		if !came && a.ticket != 0 {
			t.Buffer.Over(a.ticket, flow.OutcomeDead, "the answer could not be read, by a defect")
		}
	}()
	var none T
	t.next = none
	if err := t.Decode(a.body, &t.next); err != nil {
		a.failure = "the answer does not fit: " + err.Error()
	}
	came = true
}

// end ends a call for those who wait for it.
func (t *Call[T, B]) end(h *flow.Host, a *answer) {
	o := flow.OutcomeDelivered
	switch {
	case a.late:
		o = flow.OutcomeDropped
	case a.failure != "":
		o = flow.OutcomeDead
	}
	h.End(a.token, o)
	if a.ticket != 0 {
		t.Buffer.Over(a.ticket, o, a.failure)
	}
}

// another says whether a call is made again, and after how long.
func (t *Call[T, B]) another(h *flow.Host, a *answer) (wait time.Duration, again bool) {
	if a.failure == "" || !a.transient {
		return 0, false
	}
	least := retryLeast
	if t.Retry.OK {
		if a.attempt > t.Retry.V.Times {
			return 0, false
		}
		least = t.Retry.V.Wait.Or(time.Second)
	} else if a.status != 0 && a.refusals >= refusedTimes {
		return 0, false
	}
	return max(pause(h, a.attempt, least), retryAfter(a.header, h.Time())), true
}

// Ails tells of a call that cannot be made now.
func (t *Call[T, B]) Ails() string { return t.line.It.ails() }

// Drained reports whether no call is left. One that waits for a server that cannot be
// reached is left to its source, or to the buffer.
func (t *Call[T, B]) Drained(*flow.Host) bool {
	if t.Buffer != nil && !t.Buffer.Drained() {
		return false
	}
	return t.line.It.idle()
}

// Stop ends what is under way.
func (t *Call[T, B]) Stop(*flow.Host) {
	if t.line.It != nil {
		t.line.It.run.end()
	}
	if t.Buffer != nil {
		t.Buffer.Close()
	}
}

// contentType is what a body is called.
func contentType(f flow.Format) string {
	switch f {
	case flow.FormatJSON:
		return "application/json"
	case flow.FormatBytes:
		return "application/octet-stream"
	}
	return "text/plain; charset=utf-8"
}
