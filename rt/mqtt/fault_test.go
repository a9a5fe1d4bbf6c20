package mqtt_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"flowc/rt/flow"
	"flowc/rt/mqtt"
	"flowc/rt/mqtt/witness"
)

func faultsHold() witness.Faults { return witness.Faults{HoldAcks: true} }

func connected(b *witness.Broker) func() bool { return func() bool { return b.Connected() == 1 } }

func numbers(n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = fmt.Sprint(i)
	}
	return list
}

// What is unconfirmed when the connection is lost is sent again, in order, and
// as a repetition; for QoS 2 with nothing doubled.
func TestUnconfirmedAreSentAgainInOrder(t *testing.T) {
	t.Parallel()
	for _, qos := range []int64{1, 2} {
		t.Run(fmt.Sprint("QoS ", qos), func(t *testing.T) {
			b := newWitness(t)
			p := newPipe(t, b.URL(), 1, qos)
			p.start(flow.SystemClock())
			await(t, b, "a connection", connected(b))
			b.Set(faultsHold())
			for _, n := range numbers(20) {
				p.send("out/x", n)
			}
			await(t, b, "twenty on the way", func() bool { return len(b.Messages()) == 20 })
			b.Set(witness.Faults{})
			b.Cut()
			await(t, b, "twenty again", func() bool { return len(b.Messages()) == 40 })
			for i, m := range b.Messages()[20:] {
				if m.Payload != fmt.Sprint(i) || !m.Dup || m.Connection != 2 || m.ID != b.Messages()[i].ID {
					t.Errorf("message %d: %+v", i, m)
				}
			}
			p.until("all confirmed", func() bool { return len(p.seen()) == 20 })
			clean(t, b)
		})
	}
}

// QoS 2 goes on where it was: what the broker had taken is only released.
func TestReleaseIsRepeatedNotTheMessage(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 2)
	p.start(flow.SystemClock())
	await(t, b, "a connection", func() bool { return b.Pings() == 1 })
	b.Set(witness.Faults{DropAt: 5}) // CONNECT, SUBSCRIBE, PINGREQ, PUBLISH, PUBREL
	p.send("out/x", "once")
	await(t, b, "a second connection", func() bool { return len(b.Connects()) == 2 })
	p.until("the end", func() bool { return slices.Contains(p.seen(), "sent") })
	if n := len(b.Messages()); n != 1 {
		t.Errorf("published %d times: %+v", n, b.Messages())
	}
	clean(t, b)
}

// What an earlier process left half done at QoS 2 is not mistaken for a new
// message with the same packet identifier.
func TestHalfDoneMessageOfAnEarlierProcess(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	old := newPipe(t, b.URL(), 1, 2)
	old.start(flow.SystemClock())
	await(t, b, "a connection", func() bool { return b.Pings() == 1 })
	b.Set(witness.Faults{DropAt: 5, Refuse: 0x89}) // CONNECT, SUBSCRIBE, PINGREQ, PUBLISH, PUBREL; and no other CONNECT
	old.send("out/x", "old")
	await(t, b, "the old message, and the loss", func() bool { return len(b.Messages()) == 1 && b.Connected() == 0 })
	old.stop()
	b.Set(witness.Faults{})

	p := newPipe(t, b.URL(), 2, 2)
	p.start(flow.SystemClock())
	await(t, b, "the new process", func() bool { return len(b.Subscribes()) == 2 })
	b.Publish("in/bed", "new", 2, false)
	await(t, b, "the new message", func() bool { return len(b.Messages()) == 2 })
	if first, second := b.Messages()[0], b.Messages()[1]; first.ID != second.ID {
		t.Fatalf("packet ids %d and %d: nothing is tested", first.ID, second.ID)
	}
	p.until("its end", func() bool { return slices.Contains(p.seen(), "sent") })
	if n := b.Routed("out/bed"); n != 1 {
		t.Errorf("the broker took the new message %d times", n)
	}
	clean(t, b)
}

// A broker that has forgotten the session is asked for everything again, and
// what it had not confirmed is new to it.
func TestForgottenSession(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 1)
	p.start(flow.SystemClock())
	await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
	p.waitGranted()
	b.Set(faultsHold())
	for _, n := range numbers(5) {
		p.send("out/x", n)
	}
	await(t, b, "five on the way", func() bool { return len(b.Messages()) == 5 })
	b.Set(witness.Faults{})
	b.Forget()
	await(t, b, "five again", func() bool { return len(b.Messages()) == 10 })
	for i, m := range b.Messages()[5:] {
		if m.Payload != fmt.Sprint(i) || m.Dup {
			t.Errorf("message %d: %+v", i, m)
		}
	}
	await(t, b, "the second subscription", func() bool { return len(b.Subscribes()) == 2 })
	b.Publish("in/bed", "after", 1, false)
	await(t, b, "what followed", func() bool { return slices.Contains(payloads(b.Messages(), "out/bed"), "after") })
	first, second := b.Subscribes()[0], b.Subscribes()[1]
	if first.Identifier == 0 || first.Identifier != second.Identifier || first.Filter != "in/+/#" {
		t.Errorf("subscriptions: %+v %+v", first, second)
	}
	if first.RetainHandling != 0 || second.RetainHandling != 1 {
		t.Errorf("retain handling %d, then %d", first.RetainHandling, second.RetainHandling)
	}
	if c := b.Connects()[1]; c.CleanStart || *c.Properties.SessionExpiryInterval != 86400 || *c.Properties.ReceiveMaximum != 64 {
		t.Errorf("connect: %+v", c)
	}
	clean(t, b)
}

