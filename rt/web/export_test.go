package web

import (
	"net"
	"time"

	"flowc/rt/flow"
)

// Hurry shortens the times that a client has, for tests on the machine's clock; what it
// returns puts them back.
func Hurry(d time.Duration) (restore func()) {
	header, request := headerTime, requestTime
	headerTime, requestTime = d, d
	return func() { headerTime, requestTime = header, request }
}

// HurryAnswers shortens the time that a client has to take a piece of an answer.
func HurryAnswers(d time.Duration) (restore func()) {
	answer := answerTime
	answerTime = d
	return func() { answerTime = answer }
}

// Guests is how many clients are connected; one more seat is kept for the next.
func (s *Server) Guests() int { return s.Seats() - 1 }

// Seats is how many seats are taken.
func (s *Server) Seats() int { return len(s.house.It.gate.seats) }

// Listening puts something between the kernel and the servers that start from now on.
func Listening(between func(net.Listener) net.Listener) (restore func()) {
	before := listenOn
	listenOn = func(address string) (net.Listener, error) {
		l, err := before(address)
		if err == nil {
			l = between(l)
		}
		return l, err
	}
	return func() { listenOn = before }
}

// Kept is how many events are kept for clients.
func (t *Stream[R]) Kept() int { return len(t.hub.It.frames) }

// Taken is what a server holds of what clients send and get, in bytes.
func (s *Server) Taken() (in, out int64) {
	return s.house.It.in.taken.Load(), s.house.It.out.taken.Load()
}

// WaitingMost is how many requests of a route wait for their reply.
const WaitingMost = waitingMost

// Address is where a server listens.
func (s *Server) Address() string { return s.house.It.listen.Addr().String() }

// AppendPoint writes a point.
func AppendPoint(measurement string, tags, fields flow.Pairs) ([]byte, error) {
	return appendPoint(nil, measurement, tags, fields)
}

// Busy reports whether a question is under way; called on the instant loop.
func (t *Get[T]) Busy() bool { return t.busy }
