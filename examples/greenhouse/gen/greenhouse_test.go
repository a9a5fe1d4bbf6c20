package main

import (
	"strings"
	"testing"
	"time"

	"flowc/examples/drive"
	"flowc/rt/flow"
	"flowc/rt/mqtt/witness"
)

const pumpPin = 22

// garden is the greenhouse with a broker that the test is the only other client of.
type garden struct {
	*drive.Program
	t      *testing.T
	broker *witness.Broker
	flow   *Program
}

func newGarden(t *testing.T) *garden {
	t.Helper()
	broker, err := witness.New()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(broker.Close)
	g := &garden{t: t, broker: broker}
	g.Program = drive.Run(t, info, func(e *flow.Engine) flow.Program {
		g.flow = newProgram(e)
		g.flow.home.URL = broker.URL()
		// Hours pass here in a moment: too fast for pings.
		g.flow.home.KeepAlive = 65535 * time.Second
		return g.flow
	})
	if !broker.Wait(20*time.Second, func() bool { return len(broker.Subscribes()) == 1 }) {
		t.Fatal("the greenhouse does not subscribe")
	}
	// What comes through shows that the subscription is confirmed; before, a leap of the clock would end the connection.
	g.say("well", `{"moisture": 99}`)
	return g
}

// say publishes a reading and waits until the greenhouse has dealt with it.
func (g *garden) say(bed, payload string) {
	g.t.Helper()
	before := g.Counters("soil").Accepted
	g.broker.Publish("garden/"+bed+"/soil", payload, 1, false)
	g.Until("the message is taken", func() bool {
		c := g.Engine.Counters(g.Node("soil"))
		return c.Accepted > before && c.InFlight == 0
	})
}

func (g *garden) pump(want bool, when string) {
	g.t.Helper()
	if g.On(pumpPin) != want {
		g.t.Errorf("%s the pump is on: %t, want %t\n%s", when, !want, want, g.Log())
	}
}

func TestDrySoilRunsThePump(t *testing.T) {
	g := newGarden(t)
	g.Advance(30 * time.Minute) // after a start it rests: it may have run a moment ago
	g.pump(false, "without a reading")
	g.say("tomatoes", `{"moisture": 40}`)
	g.pump(false, "at 40 %")
	g.say("tomatoes", `{"moisture": 12}`)
	g.pump(true, "at 12 %")
	g.say("tomatoes", `{"moisture": 40}`)
	g.pump(true, "at 40 % after it was dry: not yet above 45 %")
	g.say("tomatoes", `{"moisture": 46}`)
	g.pump(false, "at 46 %")
}

func TestMaxOnAndRest(t *testing.T) {
	g := newGarden(t)
	g.say("tomatoes", `{"moisture": 12}`)
	g.pump(false, "within half an hour after the start")
	g.Advance(30 * time.Minute)
	g.pump(true, "after the rest")
	g.Advance(10*time.Minute - time.Millisecond)
	g.pump(true, "just before ten minutes")
	g.Advance(time.Millisecond)
	g.pump(false, "after ten minutes")
	if f := g.Faults(); len(f) != 1 || !strings.Contains(f[0], "greenhouse.hcl:29 pump: max_on") {
		t.Errorf("the cut is not told: %q", f)
	}
	g.Advance(30*time.Minute - time.Millisecond)
	g.pump(false, "while it rests")
	g.Advance(time.Millisecond)
	g.pump(true, "after its rest, still dry")
}

func TestSilenceStopsThePump(t *testing.T) {
	g := newGarden(t)
	g.Advance(time.Hour)
	g.say("tomatoes", `{"moisture": 12}`)
	g.Advance(5 * time.Minute)
	g.say("tomatoes", `{"moisture": 13}`)
	// Ten minutes on, thirty off: two hours after that reading it is in the middle of a run.
	g.Advance(2*time.Hour - time.Millisecond)
	g.pump(true, "just before two hours of silence")
	g.Advance(time.Millisecond)
	g.pump(false, "after two hours of silence")
	g.Advance(3 * time.Hour)
	g.pump(false, "hours later")
}

// A sensor that sends only what `good` turns away must not keep the pump running.
func TestRejectedReadingsGoStale(t *testing.T) {
	g := newGarden(t)
	g.Advance(time.Hour)
	g.say("tomatoes", `{"moisture": 12}`)
	for range 4 {
		g.Advance(30 * time.Minute)
		g.say("tomatoes", `{"moisture": 0.2}`)
		g.say("tomatoes", `{"moisture": 20, "battery": 2.5}`)
	}
	g.pump(false, "after two hours of nonsense")
}

// Each bed has a switch of its own, and one dry bed is enough.
func TestBedsAreApart(t *testing.T) {
	g := newGarden(t)
	g.Advance(time.Hour)
	g.say("tomatoes", `{"moisture": 12}`)
	g.say("beans", `{"moisture": 80}`)
	g.pump(true, "with one dry bed")
	g.say("beans", `{"moisture": 40}`)
	g.say("tomatoes", `{"moisture": 50}`)
	g.pump(false, "with beans at 40 % that never were dry")
	g.Advance(30 * time.Minute)
	g.say("beans", `{"moisture": 29}`)
	g.pump(true, "with dry beans")
}

func TestBrokenPayloadChangesNothing(t *testing.T) {
	g := newGarden(t)
	g.Advance(time.Hour)
	g.say("tomatoes", `{"moisture": 12}`)
	for _, payload := range []string{`{"moisture": "wet"}`, `{"moisture": 80`, `{"battery": 3}`, `{"moisture": 80, "moisture": 81}`, ``} {
		before := len(g.Faults())
		g.say("tomatoes", payload)
		g.say("lettuce", payload)
		g.pump(true, "after the payload "+payload)
		for _, f := range g.Faults()[before:] {
			if !strings.HasPrefix(f, `greenhouse.hcl:14 soil: a message on "garden/`) {
				t.Errorf("the fault has no place: %q", f)
			}
		}
		if n := len(g.Faults()) - before; n != 2 {
			t.Errorf("%d faults for two payloads %s", n, payload)
		}
	}
	g.At(func() {
		if n := g.flow.byBed.Len(); n != 2 {
			t.Errorf("a broken payload made a bed: there are %d", n)
		}
	})
	if c := g.Counters("soil"); c.Accepted != 12 || c.Dead != 10 || !c.Holds() {
		t.Errorf("counters: %+v", c)
	}
}

func TestStopLeavesThePumpOff(t *testing.T) {
	g := newGarden(t)
	g.Advance(time.Hour)
	g.say("tomatoes", `{"moisture": 12}`)
	g.pump(true, "at 12 %")
	g.Stop()
	if g.Pins.Level(pumpPin) {
		t.Error("the program left the pump on")
	}
}
