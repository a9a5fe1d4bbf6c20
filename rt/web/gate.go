package web

import (
	"errors"
	"io"
	"log"
	"net"
	"sync"
	"time"

	"flowc/rt/flow"
)

// gate lets so many clients in at a time; the others wait at the door, in the
// kernel's queue.
type gate struct {
	net.Listener
	seats  chan struct{}
	closed chan struct{}
	once   sync.Once
	// machine is the clock that the kernel goes by, also where the flow's is a test's.
	machine flow.Clock
	// answer is the time that a client has to take a piece of an answer.
	answer time.Duration
}

func newGate(l net.Listener, n int) *gate {
	return &gate{Listener: l, machine: flow.SystemClock(), answer: answerTime, seats: make(chan struct{}, n), closed: make(chan struct{})}
}

// Accept waits for a seat, then for a client.
func (g *gate) Accept() (net.Conn, error) {
	select {
	case g.seats <- struct{}{}:
	case <-g.closed:
		return nil, net.ErrClosed
	}
	c, err := g.Listener.Accept()
	if err != nil {
		<-g.seats
		select {
		case <-g.closed:
			return nil, net.ErrClosed
		default:
			return nil, passing{err}
		}
	}
	return &guest{Conn: c, machine: g.machine, answer: g.answer, leave: func() { <-g.seats }}, nil
}

// passing is what keeps the kernel from letting somebody in: no file, no memory, a client
// that has gone. net/http tries again after a moment; what it does not know would end the
// server for good.
type passing struct{ error }

func (passing) Temporary() bool { return true }
func (passing) Timeout() bool   { return false }

// Close lets nobody in any more.
func (g *gate) Close() error {
	g.once.Do(func() { close(g.closed) })
	return g.Listener.Close()
}

// guest is a client with a seat.
type guest struct {
	net.Conn
	once    sync.Once
	leave   func()
	machine flow.Clock
	answer  time.Duration

	mu sync.Mutex
	// until is when a write that has begun is given up, fixed that somebody else says so.
	until time.Duration
	fixed bool
}

// Write has a time of its own: one for all of an answer would end those that take long
// to make, or never end.
func (c *guest) Write(p []byte) (int, error) {
	c.mu.Lock()
	if now := c.machine.Mono(); !c.fixed && c.until-now < c.answer {
		// Not for each small answer of a busy connection: that costs as much as a
		// short answer itself.
		c.until = now + c.answer + c.answer/32
		c.Conn.SetWriteDeadline(c.machine.Now().Add(c.until - now))
	}
	c.mu.Unlock()
	return c.Conn.Write(p)
}

// SetWriteDeadline is how TLS bounds its greeting and its farewell. Where it bounds nothing
// any more, that of Write counts again; net/http takes away after each answer what it never
// set, and must not take that.
func (c *guest) SetWriteDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if t.IsZero() && !c.fixed {
		return nil
	}
	c.fixed, c.until = !t.IsZero(), 0
	return c.Conn.SetWriteDeadline(t)
}

// SetDeadline sets that and the one for reading.
func (c *guest) SetDeadline(t time.Time) error {
	return errors.Join(c.SetReadDeadline(t), c.SetWriteDeadline(t))
}

// Close frees the seat.
func (c *guest) Close() error {
	err := c.Conn.Close()
	c.once.Do(c.leave)
	return err
}

// silent is where net/http complains about clients that hang up or speak no TLS: what
// strangers do is no trouble of the program's.
func silent() *log.Logger { return log.New(io.Discard, "", 0) }
