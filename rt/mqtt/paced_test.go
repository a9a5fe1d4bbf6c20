package mqtt_test

import (
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/unit"
)

// What comes faster than max_rate stays with the broker: it has no acknowledgement, and
// nothing is lost or overtakes.
func TestMaxRateHoldsBack(t *testing.T) {
	t.Parallel()
	clock := flow.NewFakeClock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 1)
	p.in.MaxRate = flow.Some(unit.Frequency(0.2))
	p.start(clock)
	await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
	for _, n := range numbers(5) {
		b.Publish("in/bed", n, 1, false)
	}
	await(t, b, "two acknowledgements", func() bool { return len(b.Acks()) == 2 })
	b.Inject([]byte{0x30, 4, 0, 1, 'z', 0}) // for nobody: its warning tells that all have come
	p.until("the end of the queue", func() bool { return p.logged("a subscription that this program does not have") })
	for n := 3; n <= 5; n++ {
		if got := len(b.Acks()); got != n-1 {
			t.Fatalf("%d acknowledgements, want %d", got, n-1)
		}
		clock.Advance(4 * time.Second)
		clock.Advance(time.Second)
		await(t, b, "one more acknowledgement", func() bool { return len(b.Acks()) == n })
	}
	if c := p.counters(nodeIn); c.Accepted != 5 || c.Refused != 0 || !c.Holds() {
		t.Errorf("counters: %+v", c)
	}
	clean(t, b)
}

// One of QoS 0 cannot wait: it is lost, counted, and told of once.
func TestMaxRateLosesWhatCannotWait(t *testing.T) {
	t.Parallel()
	clock := flow.NewFakeClock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	b := newWitness(t)
	p := newPipe(t, b.URL(), 0, 1)
	p.in.MaxRate = flow.Some(unit.Frequency(0.2))
	p.start(clock)
	await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
	for _, n := range numbers(5) {
		b.Publish("in/bed", n, 0, false)
	}
	b.Inject([]byte{0x30, 4, 0, 1, 'z', 0})
	p.until("the end of the queue", func() bool { return p.logged("a subscription that this program does not have") })
	p.until("the first two", func() bool { return p.counters(nodeIn).Delivered == 2 })
	clock.Advance(5 * time.Second)
	p.until("the count of the others", func() bool { return p.counters(nodeIn).Refused == 3 })
	if got := p.failures(); len(got) != 1 {
		t.Errorf("faults: %q", got)
	}
	b.Publish("in/bed", "later", 0, false)
	p.until("the next", func() bool { return p.counters(nodeIn).Accepted == 3 })
}
