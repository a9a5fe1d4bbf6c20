package flow_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"flowc/rt/flow"
)

// source takes numbers from an inbox and accepts each under its own number.
type source struct {
	fake
	box flow.Inbox[uint64]
	// taken is called between Take and the end of React.
	taken func(h *flow.Host, id uint64)
}

func newSource(taken func(*flow.Host, uint64)) *source {
	s := &source{taken: taken}
	s.start = func(h *flow.Host) error { s.box.Open(h, flow.Block); return nil }
	s.react = func(h *flow.Host, w flow.Wake) {
		if w.Why != flow.OnInput {
			return
		}
		if id, ok := s.box.Take(); ok {
			h.Accept(id)
			s.taken(h, id)
		}
	}
	return s
}

func TestCompletedOnceInOrder(t *testing.T) {
	s := newSource(func(*flow.Host, uint64) {})
	var got []uint64
	s.complete = func(id uint64, o flow.Outcome) {
		got = append(got, id)
		if o != flow.OutcomeDelivered {
			t.Errorf("%d ended as %d", id, o)
		}
	}
	r := newRig(t, []*fake{&s.fake}, nil).started()
	for id := range uint64(5) {
		s.box.Put(id, 1)
	}
	r.Settle()
	if !slices.Equal(got, []uint64{0, 1, 2, 3, 4}) {
		t.Errorf("completed %d", got)
	}
	if c := r.Counters(0); c != (flow.Counters{Accepted: 5, Delivered: 5}) {
		t.Errorf("%+v", c)
	}
}

func TestWorstOutcomeWins(t *testing.T) {
	for _, c := range []struct {
		mark    func(h *flow.Host, k flow.Tick)
		effects []flow.Outcome
		want    flow.Outcome
	}{
		{nil, nil, flow.OutcomeDelivered},
		{nil, []flow.Outcome{flow.OutcomeDelivered, flow.OutcomeDropped, flow.OutcomeDelivered}, flow.OutcomeDropped},
		{nil, []flow.Outcome{flow.OutcomeDead, flow.OutcomeDropped}, flow.OutcomeDead},
		{func(h *flow.Host, _ flow.Tick) { h.Dead() }, []flow.Outcome{flow.OutcomeDelivered}, flow.OutcomeDead},
		{func(_ *flow.Host, k flow.Tick) { k.Hand() }, []flow.Outcome{flow.OutcomeDelivered}, flow.OutcomeHanded},
		{func(_ *flow.Host, k flow.Tick) { k.Hand() }, []flow.Outcome{flow.OutcomeDropped}, flow.OutcomeDropped},
		{func(*flow.Host, flow.Tick) { panic("boom") }, nil, flow.OutcomeDead},
	} {
		t.Run(fmt.Sprint(c.effects, c.want), func(t *testing.T) {
			var ended []flow.Outcome
			var open []flow.Token
			var host *flow.Host
			s := newSource(func(h *flow.Host, _ uint64) { host = h })
			s.complete = func(_ uint64, o flow.Outcome) { ended = append(ended, o) }
			r := newRig(t, []*fake{&s.fake}, []*step{{}, {}})
			r.steps[0].run = func(flow.Tick) {
				for range c.effects {
					open = append(open, r.Hosts[0].Begin())
				}
			}
			r.steps[1].run = func(k flow.Tick) {
				if c.mark != nil && host != nil {
					c.mark(host, k)
				}
			}
			r.all = true
			r.started()
			open = nil
			s.box.Put(1, 1)
			r.Settle()
			for i, o := range c.effects {
				if len(ended) > 0 {
					t.Fatal("completed while effects are under way")
				}
				if in := r.Counters(0).InFlight; in != 1 {
					t.Fatalf("%d in flight, want 1", in)
				}
				r.Call(func() { r.Hosts[0].End(open[i], o) })
				r.Settle()
			}
			if !slices.Equal(ended, []flow.Outcome{c.want}) {
				t.Errorf("completed as %d, want %d once", ended, c.want)
			}
			r.holds()
		})
	}
}

// What is emitted from memory counts for itself; what else the instant accepted
// is not ended by it.
func TestFreshStandsBesideWhatWasAccepted(t *testing.T) {
	var effect flow.Token
	var ended []uint64
	s := newSource(func(*flow.Host, uint64) {})
	s.complete = func(id uint64, _ flow.Outcome) { ended = append(ended, id) }
	r := newRig(t, []*fake{&s.fake}, []*step{{}, {}})
	r.steps[0].run = func(k flow.Tick) {
		if !k.Start() {
			k.Hand()
			k.Fresh()
		}
	}
	r.steps[1].run = func(flow.Tick) { effect = r.Hosts[0].Begin() }
	r.all = true
	r.started()
	s.box.Put(7, 1)
	r.Settle()
	if len(ended) > 0 {
		t.Fatal("confirmed before the effect of its instant was over")
	}
	r.Hosts[0].End(effect, flow.OutcomeDelivered)
	if !slices.Equal(ended, []uint64{7}) {
		t.Errorf("completed %d", ended)
	}
	if c := r.Counters(0); c != (flow.Counters{Accepted: 1, Handed: 1}) {
		t.Errorf("the source: %+v", c)
	}
	if c := r.Counters(1); c != (flow.Counters{Accepted: 1, Delivered: 1}) {
		t.Errorf("the operator: %+v", c)
	}
}

