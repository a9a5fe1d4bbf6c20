package mqtt_test

import (
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/mqtt"
	"flowc/rt/mqtt/witness"

	"github.com/eclipse/paho.golang/packets"
)

// alone is a flow of one connection.
func alone(t *testing.T, b *mqtt.Broker, clock flow.Clock) *rig {
	r := newRig(t)
	r.add("home", b)
	r.start(clock)
	return r
}

func TestAvailability(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	home := broker(b.URL())
	home.Availability = "garden/status"
	r := alone(t, home, flow.SystemClock())
	await(t, b, "online", func() bool { return len(b.Messages()) == 1 })
	if m := b.Messages()[0]; m.Topic != "garden/status" || m.Payload != "online" || !m.Retain || m.QoS != 1 {
		t.Errorf("online: %+v", m)
	}
	c := b.Connects()[0]
	if !c.WillFlag || c.WillTopic != "garden/status" || string(c.WillMessage) != "offline" || !c.WillRetain || c.WillQOS != 1 {
		t.Errorf("will: %+v", c)
	}
	r.stop()
	await(t, b, "offline", func() bool { return len(b.Messages()) == 2 })
	if m := b.Messages()[1]; m.Payload != "offline" || !m.Retain {
		t.Errorf("offline: %+v", m)
	}
}

func TestWillIsSentAfterALossAndNotAfterAGoodbye(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	home := broker(b.URL())
	home.Will = flow.Blocks[mqtt.Will]{{Topic: "garden/gone", Payload: "help", QoS: 1}}
	listener := newRig(t)
	other := broker(b.URL())
	other.ClientID = "listener"
	wills := in(other, "garden/gone", 1)
	listener.add("other", other)
	listener.add("wills", wills)
	listener.step = func(r *rig) {
		if wills.Self.Happened(r.engine.Pass) {
			r.saw(wills.Self.V)
		}
	}
	listener.start(flow.SystemClock())
	await(t, b, "the listener", func() bool { return len(b.Subscribes()) == 1 })

	alone(t, home, flow.SystemClock()).stop()
	r := alone(t, home, flow.SystemClock())
	await(t, b, "both", func() bool { return b.Connected() == 2 })
	if got := listener.seen(); len(got) != 0 {
		t.Errorf("a will after a goodbye: %q", got)
	}
	b.Cut()
	listener.until("the will", func() bool { return slices.Equal(listener.seen(), []string{"help"}) })
	r.stop()
}

func TestLogin(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	home := broker(b.URL())
	home.ClientID, home.User, home.Password = "", "flo", flow.NewSecret("s3cret")
	alone(t, home, flow.SystemClock())
	await(t, b, "a connection", connected(b))
	c := b.Connects()[0]
	if c.Username != "flo" || string(c.Password) != "s3cret" || c.KeepAlive != 30 || c.CleanStart {
		t.Errorf("connect: %+v", c)
	}
	if !strings.HasPrefix(c.ClientID, "garden-home-") {
		t.Errorf("client id %q", c.ClientID)
	}
}

func TestRefusedConnectionIsToldOnce(t *testing.T) {
	t.Parallel()
	tests := []struct {
		faults witness.Faults
		want   string
	}{
		{witness.Faults{Refuse: 0x86}, "refuses the connection: wrong user name or password (0x86); trying again in "},
		{witness.Faults{Refuse: 0x89}, "refuses the connection: the server is busy (0x89); trying again in "},
		{witness.Faults{Old: true}, "speaks only MQTT 3.1.1 or older; flows need MQTT 5"},
		{witness.Faults{Refuse: 0x84}, "speaks only MQTT 3.1.1 or older; flows need MQTT 5"},
	}
	for _, test := range tests {
		clock := flow.NewFakeClock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
		b := newWitness(t)
		b.Set(test.faults)
		r := alone(t, broker(b.URL()), clock)
		r.until(test.want, func() bool { return r.logged("the broker at " + b.Addr() + " " + test.want) })
		r.waitAlarms(clock, 1)
		clock.Advance(time.Minute - 1) // the longest wait, and less than a minute
		await(t, b, "a second attempt", func() bool { return len(b.Connects()) == 2 })
		r.waitAlarms(clock, 1)
		if n := r.complaints(); n != 1 {
			t.Errorf("%s: told %d times", test.want, n)
		}
		r.stop()
	}
}

