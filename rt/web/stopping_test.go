package web_test

import (
	"testing"
	"time"

	"flowc/rt/flow"
)

// Points that wait for others are sent when the program stops, and that does not take the
// time that they would have waited.
func TestPointsAreSentAtTheEnd(t *testing.T) {
	d := &points{}
	r, w := writing(t, d)
	w.Every = time.Hour
	r.run()
	r.at(func() {
		w.Measurement.V, w.Fields.V = "soil", flow.Pairs{{Name: "v", Value: "1"}}
		w.Shoot(r.engine.Hosts[1])
	})
	r.cancel() // no time passes
	select {
	case <-r.over:
	case <-time.After(patience):
		t.Error("the stop waits for time to pass")
	}
	if n := len(d.taken().list); n != 1 {
		t.Errorf("%d points were sent", n)
	}
}

// busy is a thing that is not done when the program stops.
type busy struct{ asked chan struct{} }

func (b *busy) Start(*flow.Host) error      { return nil }
func (b *busy) React(*flow.Host, flow.Wake) {}
func (b *busy) Stop(*flow.Host)             {}

func (b *busy) Drained(*flow.Host) bool {
	select {
	case b.asked <- struct{}{}:
	default:
	}
	return false
}

// Who comes while the program still has something to finish is told at once, wherever in the
// flow that is.
func TestWhoComesAtTheEndIsTold(t *testing.T) {
	for _, first := range []bool{true, false} {
		b := &busy{asked: make(chan struct{}, 1)}
		a := newAnswering(t)
		if first {
			a.things = append([]flow.Thing{b}, a.things...)
			a.info.Nodes = append([]flow.Node{{Name: "busy"}}, a.info.Nodes...)
		} else {
			a.add("busy", b)
		}
		a.run()
		a.cancel()
		awaited(t, b.asked)
		got := make(chan string, 1)
		go func() { got <- a.post("/say/anna", "x") }()
		if text := awaited(t, got); text != "503 the program is stopping" {
			t.Errorf("got %s", text)
		}
	}
}
