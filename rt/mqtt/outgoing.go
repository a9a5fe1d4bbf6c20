package mqtt

import (
	"time"

	"flowc/rt/flow"

	"github.com/eclipse/paho.golang/packets"
)

// sending is what became of an attempt to send.
type sending uint8

const (
	// sent means under way, or over.
	sent sending = iota
	// blocked means that the broker takes no more for now.
	blocked
)

// send writes a message, or the release of one that the broker already took.
// The session's mutex is held.
func (l *link) send(d *delivery, now time.Duration) sending {
	qos := min(d.qos, l.maxQoS)
	left, expired := d.left(now)
	switch {
	case expired && !d.released:
		l.drop(d)
		d.end(flow.OutcomeDropped, "expired before the broker took it")
		return sent
	case !d.released && l.maxPacket > 0 && publishSize(d.topic, d.payload) > l.maxPacket:
		l.drop(d)
		d.end(flow.OutcomeDead, "the message is larger than the broker takes ("+flow.FormatInt(int64(l.maxPacket))+" bytes)")
		return sent
	case !d.released && d.retain && !l.retains:
		l.drop(d)
		d.end(flow.OutcomeDead, "the broker keeps no retained messages")
		return sent
	case qos > 0 && l.inflight >= l.quota, l.w.full():
		return blocked
	}
	if qos < d.qos && !l.told {
		l.told = true
		l.s.log(flow.LevelError, "the broker takes only QoS "+flow.FormatInt(int64(qos))+": messages may be lost")
	}
	if qos == 0 {
		l.put(func(b []byte) []byte { return appendPublish(b, d.topic, d.payload, 0, 0, d.retain, false, left) })
		l.drop(d)
		d.end(flow.OutcomeDelivered, "")
		return sent
	}
	if d.id == 0 {
		if d.id = l.s.newID(); d.id == 0 {
			return blocked
		}
		l.s.waiting[d.id] = d
		if qos == 2 {
			l.sweep(d.id)
		}
	}
	l.inflight++
	d.epoch, d.sentAt = l.epoch, now
	if d.released {
		l.put(func(b []byte) []byte { return appendAck(b, packets.PUBREL, d.id, 0) })
	} else {
		l.put(func(b []byte) []byte {
			return appendPublish(b, d.topic, d.payload, d.id, qos, d.retain, d.repeated, left)
		})
	}
	d.repeated = true
	return sent
}

// sweep releases what an earlier process may have left under a packet id: the
// broker would take a new message of QoS 2 for a repetition of that one.
func (l *link) sweep(id uint16) {
	if !l.s.inherited || l.s.swept[id] {
		return
	}
	l.s.swept[id] = true
	l.put(func(b []byte) []byte { return appendAck(b, packets.PUBREL, id, 0) })
}

// drop frees the identifier of a message.
func (l *link) drop(d *delivery) {
	if d.id != 0 {
		delete(l.s.waiting, d.id)
	}
	d.forget()
}

// find gives the message that an answer on this link is for.
func (l *link) find(id uint16) *delivery {
	if d := l.s.waiting[id]; d != nil && d.epoch == l.epoch {
		return d
	}
	return nil
}

// confirmed ends a message: PUBACK, or PUBCOMP (last) of QoS 2.
func (l *link) confirmed(id uint16, code byte, last bool) {
	d := l.find(id)
	if d == nil || last && !d.released {
		return
	}
	if code == codeUnknownID {
		code = 0 // PUBCOMP of a message that the broker has long released
	}
	l.settle(d, code)
}

// tookOver is the first half of QoS 2: PUBREC.
func (l *link) tookOver(id uint16, code byte) {
	d := l.find(id)
	switch {
	case d == nil:
		l.put(func(b []byte) []byte { return appendAck(b, packets.PUBREL, id, codeUnknownID) })
	case code >= 0x80:
		l.settle(d, code)
	default:
		d.released, d.sentAt = true, l.s.clock.Mono()
		l.put(func(b []byte) []byte { return appendAck(b, packets.PUBREL, id, 0) })
	}
}

// settle ends a message with the broker's word on it, or sets it up for another
// attempt.
func (l *link) settle(d *delivery, code byte) {
	l.inflight--
	l.drop(d)
	switch {
	case code < 0x80:
		d.end(flow.OutcomeDelivered, "")
	case transient(code) && d.attempt+1 < retryTimes:
		d.again(l.s.clock.Mono())
	default:
		d.attempt++
		d.end(flow.OutcomeDead, "the broker refuses the message: "+reason(code))
	}
	l.s.wakeCouriers()
}

// blameLargest gives up the largest message under way: the broker hung up
// because of it and would do so again.
func (l *link) blameLargest() {
	var largest *delivery
	for _, d := range l.s.waiting {
		if d.epoch != l.epoch || d.owner == nil {
			continue
		}
		if largest == nil || len(d.payload) > len(largest.payload) {
			largest = d
		}
	}
	if largest != nil {
		l.drop(largest)
		largest.attempt++
		largest.end(flow.OutcomeDead, "the broker refuses the message: "+reason(codeTooLarge))
	}
}

// announce publishes the availability, retained.
func (l *link) announce(payload string) *delivery {
	d := &delivery{topic: l.s.availability, payload: []byte(payload), qos: 1, retain: l.retains, over: make(chan struct{})}
	l.send(d, l.s.clock.Mono())
	return d
}
