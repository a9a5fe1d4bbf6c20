//go:build sim

package mqtt

import (
	"sync"

	"flowc/rt/flow"
)

// Publication is a message that the program sent on the simulated network.
type Publication struct {
	Topic   string
	Payload string
	QoS     byte
	Retain  bool
}

// Bus is a network without wires: what is published on it is filed to the things
// at once, and what they send is confirmed at once. It makes a run that can be
// repeated to the bit. While it is down both sides keep what they have to say, as
// a broker does that knows the session.
type Bus struct {
	mu       sync.Mutex
	sessions []*session
	// sent is told of every message of the program.
	sent func(Publication)
	// down says that there is no connection; waiting is what goes on with the next.
	down    bool
	waiting []func()
}

type bus = Bus

var network struct {
	mu  sync.Mutex
	bus *Bus
}

// UseBus makes every connection of this process one to a simulated network; sent
// is told of what the program publishes.
func UseBus(sent func(Publication)) *Bus {
	network.mu.Lock()
	defer network.mu.Unlock()
	network.bus = &Bus{sent: sent}
	return network.bus
}

func simulated() *bus {
	network.mu.Lock()
	defer network.mu.Unlock()
	return network.bus
}

func (b *Bus) join(s *session) {
	b.mu.Lock()
	b.sessions = append(b.sessions, s)
	b.mu.Unlock()
	s.connected(true)
}

// Publish hands a message to every thing that listens to its topic, and gives
// their number.
func (b *Bus) Publish(topic string, payload []byte, qos byte, retained bool) int {
	b.mu.Lock()
	sessions := append([]*session(nil), b.sessions...)
	b.mu.Unlock()
	n := 0
	m := message{topic: topic, retained: retained, qos: qos, payload: append([]byte(nil), payload...)}
	for _, s := range sessions {
		for _, sub := range s.subs {
			for _, f := range sub.feeds {
				if f.wants(topic) {
					b.pass(func() { f.file(m) })
					n++
				}
			}
		}
	}
	return n
}

// pass does now, or with the next connection, what needs one.
func (b *Bus) pass(f func()) {
	b.mu.Lock()
	if b.down {
		b.waiting = append(b.waiting, f)
		f = func() {}
	}
	b.mu.Unlock()
	f()
}

// Connect tells every connection that it is there, or lost.
func (b *Bus) Connect(up bool) {
	b.mu.Lock()
	b.down = !up
	for _, s := range b.sessions {
		s.connected(up)
	}
	var waiting []func()
	if up {
		waiting, b.waiting = b.waiting, nil
	}
	b.mu.Unlock()
	for _, f := range waiting {
		f()
	}
}

func (b *Bus) send(c *courier, d *delivery) { b.pass(func() { b.deliver(c, d) }) }

// deliver takes a message of the program: it is told, confirmed, and comes back to
// whoever listens, as from a broker.
func (b *Bus) deliver(c *courier, d *delivery) {
	p := Publication{Topic: d.topic, Payload: string(d.payload), QoS: d.qos, Retain: d.retain}
	b.sent(p)
	c.s.mu.Lock()
	c.tell(result{token: d.token, outcome: flow.OutcomeDelivered})
	c.release(d)
	c.s.mu.Unlock()
	b.Publish(p.Topic, []byte(p.Payload), p.QoS, false)
}
