package web

import (
	"errors"
	"io"
	"net/http"
	"sync/atomic"
)

// roomMost is how much a server holds at a time of what clients send, and as much of what
// they are given, in bytes.
const roomMost = 8_000_000

// smallMost is what each client has a place for anyway.
const smallMost = 4 << 10

// room counts the bodies of requests and replies that a server holds.
type room struct{ taken atomic.Int64 }

// take takes n bytes more, if there is room.
func (r *room) take(n int) bool {
	if r.taken.Add(int64(n)) > roomMost {
		r.taken.Add(-int64(n))
		return false
	}
	return true
}

// share is what one visit takes of a room; without one it takes nothing.
type share struct {
	of   *room
	held int
}

// take takes n bytes more; what is small has its place.
func (s *share) take(n int) bool {
	if s.of == nil || s.held == 0 && n <= smallMost {
		return true
	}
	if !s.of.take(n) {
		return false
	}
	s.held += n
	return true
}

// give gives back all of it.
func (s *share) give() {
	if s.held > 0 {
		s.of.taken.Add(-int64(s.held))
		s.held = 0
	}
}

// Errors of a body that is not taken in.
var (
	errNoRoom   = errors.New("no room")
	errTooLarge = errors.New("too large")
)

// bodyAtOnce bounds what is kept for a body that has not come yet: what a client says
// costs it nothing.
const bodyAtOnce = 16 << 10

// readBody reads what a client sends, at most so much. It takes room as that comes.
func (v *visit) readBody(q *http.Request, most int) (body []byte, err error) {
	known := q.ContentLength >= 0
	switch {
	case known && q.ContentLength > int64(most):
		return nil, errTooLarge
	case known:
		most = int(q.ContentLength)
	}
	for size := min(bodyAtOnce, most); ; size = min(2*size, most) {
		if !v.in.take(size - cap(body)) {
			return nil, errNoRoom
		}
		body = append(make([]byte, 0, size), body...)
		n, err := io.ReadFull(q.Body, body[len(body):size])
		body = body[:len(body)+n]
		switch {
		case err == nil && size < most:
		case known || err == nil:
			if err == nil && !known {
				err = atEnd(q.Body)
			}
			return body, err
		case err == io.EOF || err == io.ErrUnexpectedEOF:
			return body, nil
		default:
			return nil, err
		}
	}
}

// atEnd reports more than there may be.
func atEnd(r io.Reader) error {
	var one [1]byte
	switch n, err := io.ReadFull(r, one[:]); {
	case n > 0:
		return errTooLarge
	case err != io.EOF:
		return err
	}
	return nil
}

// done says that the client's side or the flow's has no more use for a visit; when both
// have said so, its room is free.
func (v *visit) done() {
	if v.users.Add(-1) == 0 {
		v.in.give()
		v.out.give()
	}
}
