package mqtt

import (
	"context"
	"errors"
	"io"
	"time"

	"flowc/rt/flow"

	"github.com/eclipse/paho.golang/packets"
	"github.com/eclipse/paho.golang/paho/log"
	pahosession "github.com/eclipse/paho.golang/paho/session"
)

// link is one connection to a broker, from CONNACK to its end. It is the session
// manager of the client library and takes messages and acknowledgements from the
// wire. What is guarded by the session's mutex says so.
type link struct {
	s *session
	w *wire

	// What the broker said of itself at the start.
	present   bool
	quota     int
	maxPacket int
	maxQoS    byte
	retains   bool
	subIDs    bool

	// Guarded by s.mu.
	epoch    uint32
	inflight int
	asked    map[uint16]*asked
	// receipts are what came in and is not acknowledged, in order; the first has
	// the number base.
	receipts []receipt
	base     uint32
	unacked  int // bytes
	// overrun says that messages were refused; renew is closed, once, when all
	// before them is acknowledged.
	overrun, parting bool
	renew            chan struct{}
	// code is the reason in the broker's DISCONNECT.
	code   byte
	parted bool
	// told keeps a warning from being repeated on this connection.
	told bool
}

// asked is a SUBSCRIBE without its SUBACK.
type asked struct {
	sub *subscription
	at  time.Duration
}

func newLink(s *session) *link {
	return &link{s: s, asked: map[uint16]*asked{}, renew: make(chan struct{}), quota: 65535, maxQoS: 2, retains: true, subIDs: true}
}

// ConAckReceived starts the link: it runs before the first read, so it only
// files what is to be written.
func (l *link) ConAckReceived(_ io.Writer, _ *packets.Connect, ack *packets.Connack) error {
	l.present = ack.SessionPresent
	if p := ack.Properties; p != nil {
		if p.ReceiveMaximum != nil {
			l.quota = int(*p.ReceiveMaximum)
		}
		if p.MaximumPacketSize != nil {
			l.maxPacket = int(min(*p.MaximumPacketSize, 1<<30))
		}
		if p.MaximumQOS != nil {
			l.maxQoS = min(*p.MaximumQOS, 2)
		}
		l.retains = p.RetainAvailable == nil || *p.RetainAvailable != 0
		l.subIDs = p.SubIDAvailable == nil || *p.SubIDAvailable != 0
	}
	if l.quota == 0 {
		err := malformed("receive maximum 0")
		l.w.fail(err)
		return err
	}
	l.s.adopt(l, l.present)
	return nil
}

// ConnectionLost ends the link; the library may tell of it twice.
func (l *link) ConnectionLost(d *packets.Disconnect) error {
	if d != nil {
		l.s.mu.Lock()
		l.code, l.parted = d.ReasonCode, true
		if d.ReasonCode == codeTooLarge {
			l.blameLargest()
		}
		l.s.mu.Unlock()
		l.w.fail(&lost{text: "closed the connection: " + reason(d.ReasonCode), code: d.ReasonCode})
	}
	l.s.leave(l)
	return nil
}

// answer takes an acknowledgement.
func (l *link) answer(kind byte, id uint16, code byte) {
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	switch kind {
	case packets.PUBACK:
		l.confirmed(id, code, false)
	case packets.PUBREC:
		l.tookOver(id, code)
	case packets.PUBREL:
		l.release(id)
	case packets.PUBCOMP:
		l.confirmed(id, code, true)
	}
}

// PacketReceived takes what the wire left to the library.
func (l *link) PacketReceived(cp *packets.ControlPacket, _ chan<- *packets.Publish) error {
	if p, ok := cp.Content.(*packets.Suback); ok {
		l.s.mu.Lock()
		defer l.s.mu.Unlock()
		l.granted(p)
	}
	return nil
}

// room lets the couriers go on.
func (l *link) room() { l.s.room() }

// subscribe asks for a subscription.
func (l *link) subscribe(sub *subscription) {
	id := l.s.newID()
	l.asked[id] = &asked{sub: sub, at: l.s.clock.Mono()}
	handling := byte(retainIfNew)
	if !sub.known {
		handling = retainAlways
	}
	sid := sub.id
	if !l.subIDs {
		sid = 0
	}
	l.put(func(b []byte) []byte { return appendSubscribe(b, id, sub.filter, sub.qos, handling, sid) })
}

// granted holds the broker's answer against what was asked for.
func (l *link) granted(p *packets.Suback) {
	a := l.asked[p.PacketID]
	delete(l.asked, p.PacketID)
	if a == nil || len(p.Reasons) != 1 {
		return
	}
	a.sub.known, a.sub.trouble = true, ""
	switch code := p.Reasons[0]; {
	case code >= 0x80:
		a.sub.tell("the broker refuses the subscription to " + quote(a.sub.filter) + ": " + reason(code))
	case code < a.sub.qos:
		a.sub.tell("the broker grants only QoS " + flow.FormatInt(int64(code)) + " for " + quote(a.sub.filter) +
			" instead of " + flow.FormatInt(int64(a.sub.qos)) + ": messages may be lost or doubled")
	}
}

func (s *subscription) tell(message string) {
	s.trouble = message
	for _, f := range s.feeds {
		f.h.Log(flow.LevelError, message)
	}
}

// put writes a packet.
func (l *link) put(write func([]byte) []byte) {
	l.w.Lock()
	if l.w.err == nil && !l.w.closing {
		l.w.out = write(l.w.out)
	}
	l.w.Unlock()
}

// AddToSession would give the library's own requests an identifier; there are
// none, since subscribing and publishing is done here.
func (l *link) AddToSession(context.Context, pahosession.Packet, chan<- packets.ControlPacket) error {
	return errors.New("not used")
}

// Ack is done when a token is over, not when the library says so.
func (l *link) Ack(*packets.Publish) error { return nil }

// Close has nothing to do: the session stays.
func (l *link) Close() error { return nil }

// SetErrorLogger is not used.
func (l *link) SetErrorLogger(log.Logger) {}

// SetDebugLogger is not used.
func (l *link) SetDebugLogger(log.Logger) {}
