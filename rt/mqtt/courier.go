package mqtt

import (
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"time"

	"flowc/rt/flow"
)

// outboxBytes bounds what may wait for one mqtt_out under `block`; beyond it a new
// message is dropped with a fault: a schedule or a pin cannot be held back. What a
// source waits for is not dropped; it stops for want of acknowledgements.
const outboxBytes = 16 << 20

// courier carries the messages of one thing to the broker: in order, at most
// window of them unconfirmed, and again in order after a new connection.
type courier struct {
	s      *session
	h      *flow.Host
	box    flow.Outbox[*delivery]
	window int
	// fleeting says that what was not sent on one connection is worth nothing on the
	// next: the thing has something newer to say then.
	fleeting bool
	// there follows the connection, for a buffer.
	there atomic.Bool
	bell  chan struct{}
	stop  chan struct{}
	gone  chan struct{}

	// Guarded by s.mu. pending are those taken from the outbox and not over;
	// those from next on are not under way on the connection epoch.
	pending []*delivery
	next    int
	epoch   uint32
	results []result
	// bytes counts what messages take from Shoot to the end.
	bytes int
	spare []*delivery
}

// result is the end of a message, on its way to the instant loop.
type result struct {
	_       [0]func() // nobody compares two
	token   flow.Token
	ticket  uint64
	outcome flow.Outcome
	message string
	attempt int
}

func newCourier(s *session, h *flow.Host, window int, policy flow.OnFull) *courier {
	c := &courier{s: s, h: h, window: window}
	c.bell, c.stop, c.gone = make(chan struct{}, 1), make(chan struct{}), make(chan struct{})
	c.box.Open(h, policy)
	s.mu.Lock()
	s.couriers = append(s.couriers, c)
	s.mu.Unlock()
	go c.run()
	return c
}

func (c *courier) ring() {
	select {
	case c.bell <- struct{}{}:
	default:
	}
}

func (c *courier) run() {
	defer close(c.gone)
	for {
		c.s.mu.Lock()
		wait := c.pump()
		c.s.mu.Unlock()
		var alarm flow.Alarm
		var due <-chan struct{}
		if wait > 0 {
			alarm = c.s.clock.NewTimer(wait)
			due = alarm.C()
		}
		select {
		case <-c.stop:
			return
		case <-c.box.Ready():
		case <-c.bell:
		case <-due:
		}
		if alarm != nil {
			alarm.Stop()
		}
	}
}

// recall drops what has not been confirmed. The session's mutex is held.
func (c *courier) recall() {
	for {
		d, ok := c.box.Take()
		if !ok {
			break
		}
		c.pending = append(c.pending, d)
	}
	for _, d := range c.pending {
		if d.id != 0 {
			delete(c.s.waiting, d.id)
		}
		c.tell(result{token: d.token, outcome: flow.OutcomeDropped})
		c.release(d)
	}
	c.pending, c.next = nil, 0
}

// end stops the courier; what is unconfirmed is left.
func (c *courier) end() {
	close(c.stop)
	<-c.gone
}

// pump sends what can be sent, and tells after what time to come back for a
// message that waits for another attempt (0: when called).
func (c *courier) pump() (wait time.Duration) {
	l := c.s.link
	if l == nil {
		return 0
	}
	if c.epoch != l.epoch {
		c.epoch, c.next = l.epoch, 0
	}
	now := c.s.clock.Mono()
	for {
		if c.next == len(c.pending) {
			if len(c.pending) >= c.window {
				return 0
			}
			d, ok := c.box.Take()
			if !ok {
				return 0
			}
			c.pending = append(c.pending, d)
		}
		d := c.pending[c.next]
		if d.epoch == l.epoch {
			c.next++
			continue
		}
		if d.due > now {
			return d.due - now
		}
		c.next++ // before send, which may end and so remove it
		if l.send(d, now) == blocked {
			c.next--
			return 0
		}
	}
}

// end is the end of a message. The session's mutex is held.
func (d *delivery) end(o flow.Outcome, message string) {
	if d.over != nil {
		close(d.over)
	}
	c := d.owner
	if c == nil {
		return
	}
	c.remove(d)
	c.tell(result{token: d.token, ticket: d.ticket, outcome: o, message: message, attempt: d.attempt})
	c.release(d)
}

