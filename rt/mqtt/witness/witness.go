// Package witness is a small MQTT 5 broker for tests: it records every packet
// that matters, in order, and does wrong what a test asks it to do wrong. It
// runs in the process of the test and keeps everything in memory.
package witness

import (
	"context"
	"net"
	"sync"
	"time"

	"github.com/eclipse/paho.golang/packets"
)

// Message is a PUBLISH as it came in.
type Message struct {
	Client  string
	Topic   string
	Payload string
	QoS     byte
	Retain  bool
	// Dup says that the client sent it before.
	Dup bool
	ID  uint16
	// Connection counts the connections of the broker, from 1.
	Connection int
	// Expiry is the message expiry interval in seconds, 0 without one.
	Expiry uint32
}

// Ack is a PUBACK, PUBREC, PUBREL or PUBCOMP as it came in.
type Ack struct {
	Client     string
	Type       byte
	ID         uint16
	Connection int
}

// Subscribe is a SUBSCRIBE as it came in.
type Subscribe struct {
	Client         string
	Filter         string
	QoS            byte
	Identifier     int
	RetainHandling byte
	Connection     int
}

// Broker is the witness. All methods may be called from any goroutine.
type Broker struct {
	listener net.Listener
	mu       sync.Mutex
	changed  *sync.Cond
	// version counts what happened, so that Wait misses nothing.
	version uint64

	faults     Faults
	sessions   map[string]*session
	conns      map[*conn]bool
	retained   map[string]*packets.Publish
	order      []string // of the retained topics
	count      int
	held       []func()
	messages   []Message
	hear       func(Message)
	acks       []Ack
	subscribes []Subscribe
	connects   []packets.Connect
	pings      int
	routed     map[string]int
	violations []string
	closed     bool
	// deaf is closed when no connection is taken any more.
	deaf chan struct{}
}

// New starts a broker on a free loopback port.
func New() (*Broker, error) { return At("127.0.0.1:0") }

// At starts a broker at an address.
func At(address string) (*Broker, error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	b := &Broker{listener: l, sessions: map[string]*session{}, conns: map[*conn]bool{}, retained: map[string]*packets.Publish{}, routed: map[string]int{}, deaf: make(chan struct{})}
	b.changed = sync.NewCond(&b.mu)
	go b.accept()
	return b, nil
}

// Addr is host:port.
func (b *Broker) Addr() string { return b.listener.Addr().String() }

// URL is the address as a flow writes it.
func (b *Broker) URL() string { return "tcp://" + b.Addr() }

// Close ends the broker and all connections.
func (b *Broker) Close() {
	b.listener.Close()
	<-b.deaf // until then a client could still get through
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	b.cut()
}

// Closed reports whether the broker was ended.
func (b *Broker) Closed() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.closed
}

func (b *Broker) accept() {
	defer close(b.deaf)
	for {
		raw, err := b.listener.Accept()
		if err != nil {
			return
		}
		b.mu.Lock()
		b.count++
		c := newConn(b, raw, b.count)
		b.conns[c] = true
		b.mu.Unlock()
		go c.write()
		go c.read()
	}
}

// Messages are all PUBLISH packets that came in, repeated ones included.
func (b *Broker) Messages() []Message { return list(b, &b.messages) }

// OnPublish tells f of every PUBLISH that comes in, from the moment it came. From then on neither messages nor
// acknowledgements are kept, so a stream may last for hours. f must be quick and must not call the broker.
func (b *Broker) OnPublish(f func(Message)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.hear = f
}

// Acks are all acknowledgements that came in.
func (b *Broker) Acks() []Ack { return list(b, &b.acks) }

// Subscribes are all subscriptions that were asked for.
func (b *Broker) Subscribes() []Subscribe { return list(b, &b.subscribes) }

// Connects are all CONNECT packets that came in.
func (b *Broker) Connects() []packets.Connect { return list(b, &b.connects) }

// Violations are what clients did against the protocol.
func (b *Broker) Violations() []string { return list(b, &b.violations) }

// Pings is how many PINGREQ packets came in.
func (b *Broker) Pings() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.pings
}

func list[T any](b *Broker, from *[]T) []T {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]T(nil), *from...)
}

// Wait waits until ok holds, which is asked whenever something happened, and
// reports whether it came to hold within limit.
func (b *Broker) Wait(limit time.Duration, ok func() bool) bool {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	defer context.AfterFunc(ctx, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.touch()
	})()
	for {
		b.mu.Lock()
		before := b.version
		b.mu.Unlock()
		if ok() {
			return true
		}
		// Asked after before was read: nobody touches b again for a limit that was over by then.
		if ctx.Err() != nil {
			return false
		}
		b.mu.Lock()
		for b.version == before {
			b.changed.Wait()
		}
		b.mu.Unlock()
	}
}

// touch says that something happened.
func (b *Broker) touch() {
	b.version++
	b.changed.Broadcast()
}

// Publish sends a message as another client would.
func (b *Broker) Publish(topic, payload string, qos byte, retain bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.route(&packets.Publish{Topic: topic, Payload: []byte(payload), QoS: qos, Retain: retain})
}

// Cut drops all connections without a word.
func (b *Broker) Cut() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cut()
}

func (b *Broker) cut() {
	for c := range b.conns {
		c.cut()
	}
}

// Forget drops all sessions, and so all connections. It gives the payloads of the
// messages that were lost with them: taken from somebody, and not confirmed by the
// client they were for.
func (b *Broker) Forget() (lost []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.cut()
	for _, s := range b.sessions {
		for _, o := range s.out {
			lost = append(lost, string(o.p.Payload))
		}
	}
	clear(b.sessions)
	return lost
}

// Disconnect sends a DISCONNECT with a reason to all and drops them.
func (b *Broker) Disconnect(code byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for c := range b.conns {
		c.send(&packets.Disconnect{Properties: &packets.Properties{}, ReasonCode: code})
		c.part()
	}
}

// Inject sends bytes as they are to all connections.
func (b *Broker) Inject(raw []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for c := range b.conns {
		c.raw(raw)
	}
}

// Connected is how many clients are logged in.
func (b *Broker) Connected() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := 0
	for c := range b.conns {
		if c.session != nil {
			n++
		}
	}
	return n
}

// Routed is how often a message on the topic was handed on: repetitions of one
// message of QoS 2 are not.
func (b *Broker) Routed(topic string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.routed[topic]
}

// Unconfirmed is how many messages the broker holds for a client that it has
// not confirmed.
func (b *Broker) Unconfirmed(client string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	if s := b.sessions[client]; s != nil {
		return len(s.out)
	}
	return 0
}

func (b *Broker) violation(what string) { b.violations = append(b.violations, what) }
