package mqtt_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/mqtt/witness"
)

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
	ails := make(chan string, 1)
	p.engine.Call(func() { ails <- p.home.Ails() })
	if got := heard(t, "the instant loop", ails); !strings.HasPrefix(got, `the broker grants only QoS 0 for "in/+/#"`) {
		t.Errorf("it ails of %q", got)
	}
	p.send("out/x", "1")
	p.until("the other error", func() bool { return p.logged("the broker takes only QoS 0: messages may be lost") })
	await(t, b, "the message", func() bool { return len(b.Messages()) == 1 })
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
