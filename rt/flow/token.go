package flow

import "time"

// Token holds what one instant accepted until the effects it started are over.
// The zero Token belongs to no occurrence. It is a place in a table and the
// number of its use, so that an effect that is ended twice ends nothing else.
type Token uint64

// Outcome is how an occurrence ended; the worst of its effects counts.
type Outcome uint8

// Outcomes, from best to worst.
const (
	OutcomeDelivered Outcome = iota
	OutcomeHanded
	OutcomeDropped
	OutcomeDead
)

// Counters tell what became of a source's occurrences. At any quiet moment
// Accepted = Delivered + Dropped + Dead + Handed + InFlight.
type Counters struct {
	Accepted, Delivered, Dropped, Dead, Handed, InFlight uint64
	// Refused were turned away by a full queue before they were accepted.
	Refused uint64
}

// Holds reports whether the conservation law is kept.
func (c Counters) Holds() bool {
	return c.Accepted == c.Delivered+c.Dropped+c.Dead+c.Handed+c.InFlight
}

// token is one instant's: whatever it accepted waits for all that it started.
type token struct {
	use     uint32
	pending uint32
	// worst is the worst end of an effect.
	worst Outcome
	// goesOn says that the instants in which its effects end go on with it.
	goesOn bool
	// by is the node that began an effect last, late when the wait for it is told of.
	by     int32
	late   time.Duration
	claims []claim
}

// claim is one occurrence that an instant accepted or that an operator emitted
// from memory.
type claim struct {
	_       uncompared
	node    int32
	worst   Outcome
	confirm bool
	id      uint64
}

// tokens is a table of the instants in flight; place 0 is never used.
type tokens struct {
	list []token
	free []uint32
}

// open gives a token that is held once.
func (t *tokens) open() Token {
	if len(t.list) == 0 {
		t.list = append(t.list, token{})
	}
	var at uint32
	if n := len(t.free); n > 0 {
		at = t.free[n-1]
		t.free = t.free[:n-1]
	} else {
		at = uint32(len(t.list))
		t.list = append(t.list, token{})
	}
	t.list[at].pending = 1
	return Token(t.list[at].use)<<32 | Token(at)
}

// find is the token's entry; nil if it is over.
func (t *tokens) find(k Token) *token {
	at := uint32(k)
	if at == 0 || int(at) >= len(t.list) {
		return nil
	}
	if e := &t.list[at]; e.use == uint32(k>>32) && e.pending > 0 {
		return e
	}
	return nil
}

// close gives the place of a token that is over to a later one.
func (t *tokens) close(k Token) {
	e := &t.list[uint32(k)]
	*e = token{use: e.use + 1, claims: e.claims[:0]}
	t.free = append(t.free, uint32(k))
}

// take accepts an occurrence of node. The instant itself holds its token once, so
// that it cannot end before its effects have started.
func (e *Engine) take(node int32) *claim {
	if e.current == 0 {
		e.current = e.tokens.open()
	}
	c := &e.counters[node]
	c.Accepted++
	c.InFlight++
	t := e.tokens.find(e.current)
	t.claims = append(t.claims, claim{node: node})
	return &t.claims[len(t.claims)-1]
}

// accept ties id to the last occurrence of node in this instant.
func (e *Engine) accept(node int32, id uint64) {
	if t := e.tokens.find(e.current); t != nil {
		for i := len(t.claims) - 1; i >= 0; i-- {
			if c := &t.claims[i]; c.node == node && !c.confirm {
				c.id, c.confirm = id, true
				return
			}
		}
	}
	c := e.take(node)
	c.id, c.confirm = id, true
}

// held reports whether a peer that sends only so much waits for the end of a token.
func (e *Engine) held(k Token) bool {
	t := e.tokens.find(k)
	if t == nil {
		return false
	}
	for _, c := range t.claims {
		if c.confirm && int(c.node) < len(e.things) {
			if _, ok := e.things[c.node].(Windowed); ok {
				return true
			}
		}
	}
	return false
}

// mark notes how what this instant accepted so far ended, apart from effects.
func (e *Engine) mark(o Outcome) {
	if t := e.tokens.find(e.current); t != nil {
		for i := range t.claims {
			t.claims[i].worst = max(t.claims[i].worst, o)
		}
	}
}

// begin starts an effect of this instant.
func (e *Engine) begin() Token {
	t := e.tokens.find(e.current)
	if t == nil {
		return 0
	}
	t.pending++
	t.by, t.late = t.claims[0].node, e.Mono+waitLimit
	e.waits(t.late)
	if e.at != nobody {
		e.begun, t.by = e.current, e.at
	}
	return e.current
}

func (e *Engine) end(k Token, o Outcome) {
	t := e.tokens.find(k)
	if t == nil {
		return
	}
	if k == e.begun {
		e.begun = 0
	}
	if k == e.ending {
		e.ending = 0
	}
	t.worst = max(t.worst, o)
	if t.pending--; t.pending > 0 {
		return
	}
	worst, claims := t.worst, t.claims
	for _, c := range claims {
		e.counters[c.node].over(max(worst, c.worst))
	}
	for _, c := range claims {
		if c.confirm {
			e.complete(c.node, c.id, max(worst, c.worst))
		}
	}
	e.tokens.close(k)
}

func (c *Counters) over(o Outcome) {
	c.InFlight--
	switch o {
	case OutcomeDelivered:
		c.Delivered++
	case OutcomeHanded:
		c.Handed++
	case OutcomeDropped:
		c.Dropped++
	default:
		c.Dead++
	}
}

// complete tells a source that an occurrence is over. The others of the same
// instant must hear of theirs, so a panic ends here.
func (e *Engine) complete(node int32, id uint64, o Outcome) {
	if int(node) >= len(e.things) {
		return
	}
	s, ok := e.things[node].(Completer)
	if !ok {
		return
	}
	defer e.survive(node)
	s.Complete(e.Hosts[node], id, o)
}

// settle lets go of the instant's own hold on its token.
func (e *Engine) settle() {
	k := e.current
	e.current = 0
	e.end(k, OutcomeDelivered)
}

func (e *Engine) dropped(node int32, n int) { e.counters[node].Refused += uint64(n) }

// Counters are the counters of a node, by its number in Info.Nodes.
func (e *Engine) Counters(node int) Counters { return e.counters[node] }
