package web

import (
	"errors"
	"net/http"
	"time"

	"flowc/rt/flow"
)

// Get asks a web server again and again; what it answers is a reading. The first
// question is asked when the program starts. A server that tells versions of its
// answer apart (ETag, Last-Modified) is asked only for a newer one.
//
//	http_get outside {
//	  url   = "https://api.open-meteo.com/v1/forecast"
//	  query = { latitude = 52.52, longitude = 13.4, current = "temperature_2m" }
//	  every = 15.min
//	  json  = { current = { temperature_2m = C } }
//	}
//
//	log weather {
//	  show = "${outside.current.temperature_2m} outside"
//	}
//
// An answer that does not fit is a fault and changes nothing; the last reading holds
// until `stale`. To ask when something happens use `http_call`.
//
//flow:kind http_get
//flow:memory 2.MB what is read and written
//flow:memory limit the answer
//flow:memory limit the answer as it is decoded
type Get[T any] struct {
	// Via is the server, where several things ask the same one or it wants a login.
	Via *Connection `optional:"true"`
	// URL is the address; with `via`, what comes behind the server's. It may hold a
	// secret, or be one: faults never show it.
	URL string `secret:"may"`
	// Query is put behind the address: `{ city = "Berlin" }` becomes ?city=Berlin.
	Query flow.Pairs `optional:"true" secret:"may"`
	// Headers are sent along; an underscore is sent as a dash.
	Headers flow.Pairs `optional:"true" secret:"may"`
	// Every is the time from one question to the next, at least 1 s.
	Every time.Duration
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
	// Extra says what happens to fields of the answer that the type does not declare:
	// they are ignored, or the answer is a fault.
	Extra flow.Border[flow.Extra] `default:"ignore"`
	// EventTime names the field of the answer that says when it was measured: windows then
	// go by that and not by when the answer came.
	EventTime flow.EventTime `optional:"true"`
	// Lateness is how far an answer may be behind the newest one and still belong to its
	// window.
	Lateness flow.Border[time.Duration] `default:"0.s" needs:"event_time"`
	// Idle is how long no answer has to come for the time of windows to go on with the
	// clock. Without it the last window waits until the next answer.
	Idle flow.Border[time.Duration] `optional:"true" needs:"event_time"`
	// Timeout is how long one question may take, answer included.
	Timeout time.Duration `default:"10.s" under:"every"`
	// Retry says how often a question that failed is asked again before the next is
	// due; `{ times = 0 }` is never.
	Retry flow.Retry `default:"{ times = 2, wait = 1.s }"`
	// Limit is how large an answer may be: `2.MB`, `500.kB`.
	Limit int64 `default:"1.MB" unit:"B" range:"1,64000000"`
	// Stale is how long the last answer holds when no newer one comes; without it,
	// three times `every`.
	Stale flow.Stale `optional:"true" periods:"every"`

	// Self is the answer.
	Self flow.Reading[T] `rate:"most every"`
	// Failed happens when a question is given up; the next one comes all the same.
	Failed flow.Event[Failure] `rate:"most every"`
	// Meta is about the answer: its status and its headers.
	Meta Meta

	Decode flow.Decoder[T]

	run   flow.Outside[*runner]
	inbox flow.Inbox[*answer]
	early flow.Outside[func(body []byte) (T, error)]
	next  T
	// busy says that a question is under way, known that Self holds an answer.
	busy, known bool
	attempt     int64
	// due is when the next question comes by itself.
	due time.Duration
	// etag and modified tell which answer Self is; until is when the server wants to
	// be asked again at the earliest.
	etag, modified string
	until          time.Duration
	// ails is why the last question has no answer, "" if it has one.
	ails string
}

// The timers of a Get.
const (
	timerPoll = iota
	timerRetry
)

// Start reads the settings.
func (t *Get[T]) Start(h *flow.Host) error {
	switch {
	case t.Every < time.Second:
		return errors.New("every: must be at least 1.s")
	case t.Timeout <= 0:
		return errors.New("timeout: must be more than 0.s")
	}
	if _, err := t.address(); err != nil {
		return err
	}
	if err := checkHeaders(t.Headers); err != nil {
		return err
	}
	client, err := clientOf(t.Via)
	if err != nil {
		return err
	}
	t.inbox.Open(h, flow.DropNewest)
	t.run.It = newRunner(h, client, func(a *answer) {
		if t.early.It != nil && a.failure == "" && a.status != http.StatusNotModified {
			t.readEarly(a)
		}
		if ok, _ := t.inbox.Put(a, len(a.body)); !ok {
			a.body, a.failure = nil, "there is no room for the answer"
			t.inbox.Put(a, 0)
		}
	})
	return nil
}

// ReadEarly lets answers be read beside the flow and not in an instant of it, where
// that takes long; it is called before Start, instead of Decode being set.
func (t *Get[T]) ReadEarly(read func(body []byte) (T, error)) { t.early.It = read }