// Another client with the same name, or a refused login: not again within 30 s.
func TestTakenOverWaitsLonger(t *testing.T) {
	t.Parallel()
	clock := flow.NewFakeClock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	b := newWitness(t)
	r := alone(t, broker(b.URL()), clock)
	await(t, b, "a connection", connected(b))
	b.Disconnect(packets.DisconnectSessionTakenOver)
	r.until("the reason", func() bool {
		return r.logged("closed the connection: another client with the same client id took over (0x8e); trying again in ")
	})
	r.waitAlarms(clock, 1)
	clock.Advance(29 * time.Second)
	if n := clock.Alarms(); n != 1 {
		t.Errorf("did not wait 30 s")
	}
	clock.Advance(31 * time.Second)
	await(t, b, "a second connection", func() bool { return len(b.Connects()) == 2 })
}

func TestUnreachableBroker(t *testing.T) {
	t.Parallel()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := free.Addr().String()
	free.Close()
	clock := flow.NewFakeClock(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	p := newPipe(t, "tcp://"+at, 1, 1)
	p.start(clock)
	p.until("the message", func() bool {
		return p.logged("warning garden.hcl:1: thing \"home\": the broker at " + at + " does not answer (connection refused); trying again in ")
	})
	p.send("out/x", "1")
	p.at(func() {
		if !p.home.Connected.OK || p.home.Connected.V {
			t.Errorf("connected: %+v", p.home.Connected)
		}
	})
	p.stop() // what was not sent does not hold the end
}

func TestWrongSettingsStopTheProgram(t *testing.T) {
	t.Parallel()
	tests := []struct {
		change func(*mqtt.Broker)
		want   string
	}{
		{func(b *mqtt.Broker) { b.URL = "192.168.1.10" }, `garden.hcl:1: thing "home": url: "192.168.1.10" has no scheme; write tcp://host:1883, or mqtts://host:8883 for TLS`},
		{func(b *mqtt.Broker) { b.URL = "http://x" }, `url: the scheme "http" is not known`},
		{func(b *mqtt.Broker) { b.URL = "tcp://user:pw@x" }, "url: a user name and password do not belong into the address"},
		{func(b *mqtt.Broker) { b.URL = "tcp://x:99999" }, `url: the port "99999" is not a number from 1 to 65535`},
		{func(b *mqtt.Broker) { b.URL = "tcp://x/y" }, "url: \"tcp://x/y\" must be a scheme, a host and a port"},
		{func(b *mqtt.Broker) { b.URL = "tcp://::1:1883" }, "an IPv6 address stands in brackets"},
		{func(b *mqtt.Broker) { b.URL = "mqtts://x" }, "url: this program was built without TLS"},
		{func(b *mqtt.Broker) { b.KeepAlive = 0 }, "keep_alive: must be from 1.s to 65535.s"},
		{func(b *mqtt.Broker) { b.Availability = "a/#" }, "availability: the topic"},
		{func(b *mqtt.Broker) { b.Availability = "a"; b.Will = flow.Blocks[mqtt.Will]{{Topic: "b"}} }, "will: a connection has only one"},
	}
	for _, test := range tests {
		r := newRig(t)
		b := broker("tcp://127.0.0.1:1")
		test.change(b)
		r.add("home", b)
		r.prepare(flow.SystemClock())
		err := r.engine.Start()
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%v, want %s", err, test.want)
		}
	}
}

