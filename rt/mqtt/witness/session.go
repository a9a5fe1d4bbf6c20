package witness

import (
	"strconv"
	"strings"

	"github.com/eclipse/paho.golang/packets"
)

// session is what the broker keeps of a client between its connections.
type session struct {
	b      *Broker
	client string
	expiry uint32
	conn   *conn
	subs   []*subscription
	// out are messages of QoS 1 and 2 for the client, in order, until confirmed.
	out    []*outgoing
	lastID uint16
	// in2 are QoS 2 messages of the client that it has not released.
	in2 map[uint16]bool
}

type subscription struct {
	filter string
	qos    byte
	id     int
}

type outgoing struct {
	p        packets.Publish
	sent     bool
	received bool // QoS 2: PUBREC came
}

func (b *Broker) resume(m *packets.Connect) (s *session, present bool) {
	s = b.sessions[m.ClientID]
	present = s != nil && !m.CleanStart
	if !present {
		old := s
		s = &session{b: b, client: m.ClientID, in2: map[uint16]bool{}}
		if old != nil {
			s.conn = old.conn
		}
		b.sessions[m.ClientID] = s
	}
	s.expiry = 0
	if m.Properties.SessionExpiryInterval != nil {
		s.expiry = *m.Properties.SessionExpiryInterval
	}
	return s, present
}

func (s *session) subscribe(sub *subscription) (known bool) {
	for i, old := range s.subs {
		if old.filter == sub.filter {
			s.subs[i] = sub
			return true
		}
	}
	s.subs = append(s.subs, sub)
	return false
}

// route hands a message to all sessions that subscribed to it, a copy for each
// subscription.
func (b *Broker) route(m *packets.Publish) {
	b.routed[m.Topic]++
	if m.Retain {
		b.retain(m)
	}
	for _, s := range b.sessions {
		for _, sub := range s.subs {
			if matches(sub.filter, m.Topic) {
				s.deliver(m, sub, false)
			}
		}
	}
}

func (b *Broker) retain(m *packets.Publish) {
	if b.retained[m.Topic] == nil {
		b.order = append(b.order, m.Topic)
	}
	b.retained[m.Topic] = m
	if len(m.Payload) == 0 {
		delete(b.retained, m.Topic)
	}
}

func (b *Broker) sendRetained(s *session, sub *subscription) {
	for _, topic := range b.order {
		if m := b.retained[topic]; m != nil && matches(sub.filter, topic) {
			s.deliver(m, sub, true)
		}
	}
}

func (s *session) deliver(m *packets.Publish, sub *subscription, retained bool) {
	p := packets.Publish{Topic: m.Topic, Payload: m.Payload, QoS: min(m.QoS, sub.qos), Retain: retained, Properties: &packets.Properties{}}
	if sub.id != 0 {
		id := sub.id
		p.Properties.SubscriptionIdentifier = &id
	}
	if p.QoS == 0 {
		if s.conn != nil {
			s.conn.send(&p)
		}
		return
	}
	s.out = append(s.out, &outgoing{p: p})
	s.pump()
}

// again repeats what a lost connection left open, in order, and goes on.
func (s *session) again() {
	for _, o := range s.out {
		switch {
		case o.received:
			s.conn.send(&packets.Pubrel{PacketID: o.p.PacketID, Properties: &packets.Properties{}})
		case o.sent:
			o.p.Duplicate = true
			s.conn.send(&o.p)
		}
	}
	s.pump()
}

// pump sends what the client's receive maximum allows.
func (s *session) pump() {
	if s.conn == nil {
		return
	}
	for i, o := range s.out {
		if i >= s.conn.window {
			return
		}
		if !o.sent {
			s.lastID = max(s.lastID+1, 1)
			o.p.PacketID, o.sent = s.lastID, true
			s.conn.send(&o.p)
		}
	}
}

// acked takes an acknowledgement; the first of a message must come in the order
// in which the messages were sent.
func (s *session) acked(kind byte, id uint16) {
	for i, o := range s.out {
		if o.p.PacketID != id || !o.sent {
			continue
		}
		if kind == packets.PUBREC {
			s.checkOrder(i, func(o *outgoing) bool { return o.received })
			o.received = true
			s.conn.send(&packets.Pubrel{PacketID: id, Properties: &packets.Properties{}})
			return
		}
		if kind == packets.PUBACK {
			s.checkOrder(i, func(*outgoing) bool { return false })
		}
		if i == 0 { // as ever, but for answers out of order
			s.out[0], s.out = nil, s.out[1:]
		} else {
			s.out = append(s.out[:i:i], s.out[i+1:]...)
		}
		s.pump()
		return
	}
	s.b.violation("acknowledged an unknown packet " + strconv.Itoa(int(id)))
}

func (s *session) checkOrder(i int, done func(*outgoing) bool) {
	for _, earlier := range s.out[:i] {
		if earlier.p.QoS == s.out[i].p.QoS && !done(earlier) {
			s.b.violation("acknowledged out of order: " + strconv.Itoa(int(s.out[i].p.PacketID)))
			return
		}
	}
}

// matches tells whether a filter covers a topic.
func matches(filter, topic string) bool {
	f, t := strings.Split(filter, "/"), strings.Split(topic, "/")
	if strings.HasPrefix(topic, "$") && !strings.HasPrefix(filter, "$") {
		return false
	}
	for i, level := range f {
		if level == "#" {
			return true
		}
		if i >= len(t) || level != "+" && level != t[i] {
			return false
		}
	}
	return len(f) == len(t)
}
