package mqtt_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

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
	b.Set(witness.Faults{DropAt: 5}) // CONNECT, SUBSCRIBE, PINGREQ, PUBLISH, PUBREL
	old.send("out/x", "old")
	await(t, b, "the old message", func() bool { return len(b.Messages()) == 1 })
	b.Wait(patience, func() bool { return b.Connected() == 0 })
	b.Set(witness.Faults{Refuse: 0x89})
	old.cancel()
	<-old.over
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

func TestRefusedMessages(t *testing.T) {
	t.Parallel()
	tests := []struct {
		code byte
		want string
	}{
		{0x87, "failed: the broker refuses the message: not authorized (0x87)"},
		{0x90, "failed: the broker refuses the message: the topic name is not accepted (0x90)"},
		{0x99, "failed: the broker refuses the message: the payload has the wrong format (0x99)"},
		{0x95, "failed: the broker refuses the message: larger than the broker takes (0x95)"},
	}
	for _, test := range tests {
		b := newWitness(t)
		p := newPipe(t, b.URL(), 1, 1)
		b.Set(witness.Faults{Code: func(witness.Message) byte { return test.code }})
		p.start(flow.SystemClock())
		await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
		b.Publish("in/bed", "x", 1, false)
		p.until("the failure", func() bool { return slices.Contains(p.seen(), test.want) })
		await(t, b, "the acknowledgement", func() bool { return len(b.Acks()) == 1 })
		if n := len(b.Messages()); n != 1 {
			t.Errorf("0x%x: sent %d times", test.code, n)
		}
		if c := p.counters(nodeIn); c.Dead != 1 || !c.Holds() {
			t.Errorf("0x%x: %+v", test.code, c)
		}
	}
}

// A transient refusal is retried, with what comes behind it waiting.
func TestTransientRefusalIsRetried(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 1)
	p.out.Window = 1
	refusals := 0
	b.Set(witness.Faults{Code: func(m witness.Message) byte {
		if m.Payload == "1" && refusals < 3 {
			refusals++
			return 0x97
		}
		return 0
	}})
	p.start(flow.SystemClock())
	await(t, b, "a connection", connected(b))
	for _, n := range numbers(4) {
		p.send("out/x", n)
	}
	p.until("all sent", func() bool { return len(p.seen()) == 4 })
	var got []string
	for _, m := range b.Messages() {
		got = append(got, m.Payload)
	}
	if want := []string{"0", "1", "1", "1", "1", "2", "3"}; !slices.Equal(got, want) {
		t.Errorf("published %q, want %q", got, want)
	}
	clean(t, b)
}

// A refused message is not sent again at once.
func TestTransientRefusalIsRetriedLater(t *testing.T) {
	t.Parallel()
	clock := flow.NewFakeClock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 1)
	p.start(clock)
	await(t, b, "a connection", func() bool { return b.Pings() == 1 })
	b.Set(witness.Faults{Code: func(witness.Message) byte { return 0x97 }})
	p.send("out/x", "1")
	for n := 1; n < 5; n++ {
		await(t, b, "an attempt", func() bool { return len(b.Messages()) == n })
		p.waitAlarms(clock, 3) // the pinger, the watch, and the retry
		if got := len(b.Messages()); got != n {
			t.Fatalf("%d attempts without a wait", got)
		}
		clock.Advance(2 * time.Second)
	}
	p.until("the failure", func() bool { return len(p.failures()) == 1 })
}

func TestTransientRefusalIsGivenUpAfterFiveAttempts(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 1)
	b.Set(witness.Faults{Code: func(witness.Message) byte { return 0x97 }})
	p.start(flow.SystemClock())
	await(t, b, "a connection", connected(b))
	p.send("out/x", "1")
	want := "failed: the broker refuses the message: quota exceeded (0x97)"
	p.until("the failure", func() bool { return slices.Contains(p.seen(), want) })
	if n := len(b.Messages()); n != 5 {
		t.Errorf("sent %d times", n)
	}
	p.at(func() {
		if p.out.Failed.V.Attempt != 5 {
			t.Errorf("attempt %d", p.out.Failed.V.Attempt)
		}
	})
}

