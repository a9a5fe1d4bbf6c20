package mqtt_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/mqtt/witness"
)

// A schedule's message has an end: it is not sent when it is no longer wanted.
func TestExpiredMessageIsNotSent(t *testing.T) {
	t.Parallel()
	clock := flow.NewFakeClock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	b := newWitness(t)
	b.Set(witness.Faults{Refuse: 0x89})
	p := newPipe(t, b.URL(), 1, 1)
	p.out.Expiry = flow.Some(90 * time.Second)
	p.start(clock)
	p.until("a complaint", func() bool { return p.complaints() == 1 })
	p.send("out/x", "old")
	p.waitAlarms(clock, 1)
	clock.Advance(60 * time.Second)
	p.until("another complaint", func() bool { return p.complaints() == 2 })
	b.Set(witness.Faults{})
	p.send("out/x", "new")
	p.waitAlarms(clock, 1)
	clock.Advance(60 * time.Second)
	await(t, b, "one message", func() bool { return len(b.Messages()) == 1 })
	if m := b.Messages()[0]; m.Payload != "new" || m.Expiry != 30 {
		t.Errorf("published %+v", m)
	}
	p.until("the failure", func() bool {
		return slices.Contains(p.seen(), "failed: expired before the broker took it")
	})
}

// waitAlarms waits until n goroutines wait for the clock.
func (r *rig) waitAlarms(clock *flow.FakeClock, n int) {
	r.t.Helper()
	ctx, cancel := contextFor(patience)
	defer cancel()
	for clock.Alarms() < n {
		if ctx.Err() != nil {
			r.t.Fatalf("%d alarms, want %d", clock.Alarms(), n)
		}
		yield()
	}
}

// No confirmation for 10 s: the connection is dropped and the window resent.
func TestPublishDeadline(t *testing.T) {
	t.Parallel()
	clock := flow.NewFakeClock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 1)
	p.start(clock)
	await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 && b.Pings() == 1 })
	b.Set(faultsHold())
	p.send("out/x", "1")
	p.send("out/x", "2")
	await(t, b, "two on the way", func() bool { return b.Held() == 2 })
	b.Set(witness.Faults{})
	p.waitAlarms(clock, 2) // the pinger and the watch
	clock.Advance(10 * time.Second)
	p.until("the loss", func() bool { return p.logged("does not confirm what it was sent within 10 s; trying again in ") })
	p.waitAlarms(clock, 1)
	clock.Advance(time.Second)
	await(t, b, "both again", func() bool { return len(b.Messages()) == 4 })
	for i, m := range b.Messages()[2:] {
		if m.Payload != fmt.Sprint(i+1) || !m.Dup || m.Connection != 2 {
			t.Errorf("message %d: %+v", i, m)
		}
	}
	clean(t, b)
}

func TestDeadPeerIsNoticed(t *testing.T) {
	t.Parallel()
	clock := flow.NewFakeClock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 1)
	p.start(clock)
	// What comes in behind an answer to a ping tells that the answer was seen.
	mark := func(n int) {
		b.Publish("in/bed", fmt.Sprint(n), 1, false)
		p.until("the mark", func() bool { return len(p.seen()) == 2*n })
		p.waitAlarms(clock, 3) // the pinger, the watch, and the engine's look at what does not end
	}
	await(t, b, "a ping", func() bool { return b.Pings() == 1 && len(b.Subscribes()) == 1 })
	mark(1)
	clock.Advance(23 * time.Second)
	await(t, b, "a second ping", func() bool { return b.Pings() == 2 })
	mark(2)
	b.Set(witness.Faults{Mute: true})
	clock.Advance(23 * time.Second)
	p.waitAlarms(clock, 3)
	if p.logged("does not answer a ping") {
		t.Error("given up too early")
	}
	clock.Advance(23 * time.Second)
	p.until("the loss", func() bool { return p.logged("does not answer a ping") })
	p.until("disconnected", p.lost)
}
