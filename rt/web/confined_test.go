package web_test

import (
	"net/http"
	"testing"
	"time"

	"flowc/rt/flow"
)

// asker is a source whose occurrences wait for what they start.
type asker struct{ asked bool }

func (a *asker) Start(*flow.Host) error { return nil }
func (a *asker) Stop(*flow.Host)        {}
func (a *asker) React(_ *flow.Host, w flow.Wake) {
	a.asked = w.Why == flow.OnInput
}

// quarantine lets a thing break down until it is quarantined.
func (r *rig) quarantine(node int) {
	r.at(func() { r.breaks = r.things[node] })
	for range 3 {
		r.engine.Hosts[node].Done(0)
	}
	r.until("a quarantine", func() (held bool) {
		r.at(func() { held = r.engine.Held(node) })
		return held
	})
	r.at(func() { r.breaks = nil })
}

// over waits until nothing of a source is under way.
func (r *rig) done(node int) (c flow.Counters) {
	r.t.Helper()
	r.until("the end of all that was begun", func() bool {
		r.at(func() { c = r.engine.Counters(node) })
		return c.InFlight == 0
	})
	return c
}

// A call that is quarantined makes none of those that wait; their sources go on.
func TestQuarantinedCallHoldsBackNoSource(t *testing.T) {
	answered := make(chan struct{})
	r, c := calling(t, serve(t, func(w http.ResponseWriter, _ *http.Request) { <-answered }))
	a := &asker{}
	r.add("ask", a)
	r.step = func() {
		if a.asked {
			a.asked = false
			c.Shoot(r.engine.Hosts[0])
		}
	}
	r.run()
	for range 3 {
		r.engine.Hosts[1].Wake()
	}
	r.quarantine(0)
	r.engine.Hosts[1].Wake()
	close(answered)
	if got := r.done(1); got != (flow.Counters{Accepted: 4, Delivered: 1, Dead: 3}) {
		t.Errorf("%+v", got)
	}
}

// One that waits for another attempt is over as well.
func TestQuarantinedCallTriesNoMore(t *testing.T) {
	r, c := calling(t, serve(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) }))
	a := &asker{}
	r.add("ask", a)
	r.step = func() {
		if a.asked {
			a.asked = false
			c.Shoot(r.engine.Hosts[0])
		}
	}
	r.run()
	r.engine.Hosts[1].Wake()
	r.until("a pause before another attempt", func() (armed bool) {
		r.at(func() { _, armed = r.engine.NextTimer() })
		return armed
	})
	r.quarantine(0)
	if got := r.done(1); got != (flow.Counters{Accepted: 1, Dead: 1}) {
		t.Errorf("%+v", got)
	}
}

// Points that wait for others, or for their turn, are over when the thing is quarantined.
func TestQuarantinedPointsHoldBackNoSource(t *testing.T) {
	d := &points{}
	r, w := writing(t, d)
	w.Every = time.Hour
	a := &asker{}
	r.add("ask", a)
	r.step = func() {
		if a.asked {
			a.asked = false
			w.Measurement.V, w.Fields.V = "soil", flow.Pairs{{Name: "v", Value: "1"}}
			w.Shoot(r.engine.Hosts[1])
		}
	}
	r.run()
	for range 2 {
		r.engine.Hosts[2].Wake()
	}
	r.quarantine(1)
	r.engine.Hosts[2].Wake()
	if got := r.done(2); got != (flow.Counters{Accepted: 3, Dead: 3}) {
		t.Errorf("%+v", got)
	}
	if got := d.taken(); len(got.list) > 0 {
		t.Errorf("%d points were sent", len(got.list))
	}
}
