package mqtt_test

import (
	"fmt"
	"slices"
	"testing"

	"flowc/rt/flow"
)

func TestEveryQoSBothWays(t *testing.T) {
	t.Parallel()
	for _, qosIn := range []int64{0, 1, 2} {
		for _, qosOut := range []int64{0, 1, 2} {
			t.Run(fmt.Sprintf("in %d out %d", qosIn, qosOut), func(t *testing.T) {
				b := newWitness(t)
				p := newPipe(t, b.URL(), qosIn, qosOut)
				p.start(flow.SystemClock())
				await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
				for i := range 5 {
					b.Publish("in/bed/x", fmt.Sprint(i), 2, false)
				}
				await(t, b, "five messages", func() bool { return len(b.Messages()) == 5 })
				for i, m := range b.Messages() {
					if m.Topic != "out/bed" || m.Payload != fmt.Sprint(i) || m.QoS != byte(qosOut) || m.Dup {
						t.Errorf("message %d: %+v", i, m)
					}
				}
				await(t, b, "all acknowledgements", func() bool { return b.Unconfirmed("garden") == 0 })
				p.until("five sent", func() bool {
					c := p.counters(nodeIn)
					return c.Accepted == 5 && c.Delivered == 5 && c.InFlight == 0 && c.Holds()
				})
				clean(t, b)
			})
		}
	}
}

func TestMessageIsAcknowledgedOnlyWhenItsSendIsConfirmed(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 1)
	p.start(flow.SystemClock())
	await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
	b.Set(faultsHold())
	b.Publish("in/bed", "1", 1, false)
	b.Publish("in/bed", "2", 1, false)
	await(t, b, "both on the way", func() bool { return b.Held() == 2 })
	if n := len(b.Acks()); n != 0 {
		t.Fatalf("%d messages were acknowledged before what followed from them", n)
	}
	b.Release()
	await(t, b, "the acknowledgements", func() bool { return len(b.Acks()) == 2 })
	clean(t, b)
}

func TestMessagesAreAcknowledgedInTheOrderTheyCame(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 1)
	// The first message waits for its send; the second has nothing to wait for.
	step := p.step
	p.step = func(r *rig) {
		if p.in.Self.Happened(r.engine.Pass) && p.in.Self.V == "quick" {
			r.saw("quick")
			return
		}
		step(r)
	}
	p.start(flow.SystemClock())
	await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
	b.Set(faultsHold())
	b.Publish("in/bed", "slow", 1, false)
	b.Publish("in/bed", "quick", 1, false)
	p.until("both", func() bool { return slices.Contains(p.seen(), "quick") })
	await(t, b, "the slow one on its way", func() bool { return b.Held() == 1 })
	if n := len(b.Acks()); n != 0 {
		t.Fatalf("%d acknowledgements overtook", n)
	}
	b.Release()
	await(t, b, "the acknowledgements", func() bool { return len(b.Acks()) == 2 })
	clean(t, b)
}

func TestBrokenPayloadIsAFaultAndIsAcknowledged(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 1)
	p.start(flow.SystemClock())
	await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
	b.Publish("in/bed", "bad", 1, false)
	b.Publish("in/bed", "good", 1, false)
	await(t, b, "the acknowledgements", func() bool { return len(b.Acks()) == 2 })
	want := `soil: a message on "in/bed" does not fit: moisture: expected a number, found "wet"`
	if got := p.failures(); !slices.Equal(got, []string{want}) {
		t.Errorf("faults: %q", got)
	}
	c := p.counters(nodeIn)
	if c.Dead != 1 || c.Delivered != 1 || !c.Holds() {
		t.Errorf("counters: %+v", c)
	}
	if got := payloads(b.Messages(), "out/"); !slices.Equal(got, []string{"good"}) {
		t.Errorf("sent: %q", got)
	}
}

func TestRetainedCommandIsIgnored(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	b.Publish("in/door", "open", 1, true)
	p := newPipe(t, b.URL(), 1, 1)
	p.in.Kind = flow.NatureCommand
	p.start(flow.SystemClock())
	await(t, b, "the acknowledgement", func() bool { return len(b.Acks()) == 1 })
	b.Publish("in/door", "close", 1, false)
	await(t, b, "a send", func() bool { return len(b.Messages()) == 1 })
	if got := p.seen(); got[0] != "door=close" {
		t.Errorf("seen: %q", got)
	}
}

func TestRetainedReadingIsTakenWithItsMeta(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	b.Publish("in/bed/soil", "12", 1, true)
	p := newPipe(t, b.URL(), 1, 1)
	p.start(flow.SystemClock())
	p.until("the reading", func() bool { return len(p.seen()) > 0 })
	p.at(func() {
		m := p.in.Meta
		if m.Topic != "in/bed/soil" || !m.Retained || m.QoS != 1 {
			t.Errorf("meta: %+v", m)
		}
		if !p.in.Self.OK || p.in.Self.V != "12" {
			t.Errorf("level: %+v", p.in.Self)
		}
	})
}

// Two things with one filter share a subscription; with overlapping filters
// each message comes once for each.
func TestThingsWithTheSameAndWithOverlappingFilters(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	r := newRig(t)
	home := broker(b.URL())
	r.add("home", home)
	filters := []string{"a/+", "a/{x}", "a/#"}
	for _, f := range filters {
		thing := in(home, f, 1)
		r.add(f, thing)
		step := r.step
		r.step = func(r *rig) {
			step(r)
			if thing.Self.Happened(r.engine.Pass) {
				r.saw(f + " " + thing.Self.V)
			}
		}
	}
	r.start(flow.SystemClock())
	await(t, b, "two subscriptions", func() bool { return len(b.Subscribes()) == 2 })
	b.Publish("a/1", "x", 1, false)
	r.until("three", func() bool { return len(r.seen()) == 3 })
	got := r.seen()
	slices.Sort(got)
	if !slices.Equal(got, []string{"a/# x", "a/+ x", "a/{x} x"}) {
		t.Errorf("seen: %q", got)
	}
	await(t, b, "all acknowledgements", func() bool { return b.Unconfirmed("garden") == 0 })
	clean(t, b)
}
