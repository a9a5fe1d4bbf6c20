package witness

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"strconv"
	"sync"

	"github.com/eclipse/paho.golang/packets"
)

// conn is one connection. Fields are guarded by the broker's mutex, the output
// by its own.
type conn struct {
	b       *Broker
	net     net.Conn
	number  int
	packets int
	session *session
	will    *packets.Publish
	// window is the client's receive maximum.
	window int
	gone   bool
	// seen are the identifiers of messages that came in and are not confirmed.
	seen map[uint16]bool

	outMu  sync.Mutex
	outCnd *sync.Cond
	out    bytes.Buffer
	last   bool
}

func newConn(b *Broker, raw net.Conn, number int) *conn {
	c := &conn{b: b, net: raw, number: number, window: 65535, seen: map[uint16]bool{}}
	c.outCnd = sync.NewCond(&c.outMu)
	return c
}

// send queues a packet; it never blocks.
func (c *conn) send(p packets.Packet) {
	var buf bytes.Buffer
	p.WriteTo(&buf)
	c.raw(buf.Bytes())
}

func (c *conn) raw(b []byte) {
	c.outMu.Lock()
	c.out.Write(b)
	c.outMu.Unlock()
	c.outCnd.Signal()
}

// write sends what is queued, until part and empty.
func (c *conn) write() {
	for {
		c.outMu.Lock()
		for c.out.Len() == 0 && !c.last {
			c.outCnd.Wait()
		}
		batch := append([]byte(nil), c.out.Bytes()...)
		c.out.Reset()
		last := c.last
		c.outMu.Unlock()
		if _, err := c.net.Write(batch); err != nil || last {
			c.net.Close()
			return
		}
	}
}

// part closes the connection when what is queued has been written.
func (c *conn) part() {
	c.leave()
	c.outMu.Lock()
	c.last = true
	c.outMu.Unlock()
	c.outCnd.Signal()
}

// cut closes the connection at once.
func (c *conn) cut() {
	c.net.Close()
	c.leave()
	c.outMu.Lock()
	c.out.Reset()
	c.last = true
	c.outMu.Unlock()
	c.outCnd.Signal()
}

// leave takes the connection out of the broker and sends its will.
func (c *conn) leave() {
	if c.gone {
		return
	}
	c.gone = true
	delete(c.b.conns, c)
	if s := c.session; s != nil && s.conn == c {
		s.conn = nil
		if s.expiry == 0 {
			delete(c.b.sessions, s.client)
		}
	}
	if c.will != nil && !c.b.closed {
		c.b.route(c.will)
	}
	c.b.touch()
}

func (c *conn) read() {
	in := bufio.NewReader(c.net)
	for {
		p, err := packets.ReadPacket(in)
		c.b.mu.Lock()
		if err != nil || c.gone {
			var broken net.Error // a cut connection is nobody's fault
			if err != io.EOF && !errors.As(err, &broken) && !c.gone {
				c.b.violation("connection " + strconv.Itoa(c.number) + ": " + err.Error())
			}
			c.cut()
			c.b.mu.Unlock()
			return
		}
		c.packets++
		if c.packets == c.b.faults.DropAt {
			c.b.faults.DropAt = 0
			c.cut()
		} else if !c.b.faults.Mute {
			c.handle(p)
		}
		c.b.touch()
		c.b.mu.Unlock()
	}
}

func (c *conn) handle(p *packets.ControlPacket) {
	b := c.b
	if c.session == nil && p.Type != packets.CONNECT {
		b.violation("no CONNECT first")
		c.cut()
		return
	}
	switch m := p.Content.(type) {
	case *packets.Connect:
		c.connect(m)
	case *packets.Publish:
		c.publish(m)
	case *packets.Puback:
		c.ack(packets.PUBACK, m.PacketID)
	case *packets.Pubrec:
		c.ack(packets.PUBREC, m.PacketID)
	case *packets.Pubrel:
		c.ack(packets.PUBREL, m.PacketID)
	case *packets.Pubcomp:
		c.ack(packets.PUBCOMP, m.PacketID)
	case *packets.Subscribe:
		c.subscribe(m)
	case *packets.Pingreq:
		b.pings++
		c.send(&packets.Pingresp{})
	case *packets.Disconnect:
		if m.ReasonCode == 0 {
			c.will = nil
		}
		c.part()
	}
}

