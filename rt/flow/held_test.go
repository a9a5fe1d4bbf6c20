package flow_test

import (
	"testing"

	"flowc/rt/flow"
)

// windowed is a source whose peer sends only so much that is not confirmed.
type windowed struct{ *fake }

func (windowed) Windowed() {}

// TestHeld: only what such a peer waits for is held back by it. What comes from a source
// that was not told of an id, from a peer that waits only so long, or from no source at
// all may be dropped where there is no room.
func TestHeld(t *testing.T) {
	var got []bool
	var accept bool
	source := func() *source {
		s := newSource(func(*flow.Host, uint64) {})
		s.react = func(h *flow.Host, w flow.Wake) {
			if id, ok := s.box.Take(); ok {
				if accept {
					h.Accept(id)
				}
				k := h.Begin()
				got = append(got, h.Held(k))
				h.End(k, flow.OutcomeDelivered)
			}
		}
		return s
	}
	broker, client := source(), source()
	r := newRig(t, []*fake{&broker.fake, &client.fake}, nil)
	r.wrap = func(n int, f *fake) flow.Thing {
		if n == 0 {
			return windowed{f}
		}
		return f
	}
	r.started()
	for _, accept = range []bool{true, false} {
		broker.box.Put(1, 1)
		client.box.Put(1, 1)
		r.Settle()
	}
	want := []bool{true, false, false, false}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %v, want %v", got, want)
			break
		}
	}
	if r.Hosts[0].Held(0) {
		t.Error("what is not there is held")
	}
}
