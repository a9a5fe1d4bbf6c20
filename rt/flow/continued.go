package flow

// AcceptAll is Accept for an occurrence whose peer waits for all that follows from it:
// an instant in which an effect of its instant ends goes on with its token, so that it is
// over when nothing that followed is under way any more. A client that is given what a
// database answers is such a peer; one that sends in order, and only so much before it
// is confirmed, must not be.
func (h *Host) AcceptAll(id uint64) {
	h.e.accept(h.node, id)
	h.e.tokens.find(h.e.current).goesOn = true
}

// Accepted is the occurrence of this thing that the instant is about, by its id: the one
// that it took, or one of AcceptAll from which the instant follows. Worst is how the
// effects of it ended so far.
func (h *Host) Accepted() (id uint64, worst Outcome, ok bool) {
	t := h.e.tokens.find(h.e.current)
	if t == nil {
		return 0, 0, false
	}
	for _, c := range t.claims {
		if c.node == h.node && c.confirm {
			return c.id, t.worst, true
		}
	}
	return 0, 0, false
}

// goOn lets the instant in which a thing hears of the end of its effect go on with the
// token. It holds it as the instant that took the occurrence did, until it settles. An
// effect that ends for another reason, in an instant that is about something else, is
// not followed by that.
func goOn(e *Engine, node int32, k Token) {
	if t := e.tokens.find(k); t != nil && t.goesOn && e.current == 0 && e.at == node {
		t.pending++
		e.current = k
	}
}
