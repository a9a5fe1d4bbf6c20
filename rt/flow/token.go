package flow

// Token holds one accepted occurrence until the effects it started are over.
// The zero Token belongs to no occurrence.
type Token uint32

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

type token struct {
	node    int32
	pending uint32
	worst   Outcome
	id      uint64
	confirm bool
	open    bool
}

// tokens is a table of the occurrences in flight; token 0 is never used.
type tokens struct {
	list []token
	free []Token
}

func (t *tokens) open(node int32) Token {
	if n := len(t.free); n > 0 {
		k := t.free[n-1]
		t.free = t.free[:n-1]
		t.list[k] = token{node: node, pending: 1, open: true}
		return k
	}
	if len(t.list) == 0 {
		t.list = append(t.list, token{})
	}
	t.list = append(t.list, token{node: node, pending: 1, open: true})
	return Token(len(t.list) - 1)
}

// take opens a token for an occurrence of node; the instant itself holds it
// once, so that it cannot end before its effects have started.
func (e *Engine) take(node int32) {
	e.current = e.tokens.open(node)
	c := &e.counters[node]
	c.Accepted++
	c.InFlight++
}

func (e *Engine) accept(node int32, id uint64) {
	if e.current == 0 {
		e.take(node)
	}
	t := &e.tokens.list[e.current]
	t.id, t.confirm = id, true
}

func (e *Engine) mark(o Outcome) {
	if e.current != 0 {
		t := &e.tokens.list[e.current]
		t.worst = max(t.worst, o)
	}
}

// fresh ends what the instant held so far and opens a token for node.
func (e *Engine) fresh(node int32) {
	old := e.current
	e.current = 0
	e.take(node)
	if old != 0 {
		e.also = append(e.also, old)
	}
}

func (e *Engine) begin() Token {
	if e.current == 0 {
		return 0
	}
	e.tokens.list[e.current].pending++
	return e.current
}

func (e *Engine) end(k Token, o Outcome) {
	if k == 0 {
		return
	}
	t := &e.tokens.list[k]
	t.worst = max(t.worst, o)
	t.pending--
	if t.pending > 0 {
		return
	}
	done := *t
	*t = token{}
	e.tokens.free = append(e.tokens.free, k)
	c := &e.counters[done.node]
	c.InFlight--
	switch done.worst {
	case OutcomeDelivered:
		c.Delivered++
	case OutcomeHanded:
		c.Handed++
	case OutcomeDropped:
		c.Dropped++
	default:
		c.Dead++
	}
	if done.confirm {
		if s, ok := e.things[done.node].(Completer); ok {
			s.Complete(e.Hosts[done.node], done.id, done.worst)
		}
	}
}

// settle lets go of the instant's own hold on its tokens.
func (e *Engine) settle() {
	for _, k := range e.also {
		e.end(k, OutcomeDelivered)
	}
	e.also = e.also[:0]
	e.end(e.current, OutcomeDelivered)
	e.current = 0
}

func (e *Engine) dropped(node int32, n int) { e.counters[node].Refused += uint64(n) }

// Counters are the counters of a node, by its number in Info.Nodes.
func (e *Engine) Counters(node int) Counters { return e.counters[node] }