// readEarly reads an answer on the runner's goroutine. What does not fit is found out
// in the instant, as ever; a panic is an answer that does not fit.
func (t *Get[T]) readEarly(a *answer) {
	defer func() {
		if recover() != nil {
			a.misfit = errors.New("reading it failed with a defect")
		}
	}()
	a.early, a.misfit = t.early.It(a.body)
}

// decode gives what an answer says.
func (t *Get[T]) decode(a *answer) (err error) {
	if t.early.It == nil {
		return t.Decode(a.body, &t.next)
	}
	if a.misfit == nil {
		t.next = a.early.(T)
	}
	return a.misfit
}

func (t *Get[T]) address() (string, error) {
	base := ""
	if t.Via != nil {
		base = t.Via.URL
	}
	return address(base, t.URL, t.Query)
}

// clientOf is the client of a server, or one of a thing's own.
func clientOf(via *Connection) (*http.Client, error) {
	if via != nil {
		return via.client.It, nil
	}
	return newClient(tlsFiles{})
}

// React asks, and takes the answers.
func (t *Get[T]) React(h *flow.Host, w flow.Wake) {
	switch {
	case w.Why == flow.AtStart, w.Why == flow.OnTimer && w.Timer == timerPoll:
		h.After(timerPoll, t.Every)
		t.due = h.Mono() + t.Every
		h.Cancel(timerRetry)
		if !t.busy { // else it goes on with what it has tried
			t.attempt = 0
		}
		t.poll(h)
	case w.Why == flow.OnTimer:
		t.poll(h)
	case w.Why == flow.OnInput:
		a, ok := t.inbox.Take()
		if !ok {
			t.poll(h) // the simulator has something new to tell
			return
		}
		t.busy = false
		tapAnswer(h, a)
		t.take(h, a)
	}
}

// poll asks, unless the last question has no answer yet or the server wants to be
// left alone.
func (t *Get[T]) poll(h *flow.Host) {
	if t.busy || h.Mono() < t.until {
		return
	}
	url, err := t.address()
	if err != nil {
		return // it was right at start
	}
	t.busy = true
	t.attempt++
	header := http.Header{"User-Agent": {agentName}}
	addHeaders(header, t.Headers)
	if t.Via != nil {
		t.Via.dress(header)
	}
	if t.known && t.etag != "" {
		header.Set("If-None-Match", t.etag)
	}
	if t.known && t.modified != "" {
		header.Set("If-Modified-Since", t.modified)
	}
	t.run.It.send(&errand{method: http.MethodGet, url: url, header: header,
		quiet: true, timeout: t.Timeout, limit: t.Limit, attempt: t.attempt})
}

// take turns an answer into a reading.
func (t *Get[T]) take(h *flow.Host, a *answer) {
	switch {
	case a.failure != "":
		t.failed(h, a)
		return
	case a.status == http.StatusNotModified && t.known:
		t.ails = ""
		t.Meta = a.meta()
		t.Self.Happen(h.Pass(), h.Time(), t.Self.V)
		return
	}
	var none T
	t.next = none
	if err := t.decode(a); err != nil {
		h.Dead()
		a.failure = "the answer does not fit: " + err.Error()
		t.giveUp(h, a)
		return
	}
	t.known, t.etag, t.modified = true, mark(a.header.Get("ETag")), mark(a.header.Get("Last-Modified"))
	t.Meta = a.meta()
	t.ails = ""
	t.Self.Happen(h.Pass(), h.Time(), t.next)
}

// markMost bounds what is sent back to a server to tell its answers apart, in bytes.
const markMost = 1 << 10

// mark is what tells an answer from another; one that is much too long is none.
func mark(text string) string {
	if len(text) > markMost {
		return ""
	}
	return text
}

// failed asks again in a moment, or, where that would be behind the next question, gives
// this one up.
func (t *Get[T]) failed(h *flow.Host, a *answer) {
	asked := retryAfter(a.header, h.Time())
	if asked > 0 {
		t.until = h.Mono() + asked
	}
	wait := max(pause(h, t.attempt, t.Retry.Wait.Or(time.Second)), asked)
	if a.transient && t.attempt <= t.Retry.Times && h.Mono()+wait < t.due {
		h.After(timerRetry, wait)
		return
	}
	t.giveUp(h, a)
}

func (t *Get[T]) giveUp(h *flow.Host, a *answer) {
	t.ails = a.failure
	if !t.Failed.Wired {
		h.Fault(a.failure)
	}
	t.Failed.Happen(h.Pass(), a.failed(h))
}

// Ails tells that the last question has no answer, and why.
func (t *Get[T]) Ails() string { return t.ails }

// Stop lets go of the question that is under way.
func (t *Get[T]) Stop(*flow.Host) {
	if t.run.It != nil {
		t.run.It.end()
	}
}