func (c *conn) connect(m *packets.Connect) {
	b, f := c.b, c.b.faults
	b.connects = append(b.connects, *m)
	switch {
	case f.First != nil:
		c.raw(f.First)
		return
	case f.Old:
		c.raw([]byte{0x20, 2, 0, 1})
		c.part()
		return
	case f.Refuse != 0:
		c.send(&packets.Connack{ReasonCode: f.Refuse, Properties: &packets.Properties{}})
		c.part()
		return
	}
	s, present := b.resume(m)
	if s.conn != nil {
		s.conn.send(&packets.Disconnect{ReasonCode: packets.DisconnectSessionTakenOver, Properties: &packets.Properties{}})
		s.conn.part()
		b.sessions[m.ClientID] = s
	}
	s.conn, c.session = c, s
	if m.WillFlag {
		c.will = &packets.Publish{Topic: m.WillTopic, Payload: m.WillMessage, QoS: m.WillQOS, Retain: m.WillRetain}
	}
	if m.Properties.ReceiveMaximum != nil {
		c.window = int(*m.Properties.ReceiveMaximum)
	}
	c.send(&packets.Connack{SessionPresent: present, Properties: f.properties()})
	if f.Raw != nil {
		c.raw(f.Raw)
	}
	s.again()
}

func (f Faults) properties() *packets.Properties {
	p := &packets.Properties{MaximumQOS: f.MaximumQoS}
	no := byte(0)
	if f.ReceiveMaximum > 0 {
		p.ReceiveMaximum = &f.ReceiveMaximum
	}
	if f.MaximumPacket > 0 {
		p.MaximumPacketSize = &f.MaximumPacket
	}
	if f.NoRetain {
		p.RetainAvailable = &no
	}
	if f.NoIdentifiers {
		p.SubIDAvailable = &no
	}
	return p
}

func (c *conn) publish(m *packets.Publish) {
	b := c.b
	got := Message{Client: c.session.client, Topic: m.Topic, Payload: string(m.Payload), QoS: m.QoS,
		Retain: m.Retain, Dup: m.Duplicate, ID: m.PacketID, Connection: c.number}
	if m.Properties.MessageExpiry != nil {
		got.Expiry = *m.Properties.MessageExpiry
	}
	if b.hear != nil {
		b.hear(got)
	} else {
		b.messages = append(b.messages, got)
	}
	if m.QoS > 0 {
		if c.seen[m.PacketID] {
			b.violation("published again on a live connection: packet " + strconv.Itoa(int(m.PacketID)))
		}
		c.seen[m.PacketID] = true
		if most := int(b.faults.ReceiveMaximum); most > 0 && len(c.seen) > most {
			b.violation("more unconfirmed messages than the receive maximum")
		}
	}
	var code byte
	if b.faults.Code != nil {
		code = b.faults.Code(got)
	}
	again := m.QoS == 2 && c.session.in2[m.PacketID]
	if code < 0x80 && !again {
		b.route(m)
	}
	switch m.QoS {
	case 1:
		c.confirm(m.PacketID, &packets.Puback{PacketID: m.PacketID, ReasonCode: code, Properties: &packets.Properties{}})
	case 2:
		if code < 0x80 {
			c.session.in2[m.PacketID] = true
		} else {
			delete(c.seen, m.PacketID)
		}
		c.hold(func() {
			c.send(&packets.Pubrec{PacketID: m.PacketID, ReasonCode: code, Properties: &packets.Properties{}})
		})
	}
}

// confirm ends a message that came in.
func (c *conn) confirm(id uint16, p packets.Packet) {
	c.hold(func() {
		delete(c.seen, id)
		c.send(p)
	})
}

func (c *conn) hold(send func()) {
	if c.b.faults.HoldAcks {
		c.b.held = append(c.b.held, send)
		return
	}
	send()
}

func (c *conn) ack(kind byte, id uint16) {
	if c.b.hear == nil {
		c.b.acks = append(c.b.acks, Ack{Client: c.session.client, Type: kind, ID: id, Connection: c.number})
	}
	if kind == packets.PUBREL {
		delete(c.session.in2, id)
		c.confirm(id, &packets.Pubcomp{PacketID: id, Properties: &packets.Properties{}})
		return
	}
	c.session.acked(kind, id)
}

func (c *conn) subscribe(m *packets.Subscribe) {
	b := c.b
	reply := &packets.Suback{PacketID: m.PacketID, Properties: &packets.Properties{}}
	for _, o := range m.Subscriptions {
		sub := &subscription{filter: o.Topic, qos: o.QoS}
		if m.Properties.SubscriptionIdentifier != nil {
			sub.id = *m.Properties.SubscriptionIdentifier
		}
		b.subscribes = append(b.subscribes, Subscribe{Client: c.session.client, Filter: o.Topic, QoS: o.QoS,
			Identifier: sub.id, RetainHandling: o.RetainHandling, Connection: c.number})
		if most := b.faults.MostQoS; most != nil {
			sub.qos = min(sub.qos, *most)
		}
		reply.Reasons = append(reply.Reasons, sub.qos)
		known := c.session.subscribe(sub)
		if o.RetainHandling == 0 || o.RetainHandling == 1 && !known {
			defer b.sendRetained(c.session, sub)
		}
	}
	c.send(reply)
}
