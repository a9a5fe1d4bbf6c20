package flow_test

import (
	"testing"
	"time"

	"flowc/rt/flow"
)

const confined = ": quarantined: it was stopped three times within a minute; its outputs are safe or not ready until the program starts again"

// chain is a sensor, an equation on it and a pump that follows, as generated code
// has them; the equation and the parts of the pump break down on demand.
type chain struct {
	*rig
	sensor, pump   *fake
	equation, want *step
	bad            string
	dry, on        flow.Value[bool]
	line, ended    bool
}

func newChain(t *testing.T) *chain {
	c := &chain{sensor: &fake{}, pump: &fake{}}
	breaks := func(where string) {
		if c.bad == where {
			panic("boom")
		}
	}
	c.sensor.react = func(h *flow.Host, w flow.Wake) {
		breaks("sensor")
		c.mark(0)
	}
	c.equation = &step{
		run: func(flow.Tick) {
			breaks("equation")
			if c.dry.Set(c.Pass, true) {
				c.mark(1)
			}
		},
		reset: func() {
			if c.dry.Unset(c.Pass) {
				c.mark(1)
			}
		},
	}
	c.want = &step{run: func(flow.Tick) {
		breaks("decide")
		if c.on.Set(c.Pass, c.dry.Val().Or(false)) {
			c.moved |= 2
		}
	}}
	c.pump.react = func(h *flow.Host, w flow.Wake) {
		if w.Why == flow.OnDone {
			breaks("done")
			c.ended = true
			h.End(w.Effect, flow.OutcomeDelivered)
		}
		c.mark(1)
	}
	c.pump.apply = func(*flow.Host) {
		breaks("apply")
		c.line = c.on.V
	}
	c.pump.safe = func() error { c.line = false; return nil }
	c.rig = newRig(t, []*fake{c.sensor, c.pump}, []*step{c.equation, c.want})
	return c
}

// breakDown lets a part break down n times, one every d.
func (c *chain) breakDown(where string, n int, d time.Duration) {
	for range n {
		c.bad = where
		c.dry.Unset(c.Pass)
		c.on.Unset(c.Pass)
		c.mark(0, 1)
		c.occur(0)
		c.bad = ""
		c.clock.Advance(d)
	}
}

func TestThreePanicsInAMinuteQuarantine(t *testing.T) {
	for part, node := range map[string]string{"sensor": "thing0", "equation": "step0", "apply": "thing1"} {
		t.Run(part, func(t *testing.T) {
			c := newChain(t)
			c.started()
			if !c.line {
				t.Fatal("the pump is off at first")
			}
			c.breakDown(part, 3, 20*time.Second)
			panicked := node + ": stopped by boom"
			c.faulted(panicked, panicked, panicked, node+confined)
			c.bad = ""
			for range 3 {
				c.occur(0)
			}
			c.faulted()
			// That what a sensor said no longer holds is the program's to say: Halt.
			if c.line && part != "sensor" {
				t.Error("the pump is on")
			}
			if n := c.Counters(0).Dead; part != "apply" && n != 6 {
				t.Errorf("%d of 6 occurrences are dead", n)
			}
			c.holds()
		})
	}
}

func TestPanicsFarApartDoNotQuarantine(t *testing.T) {
	c := newChain(t)
	c.started()
	c.breakDown("equation", 10, 30*time.Second)
	c.occur(0)
	if !c.line || len(c.faults) != 10 {
		t.Errorf("on is %v after %q", c.line, c.faults)
	}
}

// An input of an actuator that is quarantined takes the actuator with it, which
// is driven safe whatever it was commanded.
func TestQuarantinedInputPutsItsActuatorSafe(t *testing.T) {
	c := newChain(t)
	c.rig.engine(c.clock)
	c.Info().Nodes[3].Name, c.Info().Nodes[3].Kind = "thing1", "relay"
	if err := c.Engine.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.end)
	c.breakDown("decide", 2, time.Second)
	c.bad = ""
	c.mark(0, 1)
	c.occur(0)
	if !c.line {
		t.Fatal("the pump is off before the third panic")
	}
	c.bad = "decide"
	c.mark(1)
	c.occur(0)
	if c.line {
		t.Error("the pump was left on")
	}
	c.bad = ""
	c.moved |= 2
	c.mark(0, 1)
	c.occur(0)
	if c.line {
		t.Error("the pump is driven, though it is quarantined")
	}
}

// What a quarantined thing began is over when it ends: nobody waits for it.
func TestEffectsOfAQuarantinedThingEnd(t *testing.T) {
	c := newChain(t)
	var effects []flow.Token
	react := c.sensor.react
	c.sensor.react = func(h *flow.Host, w flow.Wake) {
		react(h, w)
		if w.Why == flow.OnInput {
			effects = append(effects, h.Begin())
		}
	}
	c.started()
	for range 5 {
		c.occur(0)
	}
	c.bad = "done"
	for _, k := range effects {
		c.Hosts[1].Done(k)
		c.Settle()
	}
	if got := c.Counters(0); got != (flow.Counters{Accepted: 5, Dead: 5}) || c.ended {
		t.Errorf("%+v, ended %v", got, c.ended)
	}
}

// halting is a program that takes back what a quarantined thing says.
type halting struct {
	*program
	halted []int32
}

func (h *halting) Halt(node int32) { h.halted = append(h.halted, node) }

func TestProgramHearsOfAQuarantinedThing(t *testing.T) {
	r := newRig(t, []*fake{{react: boom}}, nil)
	h := &halting{program: r.program}
	e := flow.NewEngine(r.clock, flow.Info{Nodes: []flow.Node{{Name: "door"}}}, flow.Output{}, func(e *flow.Engine) flow.Program {
		r.Engine = e
		return h
	})
	t.Cleanup(r.end)
	for range 5 {
		e.Hosts[0].Wake()
	}
	e.Settle()
	if len(h.halted) != 1 || h.halted[0] != 0 {
		t.Errorf("halted %d", h.halted)
	}
}

// A thing that holds effects lets go of them at once, and of those that come.
func TestQuarantinedThingLetsGo(t *testing.T) {
	c := newChain(t)
	var held []flow.Token
	confined := 0
	c.pump.start = func(h *flow.Host) error {
		h.Confined(func(flow.Wake) {
			confined++
			for _, k := range held {
				h.End(k, flow.OutcomeDead)
			}
			held = nil
		})
		return nil
	}
	react := c.sensor.react
	c.sensor.react = func(h *flow.Host, w flow.Wake) {
		react(h, w)
		if w.Why == flow.OnInput {
			held = append(held, c.Hosts[1].Begin())
			c.Hosts[1].Filed()
		}
	}
	c.started()
	c.occur(0)
	c.bad = "done"
	for range 3 {
		c.Hosts[1].Done(0)
		c.Settle()
	}
	if got := c.Counters(0); got != (flow.Counters{Accepted: 1, Dead: 1}) {
		t.Errorf("%+v", got)
	}
	c.occur(0)
	c.Hosts[1].Done(0)
	c.Settle()
	if got := c.Counters(0); got != (flow.Counters{Accepted: 2, Dead: 2}) || confined != 2 {
		t.Errorf("%+v, let go %d times", got, confined)
	}
	c.holds()
}
