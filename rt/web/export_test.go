package web

import "time"

// Hurry shortens the times that a client has, for tests on the machine's clock; what it
// returns puts them back.
func Hurry(d time.Duration) (restore func()) {
	header, request := headerTime, requestTime
	headerTime, requestTime = d, d
	return func() { headerTime, requestTime = header, request }
}

// Address is where a server listens.
func (s *Server) Address() string { return s.house.It.listen.Addr().String() }