func TestMessageLargerThanTheBrokerTakes(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	b.Set(witness.Faults{MaximumPacket: 100})
	p := newPipe(t, b.URL(), 1, 1)
	p.start(flow.SystemClock())
	await(t, b, "a connection", connected(b))
	p.send("out/x", strings.Repeat("x", 200))
	want := "failed: the message is larger than the broker takes (100 bytes)"
	p.until("the failure", func() bool { return slices.Contains(p.seen(), want) })
	p.send("out/x", "small")
	p.until("the small one", func() bool { return slices.Contains(p.seen(), "sent") })
	if n := len(b.Messages()); n != 1 {
		t.Errorf("%d messages", n)
	}
}

func TestReceiveMaximumOfTheBrokerIsKept(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	b.Set(witness.Faults{ReceiveMaximum: 3, HoldAcks: true})
	p := newPipe(t, b.URL(), 1, 1)
	p.start(flow.SystemClock())
	await(t, b, "a connection", connected(b))
	for _, n := range numbers(10) {
		p.send("out/x", n)
	}
	await(t, b, "three on the way", func() bool { return b.Held() == 3 })
	b.Release()
	p.until("all sent", func() bool { return len(p.seen()) == 10 })
	if got := payloads(b.Messages(), "out/"); !slices.Equal(got, numbers(10)) {
		t.Errorf("published %q", got)
	}
	clean(t, b)
}

func TestGrantedQoSBelowTheAskedIsLogged(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	zero := byte(0)
	b.Set(witness.Faults{MostQoS: &zero, MaximumQoS: &zero})
	p := newPipe(t, b.URL(), 1, 1)
	p.start(flow.SystemClock())
	p.until("the error", func() bool {
		return p.logged(`error garden.hcl:1: thing "soil": the broker grants only QoS 0 for "in/+/#" instead of 1`)
	})
	p.send("out/x", "1")
	p.until("the other error", func() bool { return p.logged("the broker takes only QoS 0: messages may be lost") })
	await(t, b, "the message", func() bool { return len(b.Messages()) == 1 })
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

func TestTopicMadeOfData(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 1)
	p.start(flow.SystemClock())
	await(t, b, "a connection", connected(b))
	for _, topic := range []string{"out/#", "out/+/x", "", "out/\x00", "out/\xff"} {
		p.send(topic, "x")
	}
	p.until("five failures", func() bool { return len(p.failures()) == 5 })
	p.send("out/fine", "x")
	await(t, b, "the good one", func() bool { return len(b.Messages()) == 1 })
	if f := p.failures()[0]; f != "copy: the topic \"out/#\" holds `+` or `#`, which only a subscription may" {
		t.Errorf("fault: %s", f)
	}
}

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
		p.waitAlarms(clock, 2) // the pinger and the watch
	}
	await(t, b, "a ping", func() bool { return b.Pings() == 1 && len(b.Subscribes()) == 1 })
	mark(1)
	clock.Advance(23 * time.Second)
	await(t, b, "a second ping", func() bool { return b.Pings() == 2 })
	mark(2)
	b.Set(witness.Faults{Mute: true})
	clock.Advance(23 * time.Second)
	p.waitAlarms(clock, 2)
	if p.logged("does not answer a ping") {
		t.Error("given up too early")
	}
	clock.Advance(23 * time.Second)
	p.until("the loss", func() bool { return p.logged("does not answer a ping") })
	p.until("disconnected", p.lost)
}

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

var _ flow.Drainer = (*mqtt.Out[string])(nil)
var _ flow.Shooter = (*mqtt.Out[string])(nil)
var _ flow.Completer = (*mqtt.In[string])(nil)
var _ flow.Checker = (*mqtt.Broker)(nil)
