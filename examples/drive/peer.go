package drive

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/mqtt"
)

// Message is one that a Peer received.
type Message struct{ Topic, Payload string }

// Peer is another client of a broker: it publishes, and keeps what it receives. It comes back after a loss, as flows
// do, and sends again what the broker has not confirmed.
type Peer struct {
	t      testing.TB
	engine *flow.Engine
	home   *mqtt.Broker
	out    mqtt.Out[string]
	in     mqtt.In[string]
	stop   context.CancelFunc
	over   chan struct{}

	// next is the number of the next message to produce; of the instant loop.
	next, total int
	make        func(n int) Message

	mu        sync.Mutex
	changed   *sync.Cond
	notes     int // what changed was told of
	got       []Message
	confirmed int
	log       strings.Builder
}

const (
	peerHome = iota
	peerOut
	peerIn
)

// NewPeer connects to the broker and subscribes to filter until the end of the test.
func NewPeer(t testing.TB, home *mqtt.Broker, filter string) *Peer {
	t.Helper()
	p := &Peer{t: t, home: home, over: make(chan struct{})}
	p.changed = sync.NewCond(&p.mu)
	home.KeepAlive, home.SessionExpiry = 30*time.Second, time.Hour
	p.out = mqtt.Out[string]{Via: home, QoS: 1, Window: 64, OnFull: flow.Block,
		Encode: func(dst []byte, v string) []byte { return append(dst, v...) }}
	p.in = mqtt.In[string]{Via: home, Topic: flow.Pattern(filter), QoS: 1, Kind: flow.NatureReading, OnFull: flow.Block,
		Decode: func(data []byte, v *string) error { *v = string(data); return nil }}
	node := flow.Node{Name: "peer", Kind: "peer", Pos: "peer"}
	info := flow.Info{Name: "peer", Nodes: []flow.Node{node, node, node}}
	p.engine = flow.NewEngine(flow.SystemClock(), info, flow.Output{Log: p}, func(*flow.Engine) flow.Program { return peerProgram{p} })
	if err := p.engine.Start(); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	p.stop = stop
	go func() {
		defer close(p.over)
		p.engine.Run(ctx, 10*time.Second)
	}()
	t.Cleanup(p.Stop)
	return p
}

// Stop ends the peer.
func (p *Peer) Stop() {
	p.t.Helper()
	p.stop()
	select {
	case <-p.over:
	case <-time.After(patience):
		p.t.Fatal("the peer does not stop")
	}
}

// Publish sends one message at QoS 1.
func (p *Peer) Publish(topic, payload string) {
	p.Produce(1, func(int) Message { return Message{topic, payload} })
}

// Produce sends n messages at QoS 1, as fast as the broker confirms them, and returns at once.
func (p *Peer) Produce(n int, make func(n int) Message) {
	p.engine.Call(func() {
		p.next, p.total, p.make = 0, n, make
		for p.next < min(n, 128) {
			p.emit()
		}
	})
	// What was shot between instants goes at the end of the next one.
	p.engine.Hosts[peerHome].Done(0)
}

// Retain sends one message that the broker keeps for later subscribers.
func (p *Peer) Retain(topic, payload string) {
	p.engine.Call(func() { p.out.Retain = true })
	p.Publish(topic, payload)
	p.engine.Call(func() { p.out.Retain = false })
}

func (p *Peer) emit() {
	m := p.make(p.next)
	p.next++
	p.out.Topic.V, p.out.Send.V = m.Topic, m.Payload
	p.out.Shoot(p.engine.Hosts[peerOut])
}

// Got is everything that was received.
func (p *Peer) Got() []Message { return p.Since(0) }

// Since is what was received after the first n messages.
func (p *Peer) Since(n int) []Message {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Message(nil), p.got[n:]...)
}

// Received is how many messages were received.
func (p *Peer) Received() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.got)
}

// Confirmed is how many messages the broker has confirmed.
func (p *Peer) Confirmed() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.confirmed
}

// Until waits, at most limit, until ok holds, which is asked after each message.
func (p *Peer) Until(limit time.Duration, what string, ok func() bool) {
	p.t.Helper()
	end := time.Now().Add(limit)
	defer time.AfterFunc(limit, p.note(func() {})).Stop()
	for {
		p.mu.Lock()
		before := p.notes
		p.mu.Unlock()
		if ok() {
			return
		}
		p.mu.Lock()
		if time.Now().After(end) {
			defer p.mu.Unlock()
			p.t.Fatalf("waited in vain for: %s\n%d confirmed, %d received\nlog:\n%s", what, p.confirmed, len(p.got), p.log.String())
		}
		for p.notes == before { // what came while ok was asked is not missed
			p.changed.Wait()
		}
		p.mu.Unlock()
	}
}

// note gives a function that does f and tells those who wait.
func (p *Peer) note(f func()) func() {
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		f()
		p.notes++
		p.changed.Broadcast()
	}
}

// Write takes the log.
func (p *Peer) Write(line []byte) (int, error) {
	p.note(func() { p.log.Write(line) })()
	return len(line), nil
}

// peerProgram is what a compiler would make of the peer.
type peerProgram struct{ *Peer }

func (p peerProgram) Things() []flow.Thing { return []flow.Thing{p.home, &p.out, &p.in} }

func (p peerProgram) Order() []int32 { return []int32{peerHome, peerOut, peerIn} }

func (p peerProgram) Begin() {}

func (p peerProgram) React(node int32, w flow.Wake) {
	p.Things()[node].React(p.engine.Hosts[node], w)
}

func (p peerProgram) Fire(int32, int32) {}

func (p peerProgram) Step() {
	pass := p.engine.Pass
	if p.in.Self.Happened(pass) {
		m := Message{Topic: p.in.Meta.Topic, Payload: p.in.Self.V}
		p.note(func() { p.got = append(p.got, m) })()
	}
	if p.out.Sent.Happened(pass) {
		p.note(func() { p.confirmed++ })()
		if p.next < p.total {
			p.emit()
		}
	}
}

func (p peerProgram) Apply() {}

func (p peerProgram) Culprit() int32 { return 0 }
