//go:build sim

package mqtt

import (
	"sync"

	"flowc/rt/flow"
)

// Publication is a message that the program sent on the simulated network.
type Publication struct {
	// Thing is the name of the thing that sent it.
	Thing   string
	Topic   string
	Payload string
	QoS     byte
	Retain  bool
}

// Bus is a network without wires: what is published on it is filed to the things
// at once, and what they send is confirmed at once. It makes a run that can be
// repeated to the bit. Each connection has a broker of its own. While that is down
// both sides keep what they have to say, as a broker does that knows the session.
type Bus struct {
	mu      sync.Mutex
	brokers []*simBroker
	// sent is told of every message of the program.
	sent func(Publication)
	// away says that connections begin as lost.
	away bool
	// failing are things whose next messages fail.
	failing map[string]*failure
}

// simBroker is the other end of one connection.
type simBroker struct {
	s *session
	// down says that there is no connection; waiting is what goes on with the next.
	down    bool
	waiting []func()
}

// failure says what a thing's next messages, so many of them, fail with.
type failure struct {
	message string
	times   int
}

type bus = Bus

var network struct {
	mu  sync.Mutex
	bus *Bus
}

// UseBus makes every connection of this process that starts from now on one to a
// simulated network; sent is told of what the program publishes.
func UseBus(sent func(Publication)) *Bus {
	network.mu.Lock()
	defer network.mu.Unlock()
	network.bus = &Bus{sent: sent, failing: map[string]*failure{}}
	return network.bus
}

func simulated() *bus {
	network.mu.Lock()
	defer network.mu.Unlock()
	return network.bus
}

func (b *Bus) join(s *session) {
	k := b.broker(s)
	b.mu.Lock()
	up := !k.down
	b.mu.Unlock()
	s.tellAll(up)
}

// broker is the other end of a session. A program that starts again finds its broker as
// it was: what that had not got is lost with the program before, what it had for that
// waits.
func (b *Bus) broker(s *session) *simBroker {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, k := range b.brokers {
		if k.s.name == s.name {
			k.s, k.waiting = s, nil
			return k
		}
	}
	k := &simBroker{s: s}
	b.brokers = append(b.brokers, k)
	return k
}

// Publish hands a message to every thing that listens to its topic, and gives
// their number. via is the connection that it comes by; "" is all of them.
func (b *Bus) Publish(via, topic string, payload []byte, qos byte, retained bool) int {
	n := 0
	m := message{topic: topic, retained: retained, qos: qos, payload: append([]byte(nil), payload...)}
	for _, k := range b.at(via) {
		n += b.publish(k, m)
	}
	return n
}

// at lists the brokers of a connection; "" is all.
func (b *Bus) at(via string) []*simBroker {
	b.mu.Lock()
	defer b.mu.Unlock()
	if via == "" {
		return b.brokers[:len(b.brokers):len(b.brokers)]
	}
	for i, k := range b.brokers {
		if k.s.name == via {
			return b.brokers[i : i+1 : i+1]
		}
	}
	return nil
}

// publish files a message to who listens on one connection.
func (b *Bus) publish(k *simBroker, m message) (n int) {
	for _, sub := range k.s.subs {
		m := m
		m.qos = min(m.qos, sub.qos)
		for _, f := range sub.feeds {
			if f.wants(m.topic) {
				b.pass(k, func() { f.file(m) })
				n++
			}
		}
	}
	return n
}

// File hands a message to one thing, as a recording has it; it reports whether there
// is such a thing.
func (b *Bus) File(thing, topic string, payload []byte, qos byte, retained bool) bool {
	for _, k := range b.at("") {
		for _, sub := range k.s.subs {
			for _, f := range sub.feeds {
				if f.h.Name() == thing {
					b.pass(k, func() { f.file(message{topic: topic, payload: payload, retained: retained, qos: qos}) })
					return true
				}
			}
		}
	}
	return false
}

// pass does now, or with the next connection, what needs one.
func (b *Bus) pass(k *simBroker, f func()) {
	b.mu.Lock()
	if k.down {
		k.waiting = append(k.waiting, f)
		f = func() {}
	}
	b.mu.Unlock()
	f()
}

// Connect tells a connection, or with via "" every one, that it is there, or lost.
func (b *Bus) Connect(via string, up bool) {
	for _, k := range b.at(via) {
		b.mu.Lock()
		k.down = !up
		var waiting []func()
		if up {
			waiting, k.waiting = k.waiting, nil
		}
		b.mu.Unlock()
		k.s.tellAll(up)
		for _, f := range waiting {
			f()
		}
	}
}

// BeginAway lets connections that start from now on begin as lost.
func (b *Bus) BeginAway() { b.away = true }

// Fail lets the next messages of a thing, so many of them, fail.
func (b *Bus) Fail(thing, message string, times int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.failing[thing] = &failure{message, times}
}

// fails takes one from the failures that a thing was promised.
func (b *Bus) fails(thing string) (message string, fails bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	f := b.failing[thing]
	if f == nil || f.times == 0 {
		return "", false
	}
	f.times--
	return f.message, true
}

func (b *Bus) send(c *courier, d *delivery) {
	for _, k := range b.at(c.s.name) {
		if k.s == c.s {
			b.pass(k, func() { b.deliver(k, c, d) })
		}
	}
}

// deliver takes a message of the program: it is told, confirmed, and comes back to
// whoever listens, as from a broker.
func (b *Bus) deliver(k *simBroker, c *courier, d *delivery) {
	p := Publication{Thing: c.h.Name(), Topic: d.topic, Payload: string(d.payload), QoS: d.qos, Retain: d.retain}
	if message, fails := b.fails(p.Thing); fails {
		b.settle(c, d, result{token: d.token, ticket: d.ticket, outcome: flow.OutcomeDead, message: message, attempt: 1})
		return
	}
	if _, expired := d.left(c.s.clock.Mono()); expired {
		b.settle(c, d, result{token: d.token, ticket: d.ticket, outcome: flow.OutcomeDropped, message: "expired before the broker took it"})
		return
	}
	b.sent(p)
	b.settle(c, d, result{token: d.token, ticket: d.ticket, outcome: flow.OutcomeDelivered})
	b.publish(k, message{topic: p.Topic, payload: []byte(p.Payload), qos: p.QoS})
}

func (b *Bus) settle(c *courier, d *delivery, r result) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.tell(r)
	c.release(d)
}
