package web

import (
	"net/http"
	"strconv"
	"time"

	"flowc/rt/flow"
)

// reply is what a client gets.
type reply struct {
	status int
	kind   string
	body   []byte
	// again is after what time the client may try again, where that is known.
	again time.Duration
}

// plainReply is one of the server's own.
func plainReply(status int, why string) reply {
	return reply{status: status, kind: contentType(flow.FormatText), body: []byte(why + "\n")}
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
	switch {
	case len(r.body) > roomMost:
		h.Fault("the reply is larger than " + size(roomMost) + ", which no client is sent")
		r = reply{status: http.StatusInternalServerError}
	case !v.out.take(len(r.body)):
		r = plainReply(http.StatusServiceUnavailable, "too much is on its way")
	}
	v.reply = r
	if !t.Wait {
		v.answer(r)
	}
}

func (r reply) write(w http.ResponseWriter) {
	h := w.Header()
	switch {
	case len(r.body) == 0:
	case r.kind == kindJSON[0]:
		h["Content-Type"] = kindJSON
	case r.kind != "":
		h.Set("Content-Type", r.kind)
	}
	switch {
	case r.again > 0:
		h.Set("Retry-After", comeAgain(r.again))
	case r.status == http.StatusServiceUnavailable:
		h.Set("Retry-After", "1")
	}
	if r.status != http.StatusNoContent && len(r.body) > smallReply {
		h.Set("Content-Length", strconv.Itoa(len(r.body)))
	}
	w.WriteHeader(r.status)
	w.Write(r.body)
}

// smallReply is so small that net/http says its length by itself.
const smallReply = 1 << 10

// Headers that most replies have; net/http only reads them.
var (
	kindJSON = []string{"application/json"}
	noSniff  = []string{"nosniff"}
)