// What was not acknowledged when the connection was lost comes again, and is
// acknowledged there only.
func TestAcknowledgementsKeepToTheirConnection(t *testing.T) {
	t.Parallel()
	for _, qos := range []int64{1, 2} {
		t.Run(fmt.Sprint("QoS ", qos), func(t *testing.T) {
			b := newWitness(t)
			p := newPipe(t, b.URL(), qos, 1)
			p.start(flow.SystemClock())
			await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
			b.Set(faultsHold())
			for _, n := range numbers(5) {
				b.Publish("in/bed", n, byte(qos), false)
			}
			await(t, b, "five on the way", func() bool { return b.Held() == 5 })
			b.Set(witness.Faults{})
			b.Cut()
			await(t, b, "all acknowledged", func() bool {
				return len(b.Connects()) == 2 && b.Unconfirmed("garden") == 0
			})
			for _, a := range b.Acks() {
				if a.Connection != 2 {
					t.Errorf("acknowledged on connection %d: %+v", a.Connection, a)
				}
			}
			if qos == 2 && len(p.payloadsIn()) != 5 {
				t.Errorf("QoS 2 came %d times: %q", len(p.payloadsIn()), p.payloadsIn())
			}
			clean(t, b)
		})
	}
}

func (p *pipe) payloadsIn() (list []string) {
	for _, s := range p.seen() {
		if strings.HasPrefix(s, "bed=") {
			list = append(list, s)
		}
	}
	return list
}

// Whatever packet the connection is cut at, everything arrives.
func TestCutAtEveryPacket(t *testing.T) {
	for cut := 4; cut <= 30; cut++ {
		t.Run(fmt.Sprint(cut), func(t *testing.T) {
			t.Parallel()
			b := newWitness(t)
			p := newPipe(t, b.URL(), 2, 2)
			p.start(flow.SystemClock())
			await(t, b, "a subscription", func() bool { return len(b.Subscribes()) >= 1 })
			b.Set(witness.Faults{DropAt: cut})
			for _, n := range numbers(6) {
				b.Publish("in/bed", n, 2, false)
			}
			await(t, b, "all six", func() bool {
				return len(payloads(b.Messages(), "out/")) == 6 && b.Unconfirmed("garden") == 0
			})
			if got := payloads(b.Messages(), "out/"); !slices.Equal(got, numbers(6)) {
				t.Errorf("sent %q", got)
			}
			if n := len(p.payloadsIn()); n != 6 {
				t.Errorf("%d messages of QoS 2 came in", n)
			}
			clean(t, b)
		})
	}
}

// A broker without subscription identifiers leaves the matching to us.
func TestWithoutSubscriptionIdentifiers(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	b.Set(witness.Faults{NoIdentifiers: true})
	p := newPipe(t, b.URL(), 1, 1)
	p.start(flow.SystemClock())
	await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
	if id := b.Subscribes()[0].Identifier; id != 0 {
		t.Errorf("identifier %d", id)
	}
	b.Publish("in/bed", "1", 1, false)
	await(t, b, "what followed", func() bool { return len(b.Messages()) == 1 })
}

// What an earlier version of the program had subscribed to is acknowledged and
// ignored.
func TestMessageForAForgottenFilter(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	old := newRig(t)
	home := broker(b.URL())
	old.add("home", home)
	old.add("other", in(home, "other/#", 1))
	old.start(flow.SystemClock())
	await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
	old.stop()

	p := newPipe(t, b.URL(), 1, 1)
	p.start(flow.SystemClock())
	await(t, b, "a new subscription", func() bool { return len(b.Subscribes()) == 2 })
	b.Publish("other/x", "1", 1, false)
	await(t, b, "the acknowledgement", func() bool { return len(b.Acks()) == 1 })
	p.until("the warning", func() bool { return p.logged("a subscription that this program does not have") })
	if c := p.counters(nodeIn); c.Accepted != 0 {
		t.Errorf("counters: %+v", c)
	}
}

var _ flow.Drainer = (*mqtt.Out[string])(nil)
var _ flow.Shooter = (*mqtt.Out[string])(nil)
var _ flow.Completer = (*mqtt.In[string])(nil)
var _ flow.Checker = (*mqtt.Broker)(nil)
