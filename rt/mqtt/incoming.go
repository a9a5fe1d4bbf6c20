package mqtt

import (
	"flowc/rt/flow"

	"github.com/eclipse/paho.golang/packets"
)

// receiveMaximum is how many messages a broker may send before it has to wait
// for an acknowledgement; it is told to the broker.
const receiveMaximum = 64

// unackedBytes bounds what a broker may send before an acknowledgement, as a
// broker that keeps to the maximum can reach it. mosquitto 2.0.11 does not keep
// to it and sends all that it has queued, so more than receiveMaximum small
// messages are taken; beyond the bound see overrun.
const unackedBytes = receiveMaximum * maxPacket

// receipt is a message that came in on this connection. It is acknowledged when
// nothing is pending for it or for any message before it.
type receipt struct {
	packetID uint16
	qos      byte
	pending  int32
	size     int
}

// taken is a message of QoS 2 from its PUBLISH to its PUBREL. A second PUBLISH
// with its identifier is the same message.
type taken struct {
	pending int32
	// key is the newest receipt, first the one that its things know.
	key, first uint64
}

// receive files a message to the things that asked for it. It runs on the
// library's reader.
func (l *link) receive(p publication) error {
	s := l.s
	s.mu.Lock()
	defer s.mu.Unlock()
	var key uint64
	if p.qos > 0 {
		if l.crowded(p) {
			return nil
		}
		key = l.note(p)
	}
	if p.qos == 2 {
		if t := s.taken[p.packetID]; t != nil {
			return l.repeat(t, key)
		}
	}
	topic := s.intern(p.topic)
	feeds := l.route(p, topic)
	if len(feeds) == 0 {
		l.strange(topic)
	}
	if p.qos == 2 {
		// One more than there are feeds, until all have it.
		t := &taken{pending: int32(len(feeds)) + 1, key: key, first: key}
		s.taken[p.packetID], s.working[key] = t, t
	} else if key != 0 {
		l.at(key).pending = int32(len(feeds)) + 1
	}
	m := message{topic: topic, retained: p.retain, qos: p.qos, key: key}
	m.payload = append(make([]byte, 0, len(p.payload)), p.payload...)
	for _, f := range feeds {
		for _, gone := range f.file(m) {
			s.over(gone.key)
		}
	}
	s.over(key)
	return nil
}

// crowded refuses what goes beyond the bound. It is not acknowledged, and with it
// nothing behind it on this connection: when all before it is, the connection is
// made anew, and the broker sends the rest again.
func (l *link) crowded(p publication) bool {
	if !l.overrun && l.unacked+p.size() > unackedBytes {
		l.overrun = true
		l.s.log(flow.LevelDebug, "the broker sends more than it may; the rest is refused for now")
	}
	return l.overrun
}

// unackedOverhead is what a message takes beside its text until it is acknowledged, in
// bytes: in its inbox, in the program's books, and on its way to another broker.
const unackedOverhead = 512

// size is what a message may take until it is acknowledged, in bytes.
func (p publication) size() int { return len(p.topic) + len(p.payload) + unackedOverhead }

// note adds a receipt and gives its key.
func (l *link) note(p publication) uint64 {
	n := l.base + uint32(len(l.receipts))
	r := receipt{packetID: p.packetID, qos: p.qos, pending: 1, size: p.size()}
	l.receipts = append(l.receipts, r)
	l.unacked += r.size
	return uint64(l.epoch)<<32 | uint64(n)
}

func (l *link) at(key uint64) *receipt {
	if l == nil || uint32(key>>32) != l.epoch {
		return nil
	}
	if i := uint32(key) - l.base; int(i) < len(l.receipts) {
		return &l.receipts[i]
	}
	return nil
}

// repeat ties a repeated QoS 2 message to the work that its first copy started.
func (l *link) repeat(t *taken, key uint64) error {
	if uint32(t.key>>32) == l.epoch {
		return malformed("a packet identifier that is in use")
	}
	t.key = key
	if t.pending == 0 {
		l.at(key).pending = 0
		l.acknowledge()
	}
	return nil
}

// route gives the feeds of all subscriptions that the message matched, each
// once. A broker without subscription identifiers leaves the matching to us.
func (l *link) route(p publication, topic string) []*feed {
	var feeds []*feed
	add := func(sub *subscription) {
		for _, f := range sub.feeds {
			if f.wants(topic) && !contains(feeds, f) {
				feeds = append(feeds, f)
			}
		}
	}
	if len(p.ids) == 1 {
		if sub := l.s.byID(p.ids[0]); sub != nil && len(sub.feeds) == 1 {
			if sub.feeds[0].wants(topic) {
				return sub.feeds
			}
			return nil
		}
	}
	for _, sub := range l.s.subs {
		if !l.subIDs || containsID(p.ids, sub.id) {
			add(sub)
		}
	}
	return feeds
}

func contains(list []*feed, f *feed) bool {
	for _, g := range list {
		if g == f {
			return true
		}
	}
	return false
}

func containsID(ids []uint32, id uint32) bool {
	for _, i := range ids {
		if i == id {
			return true
		}
	}
	return false
}

// strange counts a message that nothing here asked for. It is acknowledged like
// the others; it tells once.
func (l *link) strange(topic string) {
	l.s.strangers++
	if l.s.strangers == 1 {
		l.s.log(flow.LevelWarning, "messages come for a subscription that this program does not have, first on "+
			quote(topic)+"; an earlier version had it, and the broker still knows. They are ignored")
	}
}

// done ends the work of one thing on the message with this key; any goroutine
// may call it.
func (s *session) done(key uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.over(key)
}

func (s *session) over(key uint64) {
	if key == 0 {
		return
	}
	if t := s.working[key]; t != nil {
		if t.pending--; t.pending > 0 {
			return
		}
		delete(s.working, key)
		key = t.key
	}
	r := s.link.at(key)
	if r == nil {
		return // another connection: the broker sends it again
	}
	if r.pending--; r.pending <= 0 {
		s.link.acknowledge()
	}
}

// acknowledge confirms what is over, in the order it came.
func (l *link) acknowledge() {
	for len(l.receipts) > 0 && l.receipts[0].pending <= 0 {
		r := l.receipts[0]
		l.receipts = l.receipts[1:]
		l.base++
		l.unacked -= r.size
		kind := byte(packets.PUBACK)
		if r.qos == 2 {
			kind = packets.PUBREC
		}
		l.put(func(b []byte) []byte { return appendAck(b, kind, r.packetID, 0) })
	}
	if l.overrun && len(l.receipts) == 0 && !l.parting {
		l.parting = true
		close(l.renew)
	}
}

// release is the second half of QoS 2: PUBREL.
func (l *link) release(id uint16) {
	code := byte(codeUnknownID)
	if t := l.s.taken[id]; t != nil {
		code = 0
		delete(l.s.taken, id)
		delete(l.s.working, t.first)
	}
	l.put(func(b []byte) []byte { return appendAck(b, packets.PUBCOMP, id, code) })
}
