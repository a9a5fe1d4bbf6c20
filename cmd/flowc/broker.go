package main

import (
	"errors"
	"io"
	"log/slog"
	"net"
	"strings"
	"sync"
	"time"

	mqtt "github.com/mochi-mqtt/server/v2"
	"github.com/mochi-mqtt/server/v2/listeners"
	"github.com/mochi-mqtt/server/v2/packets"
)

// settleLimit bounds the waits that keep commands in order: for the flow's subscriptions before the first message,
// and for its confirmation after each.
const settleLimit = 3 * time.Second

// broker is the embedded MQTT broker that takes the place of the flow's own in `flowc run`. It is for trying things
// out: it promises nothing about lost messages.
type broker struct {
	server  *mqtt.Server
	gate    *brokerGate
	address string
	watch   *brokerWatch
}

// startBroker listens on a free port of this machine only. heard is called for each message that did not come from
// publish, on the broker's goroutines.
func startBroker(heard func(topic string, payload []byte)) (*broker, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	gate := newBrokerGate(listener)
	server := mqtt.New(&mqtt.Options{InlineClient: true, Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	watch := &brokerWatch{clients: map[string]bool{}, filters: map[string]bool{}, flying: map[delivered]bool{}, moved: make(chan struct{}, 1)}
	err = errors.Join(
		server.AddHook(watch, nil),
		server.AddListener(listeners.NewNet("flowc", gate)),
		server.Subscribe("#", 1, func(_ *mqtt.Client, _ packets.Subscription, pk packets.Packet) {
			if pk.Origin != mqtt.InlineClientId && !strings.HasPrefix(pk.TopicName, "$") {
				heard(pk.TopicName, pk.Payload)
			}
		}),
	)
	if err == nil {
		err = server.Serve()
	}
	if err != nil {
		listener.Close()
		return nil, err
	}
	return &broker{server: server, gate: gate, address: listener.Addr().String(), watch: watch}, nil
}

// publish sends a message once the flow has subscribed to filters, and waits until the flow has confirmed it, so that
// what follows in a script sees what came of it.
func (b *broker) publish(topic string, payload []byte, filters int) error {
	if b.gate.isAway() {
		return errors.New("the broker is away; connect brings it back")
	}
	if topic == "" || strings.ContainsAny(topic, "+#\x00") {
		return errors.New("a message needs a topic without + and #")
	}
	b.watch.waitFor(func(w *brokerWatch) bool { return len(w.filters) >= filters })
	if err := b.server.Publish(topic, payload, false, 1); err != nil {
		return err
	}
	b.watch.waitFor(func(w *brokerWatch) bool { return len(w.flying) == 0 })
	return nil
}

// disconnect takes the broker away from all who are connected, until connect brings it back and waits for them.
func (b *broker) disconnect() error {
	if b.gate.isAway() {
		return errors.New("the broker is away already; connect brings it back")
	}
	b.gate.send(true)
	b.watch.waitFor(func(w *brokerWatch) bool { return len(w.clients) == 0 })
	return nil
}

func (b *broker) connect() error {
	if !b.gate.isAway() {
		return errors.New("the broker is there; disconnect takes it away")
	}
	b.gate.send(false)
	b.watch.waitFor(func(w *brokerWatch) bool { return len(w.clients) > 0 })
	return nil
}

func (b *broker) close() { b.server.Close() }

// brokerWatch lets everybody in, and knows who is connected, what is subscribed and what is not confirmed yet.
type brokerWatch struct {
	mqtt.HookBase
	mu      sync.Mutex
	clients map[string]bool
	filters map[string]bool
	flying  map[delivered]bool
	moved   chan struct{}
}

// delivered is a message on its way to a client.
type delivered struct {
	client string
	id     uint16
}

func (w *brokerWatch) ID() string { return "flowc" }

func (w *brokerWatch) Provides(b byte) bool {
	switch b {
	case mqtt.OnSessionEstablished, mqtt.OnDisconnect, mqtt.OnConnectAuthenticate, mqtt.OnACLCheck, mqtt.OnSubscribed, mqtt.OnQosPublish, mqtt.OnQosDropped, mqtt.OnPacketRead:
		return true
	}
	return false
}

func (w *brokerWatch) OnConnectAuthenticate(*mqtt.Client, packets.Packet) bool { return true }

func (w *brokerWatch) OnACLCheck(*mqtt.Client, string, bool) bool { return true }

func (w *brokerWatch) OnSessionEstablished(cl *mqtt.Client, _ packets.Packet) {
	w.change(func() { w.clients[cl.ID] = true })
}

func (w *brokerWatch) OnDisconnect(cl *mqtt.Client, _ error, _ bool) {
	w.change(func() { delete(w.clients, cl.ID) })
}

func (w *brokerWatch) OnSubscribed(cl *mqtt.Client, pk packets.Packet, _ []byte) {
	w.change(func() {
		for _, f := range pk.Filters {
			if cl.ID != mqtt.InlineClientId {
				w.filters[cl.ID+" "+f.Filter] = true
			}
		}
	})
}

func (w *brokerWatch) OnQosPublish(cl *mqtt.Client, pk packets.Packet, _ int64, _ int) {
	if pk.FixedHeader.Type != packets.Publish {
		return // the broker's own confirmation of what the flow publishes
	}
	w.change(func() { w.flying[delivered{cl.ID, pk.PacketID}] = true })
}

func (w *brokerWatch) OnQosDropped(cl *mqtt.Client, pk packets.Packet) {
	w.change(func() { delete(w.flying, delivered{cl.ID, pk.PacketID}) })
}

func (w *brokerWatch) OnPacketRead(cl *mqtt.Client, pk packets.Packet) (packets.Packet, error) {
	if t := pk.FixedHeader.Type; t == packets.Puback || t == packets.Pubcomp {
		w.OnQosDropped(cl, pk)
	}
	return pk, nil
}

func (w *brokerWatch) change(f func()) {
	w.mu.Lock()
	f()
	w.mu.Unlock()
	select {
	case w.moved <- struct{}{}:
	default:
	}
}

// waitFor waits until ok holds, at most for settleLimit.
func (w *brokerWatch) waitFor(ok func(*brokerWatch) bool) {
	limit := time.NewTimer(settleLimit)
	defer limit.Stop()
	for {
		w.mu.Lock()
		done := ok(w)
		w.mu.Unlock()
		if done {
			return
		}
		select {
		case <-w.moved:
		case <-limit.C:
			return
		}
	}
}
