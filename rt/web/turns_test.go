package web_test

import (
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/unit"
)

// Who comes faster than max_rate is told when to come back; the flow hears nothing of it
// but a count, and a fault for each flood.
func TestRouteMaxRate(t *testing.T) {
	a := newAnswering(t)
	a.route.MaxRate = flow.Some(unit.Frequency(0.4)) // one in 2.5 s
	a.run()
	for n, want := range []string{"200", "200", "429", "429"} {
		s, err := impatient.Post(a.url()+"/say/anna", "text/plain", strings.NewReader("x"))
		if err != nil {
			t.Fatal(err)
		}
		s.Body.Close()
		again := s.Header.Get("Retry-After")
		if !strings.HasPrefix(s.Status, want) || (want == "429") != (again == "3") {
			t.Errorf("request %d: %s, Retry-After %q", n, s.Status, again)
		}
	}
	a.clock.Advance(2500 * time.Millisecond)
	a.fails("requests come faster than max_rate")
	if got := a.post("/say/anna", "later"); got != "200 anna later" {
		t.Errorf("in time: %s", got)
	}
	a.at(func() {
		if c := a.engine.Counters(1); c.Accepted != 3 || c.Refused != 2 || !c.Holds() {
			t.Errorf("counters: %+v", c)
		}
	})
}
