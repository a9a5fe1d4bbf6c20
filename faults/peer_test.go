package faults

import (
	"context"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/eclipse/paho.golang/paho"
)

// peer is another client of a broker, which keeps nothing between its connections.
type peer struct {
	t      testing.TB
	addr   string
	name   string
	heard  func(topic, payload string, retained bool)
	client *paho.Client
}

func newPeer(t testing.TB, addr, name string, heard func(topic, payload string, retained bool)) *peer {
	p := &peer{t: t, addr: addr, name: name, heard: heard}
	t.Cleanup(func() {
		if p.client != nil {
			p.client.Disconnect(&paho.Disconnect{})
		}
	})
	return p
}

func (p *peer) limit() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), patience)
}

// connect begins a session and subscribes.
func (p *peer) connect(topics ...string) {
	p.t.Helper()
	ctx, cancel := p.limit()
	defer cancel()
	conn, err := net.DialTimeout("tcp", p.addr, patience)
	if err != nil {
		p.t.Fatal(err)
	}
	p.client = paho.NewClient(paho.ClientConfig{Conn: conn, OnPublishReceived: []func(paho.PublishReceived) (bool, error){
		func(r paho.PublishReceived) (bool, error) {
			if p.heard != nil {
				p.heard(r.Packet.Topic, string(r.Packet.Payload), r.Packet.Retain)
			}
			return true, nil
		},
	}})
	if _, err := p.client.Connect(ctx, &paho.Connect{ClientID: p.name, CleanStart: true, KeepAlive: 60}); err != nil {
		p.t.Fatal(err)
	}
	for _, topic := range topics {
		if _, err := p.client.Subscribe(ctx, &paho.Subscribe{Subscriptions: []paho.SubscribeOptions{{Topic: topic, QoS: 1}}}); err != nil {
			p.t.Fatal(err)
		}
	}
}

// publish sends a message and waits for its confirmation.
func (p *peer) publish(topic, payload string) error {
	ctx, cancel := p.limit()
	defer cancel()
	_, err := p.client.Publish(ctx, &paho.Publish{Topic: topic, QoS: 1, Payload: []byte(payload)})
	return err
}

// producer publishes numbered messages, one after the other.
type producer struct {
	*peer
	gate  sync.Mutex
	stop  context.CancelFunc
	over  chan struct{}
	count int
}

func startProducer(p *peer, rate int) *producer {
	ctx, stop := context.WithCancel(context.Background())
	q := &producer{peer: p, stop: stop, over: make(chan struct{})}
	go q.run(ctx, time.Second/time.Duration(rate))
	p.t.Cleanup(func() { q.end() })
	return q
}

// end stops the producer and gives the number of messages. A message that is on its way has its limit.
func (q *producer) end() int {
	q.stop()
	<-q.over
	return q.count
}

func (q *producer) run(ctx context.Context, every time.Duration) {
	defer close(q.over)
	ticks := time.NewTicker(every)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
		q.gate.Lock()
		if err := q.publish("in/item", itemPayload(q.count)); err != nil {
			q.t.Errorf("publishing %d: %v", q.count, err)
		}
		q.count++
		q.gate.Unlock()
	}
}
