package web_test

import (
	"net/http"
	"testing"
	"time"

	"flowc/rt/flow"
)

// shelf is a buffer that keeps rows in memory and carries each at once.
type shelf struct {
	r    *rig
	c    flow.Carrier
	next uint64
	open map[uint64]bool
}

func (s *shelf) Open(_ *flow.Host, c flow.Carrier, _ int) error {
	s.c, s.open = c, map[uint64]bool{}
	return nil
}

func (s *shelf) Put(_ flow.Token, row []byte) {
	s.next++
	s.open[s.next] = true
	s.c.Carry(s.next, row, 0, time.Hour)
}

func (s *shelf) Confine() {}

func (s *shelf) React(flow.Wake) {}

func (s *shelf) Over(ticket uint64, o flow.Outcome, why string) {
	if !s.open[ticket] {
		why = "ended twice: " + why
	}
	delete(s.open, ticket)
	s.r.saw("over " + flow.FormatInt(int64(o)) + " " + why)
}

func (s *shelf) Drained() bool { return len(s.open) == 0 }
func (s *shelf) Close()        {}

// A row ends exactly once, also when reading the answer ends in a panic: else it would
// stay in the buffer, and hold up those behind it, until the next start.
func TestBufferedCallEndsWhateverTheAnswer(t *testing.T) {
	r, c := calling(t, serve(t, func(w http.ResponseWriter, q *http.Request) { w.Write([]byte(q.Header.Get("X-Say"))) }))
	c.Buffer = &shelf{r: r}
	c.Decode = func(data []byte, v *string) error {
		if string(data) == "panic" {
			panic("a defect")
		}
		return text(data, v)
	}
	r.run()
	for _, say := range []struct{ what, want string }{
		{"panic", "over 3 the answer could not be read, by a defect"},
		{"bad", "over 3 the answer does not fit: " + string(errBad)},
		{"hello", "over 0 "},
	} {
		r.at(func() { c.Headers.V = flow.Pairs{{Name: "x_say", Value: say.what}} })
		r.shoot(c, "")
		r.sees(say.want)
	}
	r.fails("a defect")
	r.sees("answered hello")
}
