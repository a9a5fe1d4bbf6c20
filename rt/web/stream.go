package web

import (
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"time"

	"flowc/rt/flow"
)

// Stream tells web clients of each event of a wire, and of each change of what is, as
// long as they listen (server-sent events; EventSource in a browser). Who begins to
// listen is told the last one at once. One that was away for a moment is told what it
// missed, as far as that is among the last 256 and 1 MB. An event may have 256 kB.
//
//	mqtt home {
//	  url = "tcp://192.168.1.10:1883"
//	}
//
//	mqtt_in attic {
//	  via   = home
//	  topic = "attic"
//	  json  = { temperature = C }
//	}
//
//	route live {
//	  get    = "/live"
//	  stream = { temperature = attic.temperature }
//	}
//
// A record or a list is sent as JSON, a string as it is, bytes as base64. A client that
// takes nothing for 30 s is let go; the flow never waits for one.
//
//flow:kind route
//flow:by stream
//flow:memory 1.MB the last events
//flow:memory clients*256.kB what clients are being sent
type Stream[R any] struct {
	// Via is the server, where there is more than one.
	Via *Server `implicit:"true"`
	// Get is the path at which clients listen.
	Get flow.Path `optional:"true"`
	// Stream is what they hear of.
	Stream flow.Shot[R] `changes:"true"`
	// Clients is how many may listen at a time; one more is told to come back (503).
	Clients int64 `default:"32" range:"1,128"`
	// Auth is the token that clients show, as `Authorization: Bearer …` or as the
	// password of a basic login; without it, the server's.
	Auth flow.Secret `optional:"true" login:"true"`

	Encode flow.Encoder[R]
	Format flow.Format

	hub flow.Outside[*hub]
}

// silence is how long nothing is sent before a comment shows that the server is there.
const silence = 15 * time.Second

// Start takes its place with the server.
func (t *Stream[R]) Start(h *flow.Host) error {
	p, err := parsePattern(string(t.Get))
	if err != nil {
		return errors.New("get: " + err.Error())
	}
	t.hub.It = newHub(int(t.Clients))
	house, hub := t.Via.house.It, t.hub.It
	serve := func(w http.ResponseWriter, q *http.Request, _ []string) { house.stream(w, q, hub) }
	visit := func(v *visit) bool {
		v.answer(hub.now())
		return true
	}
	t.Via.open(&place{method: http.MethodGet, path: p, auth: t.Auth, serve: serve, visit: visit})
	return nil
}

// React has nothing to answer: the flow does not hear of who listens.
func (t *Stream[R]) React(*flow.Host, flow.Wake) {}

// Shoot tells everybody.
func (t *Stream[R]) Shoot(h *flow.Host) {
	text := t.Encode(nil, t.Stream.V)
	if t.Format == flow.FormatBytes {
		text = base64.StdEncoding.AppendEncode(nil, text)
	}
	tellStream(h.Name(), text)
	if !t.hub.It.publish(text) {
		h.Fault("this is larger than " + size(frameMost) + ", which no client is sent")
	}
}

// Stop has nothing to let go; the server sends the clients home.
func (t *Stream[R]) Stop(*flow.Host) {}

// send writes all events from number at on, one at a time: those that are no longer kept
// are not held for a client that is slow. It reports false when that has left.
func (b *hub) send(w io.Writer, at *uint64) bool {
	for {
		f, next := b.frame(*at)
		*at = next
		if f == nil {
			return true
		}
		if _, err := w.Write(f); err != nil {
			return false
		}
	}
}

// stream is one client that listens, until it leaves or the program stops.
func (e *house) stream(w http.ResponseWriter, q *http.Request, hub *hub) {
	l, ok := hub.join()
	if !ok {
		refuse(w, http.StatusServiceUnavailable, "too many listen already")
		return
	}
	defer hub.leave(l)
	head := w.Header()
	head.Set("Content-Type", "text/event-stream")
	head.Set("Cache-Control", "no-store")
	head.Set("X-Accel-Buffering", "no") // a proxy in between is not to wait for more
	w.WriteHeader(http.StatusOK)
	if q.Method == http.MethodHead {
		return
	}
	c := http.NewResponseController(w)
	at := hub.begin(q.Header.Get("Last-Event-ID"))
	out := "retry: 3000\n\n"
	for last := false; ; {
		if _, err := io.WriteString(w, out); err != nil || !hub.send(w, &at) || c.Flush() != nil || last {
			return
		}
		out = ""
		alarm := e.clock.NewTimer(silence)
		select {
		case <-l:
		case <-alarm.C():
			out = ":\n\n"
		case <-e.closing:
			last = true
		case <-q.Context().Done():
			last = true
		}
		alarm.Stop()
	}
}
