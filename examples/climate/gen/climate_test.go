package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"flowc/examples/drive"
	"flowc/rt/flow"
	"flowc/rt/mqtt/witness"
)

// rig is the republisher with a broker that the test is the only other client of.
type rig struct {
	*drive.Program
	t      *testing.T
	broker *witness.Broker
	read   int
}

func newRig(t *testing.T) *rig {
	t.Helper()
	broker, err := witness.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(broker.Close)
	r := &rig{t: t, broker: broker}
	r.Program = drive.Run(t, info, func(e *flow.Engine) flow.Program {
		p := newProgram(e)
		p.home.URL = broker.URL()
		p.home.KeepAlive = 65535 * time.Second
		return p
	})
	if !broker.Wait(20*time.Second, func() bool { return len(broker.Subscribes()) == 1 }) {
		t.Fatal("no subscription")
	}
	return r
}

// say publishes what a station sends, waits until all that follows is confirmed, and gives what was published of it.
func (r *rig) say(place, payload string) (published []string) {
	r.t.Helper()
	before := r.Counters("raw").Accepted
	r.broker.Publish("stations/"+place+"/raw", payload, 1, false)
	r.Until("the reading is dealt with", func() bool {
		c := r.Engine.Counters(r.Node("raw"))
		return c.Accepted > before && c.InFlight == 0
	})
	all := r.broker.Messages()
	for _, m := range all[r.read:] {
		published = append(published, m.Topic+" "+m.Payload)
		if !m.Retain {
			r.t.Errorf("%s is not retained", m.Topic)
		}
	}
	slices.Sort(published) // between two sinks there is no order
	r.read = len(all)
	return published
}

func TestRepublishedInOtherUnits(t *testing.T) {
	r := newRig(t)
	got := r.say("attic", `{"temp_f": 70.5, "hum": 44.6, "baro_psi": 14.7, "wind": 10, "model": "WS-9"}`)
	want := []string{
		`climate/attic {"temperature":21.4,"humidity":45,"pressure":1013.5,"wind":4.5}`,
		`climate/attic/text attic: 21.4 °C, 45 %, steady`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("published\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	got = r.say("cellar", `{"temp_f": 23, "hum": 90, "baro_psi": 14.7}`)
	if len(got) != 2 || !strings.HasSuffix(got[0], `"wind":0}`) || !strings.Contains(got[1], "cellar: -5 °C") {
		t.Errorf("without wind: %q", got)
	}
}

func TestTrend(t *testing.T) {
	r := newRig(t)
	trend := func(temperature, want string) {
		t.Helper()
		got := r.say("roof", `{"temp_f": `+temperature+`, "hum": 50, "baro_psi": 14.7}`)
		if len(got) != 2 || !strings.HasSuffix(got[1], ", "+want) {
			t.Errorf("at %s °F: %q, want %s", temperature, got, want)
		}
		r.Advance(2 * time.Minute)
	}
	trend("60", "steady")
	trend("60.2", "steady")
	trend("66", "rising")
	trend("50", "falling")
}

// A broken cable, a foreign message and a place that cannot be a topic: nothing is published, and the last two are
// faults with their place.
func TestNonsenseIsNotPublished(t *testing.T) {
	r := newRig(t)
	for _, payload := range []string{`{"temp_f": -400, "hum": 50, "baro_psi": 14.7}`, `{"temp_f": "warm"}`, `hello`} {
		if got := r.say("attic", payload); len(got) != 0 {
			t.Errorf("%s: published %q", payload, got)
		}
	}
	f := r.Faults()
	if len(f) != 2 || !strings.Contains(f[0], "climate.hcl:18 raw: ") || !strings.Contains(f[0], "temp_f: expected a number, found \"warm\"") {
		t.Errorf("faults: %q", f)
	}
}
