package mqtt_test

import (
	"bytes"
	"testing"

	"flowc/rt/flow"
)

// shelf is a buffer that only hands over what a test gives it.
type shelf struct {
	r       *rig
	carrier flow.Carrier
	over    map[uint64]flow.Outcome
}

func (s *shelf) Open(_ *flow.Host, c flow.Carrier, _ int) error {
	s.carrier = c
	return nil
}
func (s *shelf) Put(flow.Token, []byte) {}
func (s *shelf) React(flow.Wake)        {}
func (s *shelf) Confine()               {}
func (s *shelf) Drained() bool          { return true }
func (s *shelf) Close()                 {}
func (s *shelf) Over(ticket uint64, o flow.Outcome, _ string) {
	s.r.note(func() { s.over[ticket] = o })
}

// carry hands over a message for out/soil, at QoS 1.
func (s *shelf) carry(ticket uint64, payload []byte) {
	row := append([]byte{1, 8}, "out/soil"...)
	s.r.at(func() { s.carrier.Carry(ticket, append(row, payload...), 0, 0) })
}

// A row of a buffer that is larger than what may wait for a broker is sent all the same:
// there is never more than a few of them, and its buffer has to hear of its end.
func TestALargeRowOfABufferIsSent(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 1)
	s := &shelf{r: p.rig, over: map[uint64]flow.Outcome{}}
	p.out.Buffer = s
	p.start(flow.SystemClock())
	large := bytes.Repeat([]byte("x"), 17<<20)
	s.carry(1, large)
	s.carry(2, []byte("next"))
	p.nudge()
	p.until("the end of both", func() bool {
		p.mu.Lock()
		defer p.mu.Unlock()
		return len(s.over) == 2
	})
	if s.over[1] != flow.OutcomeDelivered || s.over[2] != flow.OutcomeDelivered {
		t.Errorf("over as %v", s.over)
	}
	if got := payloads(b.Messages(), "out/"); len(got) != 2 || len(got[0]) != len(large) || got[1] != "next" {
		t.Errorf("%d messages arrived", len(got))
	}
}