func TestWrongTopicStopsTheProgram(t *testing.T) {
	t.Parallel()
	for topic, want := range map[string]string{
		"":             "topic: the topic is empty",
		"a/#/b":        "topic: `#` may only be the last level",
		"a/b+":         "must be a whole level",
		"a/x{bed}":     "must be a whole level",
		"$share/g/a":   "topic: shared subscriptions are not supported yet",
		"a/\x00":       "NUL",
		"a/\xff\xfe/b": "not valid UTF-8",
	} {
		r := newRig(t)
		b := broker("tcp://127.0.0.1:1")
		r.add("home", b)
		r.add("soil", in(b, topic, 1))
		r.prepare(flow.SystemClock())
		if err := r.engine.Start(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", topic, err, want)
		}
	}
}

func TestStopWaitsForWhatIsUnderWay(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 1)
	p.start(flow.SystemClock())
	await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
	b.Set(faultsHold())
	b.Publish("in/bed", "1", 1, false)
	await(t, b, "one on the way", func() bool { return b.Held() == 1 })
	p.cancel()
	select {
	case <-p.over:
		t.Fatal("did not wait")
	default:
	}
	b.Release()
	p.ended()
	await(t, b, "the acknowledgement", func() bool { return len(b.Acks()) == 1 && b.Connected() == 0 })
	if n := b.Unconfirmed("garden"); n != 0 {
		t.Errorf("%d unconfirmed", n)
	}
	clean(t, b)
}

// Two sends of one occurrence carry the same token: it is over when both are.
func TestTwoSendsOfOneOccurrence(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 1)
	p.step = func(r *rig) {
		pass := r.engine.Pass
		if p.in.Self.Happened(pass) {
			for _, topic := range []string{"out/good", "out/bad"} {
				p.out.Topic.V, p.out.Send.V = topic, p.in.Self.V
				p.out.Shoot(r.engine.Hosts[nodeOut])
			}
		}
		if p.out.Sent.Happened(pass) {
			r.saw("sent")
		}
		if p.out.Failed.Happened(pass) {
			r.saw("failed")
		}
	}
	p.start(flow.SystemClock())
	await(t, b, "a subscription", func() bool { return len(b.Subscribes()) == 1 })
	b.Set(witness.Faults{HoldAcks: true, Code: func(m witness.Message) byte {
		if m.Topic == "out/bad" {
			return 0x87
		}
		return 0
	}})
	b.Publish("in/bed", "1", 1, false)
	await(t, b, "both on the way", func() bool { return b.Held() == 2 })
	if len(b.Acks()) != 0 {
		t.Error("acknowledged too early")
	}
	b.Release()
	p.until("both ends", func() bool { return slices.Equal(p.seen(), []string{"sent", "failed"}) })
	await(t, b, "the acknowledgement", func() bool { return len(b.Acks()) == 1 })
	if c := p.counters(nodeIn); c.Accepted != 1 || c.Dead != 1 || !c.Holds() {
		t.Errorf("counters: %+v", c)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	b := newWitness(t)
	home := broker(b.URL())
	home.Availability = "garden/status"
	r := newRig(t)
	r.add("home", home)
	r.prepare(flow.SystemClock())
	if err := home.Check(r.engine.Hosts[0]); err != nil {
		t.Fatal(err)
	}
	c := b.Connects()[0]
	if !c.CleanStart || c.ClientID != "garden-check" || c.WillFlag || *c.Properties.SessionExpiryInterval != 0 {
		t.Errorf("connect: %+v", c)
	}
	if n := len(b.Messages()); n != 0 {
		t.Errorf("published %d messages", n)
	}
	b.Set(witness.Faults{Refuse: 0x87})
	want := "the broker at " + b.Addr() + " refuses the connection: not authorized (0x87)"
	if err := home.Check(r.engine.Hosts[0]); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	b.Close()
	if err := home.Check(r.engine.Hosts[0]); err == nil || !strings.Contains(err.Error(), "does not answer (connection refused)") {
		t.Errorf("%v", err)
	}
}

// No goroutine and no connection is left after the end.
func TestNothingIsLeft(t *testing.T) {
	b := newWitness(t)
	p := newPipe(t, b.URL(), 1, 1)
	p.start(flow.SystemClock())
	await(t, b, "a connection", connected(b))
	p.stop()
	await(t, b, "no connection", func() bool { return b.Connected() == 0 })
}
