package mqtt

import (
	"time"

	"flowc/rt/flow"
)

// delivery is a message on its way to the broker, from Shoot to confirmation.
type delivery struct {
	owner   *courier
	token   flow.Token
	topic   string
	payload []byte
	qos     byte
	retain  bool
	// expiry counts from born; 0 means that the message never expires.
	expiry, born time.Duration
	// ticket is what a buffer knows it by, 0 without one; until is when that has no use
	// for it any more.
	ticket uint64
	until  time.Duration

	// id is the packet identifier while the broker knows of the message, else 0.
	id uint16
	// epoch is the connection it is under way on, or 0.
	epoch  uint32
	sentAt time.Duration
	// repeated says that the broker may have seen it under this id.
	repeated bool
	// released says that the broker took it (QoS 2, PUBREC came).
	released bool
	// attempt counts refusals; the next attempt is not before due.
	attempt int
	due     time.Duration
	// over is closed at the end, where somebody waits for it.
	over chan struct{}
}

// deliveryOverhead is what a message takes beside its text, in bytes.
const deliveryOverhead = 256

// size is what the message takes; the buffer of its payload has grown in steps, and may be
// much larger than what is in it.
func (d *delivery) size() int { return len(d.topic) + cap(d.payload) + deliveryOverhead }

// left is what remains of the expiry: 0 for a message that never expires.
func (d *delivery) left(now time.Duration) (left time.Duration, expired bool) {
	switch {
	case d.until != 0 && now >= d.until:
		return 0, true
	case d.expiry == 0:
		return 0, false
	}
	left = d.born + d.expiry - now
	return left, left <= 0
}

// forget makes the message one that the broker never saw.
func (d *delivery) forget() {
	d.id, d.epoch, d.repeated, d.released = 0, 0, false, false
}