// tell hands a result to the instant loop. Results and wake-ups are in the same
// order, so that two messages of one occurrence cannot be mistaken.
func (c *courier) tell(r result) {
	c.results = append(c.results, r)
	c.h.Done(r.token)
}

// again sets the message up for another attempt; those behind it that are not
// under way wait for it.
func (d *delivery) again(now time.Duration) {
	d.attempt++
	d.due = now + retryAfter(d.attempt, rand.Int64N)
	c := d.owner
	if c == nil {
		return
	}
	if i := c.find(d); i >= 0 {
		c.next = min(c.next, i)
	}
}

func (c *courier) find(d *delivery) int {
	for i, p := range c.pending {
		if p == d {
			return i
		}
	}
	return -1
}

func (c *courier) remove(d *delivery) {
	i := c.find(d)
	if i < 0 {
		return
	}
	if i == 0 {
		c.pending[0] = nil
		c.pending = c.pending[1:]
	} else {
		c.pending = append(c.pending[:i], c.pending[i+1:]...)
	}
	if i < c.next {
		c.next--
	}
}

// result takes the oldest result; called once for each Done.
func (c *courier) result() (r result, ok bool) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if len(c.results) == 0 {
		return r, false
	}
	r = c.results[0]
	c.results = c.results[1:]
	return r, true
}

// resultOf takes the result of an effect whose wake has come. Those before it are of
// effects that a panic kept from being heard of: the engine has ended them.
func (c *courier) resultOf(t flow.Token) (r result, ok bool) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	i := slices.IndexFunc(c.results, func(r result) bool { return r.token == t })
	if i < 0 {
		return r, false
	}
	r = c.results[i]
	before := slices.DeleteFunc(c.results[:i:i], func(r result) bool { return t != 0 && r.token != 0 })
	c.results = append(before, c.results[i+1:]...)
	return r, true
}

// maxSpare bounds the buffers kept for later messages.
const maxSpare = 64

// fresh gives an empty message, with the buffer of an earlier one if there is.
func (c *courier) fresh() *delivery {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if n := len(c.spare); n > 0 {
		d := c.spare[n-1]
		c.spare = c.spare[:n-1]
		return d
	}
	return &delivery{}
}

// release keeps the buffer of a message that is over.
func (c *courier) release(d *delivery) {
	c.bytes -= d.size()
	if len(c.spare) < maxSpare && cap(d.payload) <= 4<<10 {
		*d = delivery{payload: d.payload[:0]}
		c.spare = append(c.spare, d)
	}
}

// post files a message. What the policy pushes out is over, as dropped.
func (c *courier) post(d *delivery) {
	d.owner = c
	if b := simulated(); b != nil {
		b.send(c, d)
		return
	}
	c.s.mu.Lock()
	c.bytes += d.size()
	crowded := c.bytes > outboxBytes
	c.s.mu.Unlock()
	if crowded && d.ticket == 0 && !c.h.Held(d.token) { // a buffer bounds what it hands over
		c.refuse(d, "too many messages wait for the broker")
		return
	}
	ok, gone := c.box.Put(d)
	for _, g := range gone {
		c.refuse(g, "")
	}
	if !ok {
		c.refuse(d, "")
	}
}

// refuse ends a message that was never taken up; an empty text is no fault: the
// author wrote the policy.
func (c *courier) refuse(d *delivery, message string) {
	if message != "" {
		c.h.Fault(message + "; this one was dropped")
	}
	c.h.Dropped(1)
	c.h.End(d.token, flow.OutcomeDropped)
	c.s.mu.Lock()
	c.release(d)
	c.s.mu.Unlock()
}

// idle reports whether nothing is left to do while there is a connection.
func (c *courier) idle() bool {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	if len(c.results) > 0 {
		return false
	}
	return c.s.link == nil || c.box.Len() == 0 && len(c.pending) == 0
}

// fail ends a message that cannot be sent at all.
func (c *courier) fail(token flow.Token, message string) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.tell(result{token: token, outcome: flow.OutcomeDead, message: message})
}
