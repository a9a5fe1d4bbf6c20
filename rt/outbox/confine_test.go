package outbox

import (
	"slices"
	"testing"
	"time"

	"flowc/rt/flow"
)

// breakDown lets the sink panic until it is quarantined.
func (r *rig) breakDown() {
	for range 3 {
		r.sink.ends = append(r.sink.ends, func() { panic("boom") })
		r.e.Hosts[1].Done(0)
		r.e.Settle()
	}
	if !r.e.Held(1) {
		r.t.Fatal("the sink is not quarantined")
	}
}

// A sink that is quarantined with rows in memory ends none of them any more. They are
// written, and so is what comes afterwards; their sources go on, and the next start sends
// all of it in order.
func TestAQuarantinedSinkHoldsBackNoSource(t *testing.T) {
	w := newWorld(t)
	w.disk.wall = w.clock.Now
	s := settings{Buffering: flow.Buffering{Keep: 24 * time.Hour, When: flow.BufferAuto, OnFull: flow.FullBlock}, window: 2}
	r := w.boot(s)
	for range 5 {
		r.send()
		r.settle()
	}
	r.sink.arrive(1, 1, flow.OutcomeDelivered)
	r.settle()
	if len(w.unacked) != 4 || r.shelf.memory != 4 {
		t.Fatalf("%d not acknowledged, %d rows in memory", len(w.unacked), r.shelf.memory)
	}
	r.breakDown()
	r.settle()
	for range 3 {
		r.send()
		r.settle()
	}
	if len(w.unacked) > 0 || w.dead > 0 || w.dropped > 0 {
		t.Errorf("%d not acknowledged, %d dead, %d dropped", len(w.unacked), w.dead, w.dropped)
	}
	if c := r.shelf.Count(); c.Waiting != 7 {
		t.Errorf("%+v", c)
	}
	if err := r.law(); err != nil {
		t.Error(err)
	}
	if n := len(r.sink.tickets); n > 2 {
		t.Errorf("%d rows are with a sink that is quarantined", n)
	}
	w.got = nil
	r = w.boot(s)
	for range 7 {
		r.settle()
		r.sink.arrive(1, 1, flow.OutcomeDelivered)
	}
	r.settle()
	if want := []int{1, 2, 3, 4, 5, 6, 7}; !slices.Equal(w.got, want) {
		t.Errorf("after the next start came %v", w.got)
	}
}

// Where nothing may be written, what waits is a dead letter: it is told, and can be sent
// again.
func TestAQuarantinedSinkThatMayNotWrite(t *testing.T) {
	w := newWorld(t)
	w.disk.wall = w.clock.Now
	r := w.boot(settings{Buffering: flow.Buffering{Keep: 24 * time.Hour, When: flow.BufferNever, OnFull: flow.FullBlock}, window: 2})
	for range 5 {
		r.send()
		r.settle()
	}
	r.breakDown()
	r.settle()
	r.send()
	r.settle()
	if len(w.unacked) > 0 || w.dead != 6 {
		t.Errorf("%d not acknowledged, %d dead", len(w.unacked), w.dead)
	}
	if n := w.disk.letters("sink"); n != 6 {
		t.Errorf("%d dead letters", n)
	}
	if err := r.law(); err != nil {
		t.Error(err)
	}
}