// Two things that react to timers of one moment may both accept.
func TestTwoSourcesInOneInstant(t *testing.T) {
	var got []string
	var things []*fake
	for i := range 2 {
		things = append(things, &fake{
			react: func(h *flow.Host, w flow.Wake) {
				if w.Why == flow.AtStart {
					h.After(0, time.Second)
					return
				}
				h.Accept(uint64(10 + i))
			},
			complete: func(id uint64, o flow.Outcome) { got = append(got, fmt.Sprint(i, id, o)) },
		})
	}
	r := newRig(t, things, nil).started()
	r.clock.Advance(time.Second)
	r.Settle()
	if want := []string{"0 10 0", "1 11 0"}; !slices.Equal(got, want) {
		t.Errorf("completed %q, want %q", got, want)
	}
}

func TestAnEffectEndedTwiceEndsNothingElse(t *testing.T) {
	s := newSource(func(*flow.Host, uint64) {})
	r := newRig(t, []*fake{&s.fake}, []*step{{}})
	var open []flow.Token
	r.steps[0].run = func(flow.Tick) { open = append(open, r.Hosts[0].Begin()) }
	r.all = true
	r.started()
	open = nil
	s.box.Put(1, 1)
	r.Settle()
	r.Hosts[0].End(open[0], flow.OutcomeDelivered)
	s.box.Put(2, 1) // takes the place of the first in the table
	r.Settle()
	r.Hosts[0].End(open[0], flow.OutcomeDead)
	if c := r.Counters(0); c != (flow.Counters{Accepted: 2, Delivered: 1, InFlight: 1}) {
		t.Errorf("%+v", c)
	}
}

// An effect that was begun by a step that then panics is over, unless somebody
// has it.
func TestPanicLeaksNoToken(t *testing.T) {
	var h *flow.Host
	var box flow.Outbox[flow.Token]
	for name, c := range map[string]struct {
		begin  func()
		flying uint64
	}{
		"begun":         {func() { h.Begin() }, 0},
		"ended":         {func() { h.End(h.Begin(), flow.OutcomeDelivered) }, 0},
		"filed":         {func() { box.Put(h.Begin()) }, 1},
		"nothing begun": {func() {}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSource(func(*flow.Host, uint64) {})
			r := newRig(t, []*fake{&s.fake}, []*step{{}, {}})
			armed := false
			var other flow.Token
			r.steps[0].run = func(flow.Tick) { other = r.Hosts[0].Begin() }
			r.steps[1].run = func(flow.Tick) {
				if armed {
					c.begin()
					panic("boom")
				}
			}
			r.all = true
			r.started()
			h = r.Hosts[0]
			box.Open(h, flow.Block)
			armed = true
			s.box.Put(1, 1)
			r.Settle()
			if r.Counters(0).InFlight != 1 {
				t.Fatal("the effect of another step was ended too")
			}
			h.End(other, flow.OutcomeDelivered)
			if got := r.Counters(0).InFlight; got != c.flying {
				t.Errorf("%d in flight, want %d", got, c.flying)
			}
			r.holds()
		})
	}
}

// A thing that breaks down while it hears of the end of its effect.
func TestPanicAtTheEndOfAnEffect(t *testing.T) {
	for _, first := range []bool{true, false} {
		var effect flow.Token
		s := newSource(func(h *flow.Host, _ uint64) { effect = h.Begin() })
		react := s.react
		s.react = func(h *flow.Host, w flow.Wake) {
			react(h, w)
			if w.Why == flow.OnDone {
				if first {
					h.End(w.Effect, flow.OutcomeDelivered)
				}
				panic("boom")
			}
		}
		r := newRig(t, []*fake{&s.fake}, nil).started()
		s.box.Put(1, 1)
		r.Settle()
		r.Hosts[0].Done(effect)
		r.Settle()
		want := flow.Counters{Accepted: 1, Dead: 1}
		if first {
			want = flow.Counters{Accepted: 1, Delivered: 1}
		}
		if c := r.Counters(0); c != want {
			t.Errorf("%+v, want %+v", c, want)
		}
	}
}

func TestPanicInCompleteLeavesTheOthers(t *testing.T) {
	var got []uint64
	s := newSource(func(h *flow.Host, id uint64) { h.Accept(id + 100) })
	s.complete = func(id uint64, _ flow.Outcome) {
		if id == 1 {
			panic("boom")
		}
		got = append(got, id)
	}
	r := newRig(t, []*fake{&s.fake}, nil).started()
	s.box.Put(1, 1)
	s.box.Put(2, 1)
	r.Settle()
	if !slices.Equal(got, []uint64{101, 2, 102}) {
		t.Errorf("completed %d", got)
	}
	r.faulted("thing0: stopped by boom")
	r.holds()
}
