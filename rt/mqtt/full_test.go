package mqtt_test

import (
	"strings"
	"testing"

	"flowc/rt/flow"
	"flowc/rt/mqtt/witness"
)

func TestLatestAcknowledgesWhatItDrops(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 1)
	p.in.OnFull = flow.Latest
	hold := make(chan struct{})
	first := true
	step := p.step
	p.step = func(r *rig) {
		if p.in.Self.Happened(r.engine.Pass) && first {
			first = false
			r.saw("holding")
			<-hold
		}
		step(r)
	}
	p.start(flow.SystemClock())
	await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
	b.Publish("in/bed", "first", 1, false)
	p.until("the first", func() bool { return len(p.seen()) == 1 })
	for _, n := range numbers(10) {
		b.Publish("in/bed", n, 1, false)
	}
	close(hold)
	await(t, b, "eleven acknowledgements", func() bool { return len(b.Acks()) == 11 })
	c := p.counters(nodeIn)
	if c.Accepted+c.Refused != 11 || c.Refused == 0 || !c.Holds() {
		t.Errorf("counters: %+v", c)
	}
	if got := payloads(b.Messages(), "out/"); got[len(got)-1] != "9" {
		t.Errorf("sent: %q", got)
	}
	clean(t, b)
}

// More than an inbox holds: under `block` the rest waits without
// acknowledgement, and nothing is lost.
func TestBlockHoldsBackWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 0)
	hold := make(chan struct{})
	first := true
	p.step = func(r *rig) {
		if p.in.Self.Happened(r.engine.Pass) {
			if first {
				first = false
				<-hold
			}
			r.saw(p.in.Self.V[:1])
		}
	}
	p.start(flow.SystemClock())
	await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
	large := strings.Repeat("x", 200<<10) // five of them fill an inbox
	for i := range 12 {
		payload := string(rune('a' + i))
		if i%4 != 3 { // the others would fit in, and must not overtake
			payload += large
		}
		b.Publish("in/bed", payload, 1, false)
	}
	b.Inject([]byte{0x30, 4, 0, 1, 'z', 0}) // for nobody: its warning tells that the others have come
	p.until("the end of the queue", func() bool { return p.logged("a subscription that this program does not have") })
	close(hold)
	p.until("all", func() bool { return len(p.seen()) == 12 })
	await(t, b, "all acknowledged", func() bool { return b.Unconfirmed("garden") == 0 })
	if got := strings.Join(p.seen(), ""); got != "abcdefghijkl" {
		t.Errorf("seen %s", got)
	}
	if c := p.counters(nodeIn); c.Accepted != 12 || c.Refused != 0 || !c.Holds() {
		t.Errorf("counters: %+v", c)
	}
}

// More waits for the broker than an mqtt_out may keep. What another broker waits for is
// not dropped, since it would be acknowledged and lost; what nobody can hold back is.
func TestWhatIsWaitedForIsNotDropped(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 1)
	b.Set(witness.Faults{HoldAcks: true})
	large := strings.Repeat("x", 300<<10)
	p.step = func(r *rig) {
		if p.in.Self.Happened(r.engine.Pass) {
			p.out.Topic.V, p.out.Send.V = "out/bed", p.in.Self.V+large
			p.out.Shoot(r.engine.Hosts[nodeOut])
		}
	}
	p.start(flow.SystemClock())
	await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
	const messages = 64 // at 300 KB each, 16 MB are full after 54
	for _, n := range numbers(messages) {
		b.Publish("in/bed", n+" ", 1, false)
	}
	p.until("all", func() bool { return p.counters(nodeIn).Accepted == messages })
	if c := p.counters(nodeIn); c.InFlight != messages || len(p.failures()) > 0 {
		t.Errorf("counters: %+v, faults: %q", c, p.failures())
	}
	p.send("out/own", "own"+large)
	if c := p.counters(nodeOut); c.Refused != 1 || len(p.failures()) != 1 {
		t.Errorf("counters: %+v, faults: %q", c, p.failures())
	}
	b.Release()
	await(t, b, "all acknowledged", func() bool { return b.Unconfirmed("garden") == 0 && len(b.Acks()) == messages })
	if got := len(payloads(b.Messages(), "out/bed")); got != messages {
		t.Errorf("%d arrived", got)
	}
	if c := p.counters(nodeIn); c.Delivered != messages || !c.Holds() {
		t.Errorf("counters: %+v", c)
	}
	clean(t, b)
}
