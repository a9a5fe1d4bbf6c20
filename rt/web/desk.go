package web

import (
	"net/http"

	"flowc/rt/flow"
)

// waitingMost is how many requests of a route wait for their reply; one more is told to
// come back. Clients that no longer wait count, too, as long as their request is carried
// out.
const waitingMost = 256

// desk holds the requests that wait for their reply. It belongs to the instant loop.
type desk[T any] struct {
	waiting map[uint64]*visit
	// asked are the requests themselves, where a reply is made later.
	asked map[uint64]T
}

// Later lets a reply wait for what the request starts, however many effects there are
// one behind the other. The compiler calls it, where `reply` says so.
func (t *Route[T, R]) Later() { t.later = true }

// accept lets a client wait for its reply.
func (t *Route[T, R]) accept(h *flow.Host, v *visit) {
	t.last++
	t.at = t.last
	t.desk.It.waiting[t.at] = v
	if !t.later {
		h.Accept(t.at)
		return
	}
	t.desk.It.asked[t.at] = t.next
	h.AcceptAll(t.at)
}

// Recall brings back the request that led to this instant, for the reply. There is none
// where what the reply is made of happens for another reason, and none any more where
// the reply was made.
func (t *Route[T, R]) Recall(h *flow.Host) (request T, ok bool) {
	id, known, ok := h.Accepted()
	v := t.desk.It.waiting[id]
	if !ok || v == nil || v.reply.status != 0 {
		return request, false
	}
	v.recalled, v.known = true, known
	t.at = id
	return t.desk.It.asked[id], true
}

// Complete gives the client its reply: all that the request started is over.
func (t *Route[T, R]) Complete(_ *flow.Host, id uint64, o flow.Outcome) {
	v := t.desk.It.waiting[id]
	if v == nil {
		return
	}
	delete(t.desk.It.waiting, id)
	delete(t.desk.It.asked, id)
	v.answer(t.ending(v, o))
	v.done()
}

// ending is the reply that a request gets in the end.
func (t *Route[T, R]) ending(v *visit, o flow.Outcome) reply {
	made := v.reply.status != 0
	failed := o > v.known // a reply that was made of a failure tells of it
	switch {
	case !made && (!t.later || v.recalled):
		return plainReply(http.StatusServiceUnavailable, "this is not known at the moment")
	case o == flow.OutcomeDropped && failed:
		return plainReply(http.StatusServiceUnavailable, "there was no room to carry this out")
	case o == flow.OutcomeDead && failed:
		return plainReply(http.StatusInternalServerError, "this could not be carried out")
	case !made:
		return plainReply(http.StatusInternalServerError, "nothing replied to this")
	}
	return v.reply
}

// Drained reports whether every client has its reply.
func (t *Route[T, R]) Drained(*flow.Host) bool { return len(t.desk.It.waiting) == 0 }
