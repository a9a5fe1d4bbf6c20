package mqtt

import (
	"encoding/binary"
	"time"

	"flowc/rt/flow"
)

// What a buffer keeps of a message: flags, topic, expiry, payload. Only programs with
// a buffer link all but pack.

const (
	packedQoS     = 0x03
	packedRetain  = 0x04
	packedExpires = 0x08
)

// pack writes a message for the buffer, and lets it go.
func (c *courier) pack(d *delivery) []byte {
	flags := d.qos & packedQoS
	if d.retain {
		flags |= packedRetain
	}
	if d.expiry > 0 {
		flags |= packedExpires
	}
	b := make([]byte, 0, 16+len(d.topic)+len(d.payload))
	b = append(b, flags)
	if d.expiry > 0 {
		b = binary.AppendUvarint(b, uint64(d.expiry/time.Millisecond))
	}
	b = binary.AppendUvarint(b, uint64(len(d.topic)))
	b = append(b, d.topic...)
	b = append(b, d.payload...)
	c.s.mu.Lock()
	c.bytes += d.size()
	c.release(d)
	c.s.mu.Unlock()
	return b
}

// unpack reads it back; false says that it cannot be read.
func (d *delivery) unpack(b []byte) bool {
	if len(b) == 0 {
		return false
	}
	flags := b[0]
	d.qos, d.retain, b = flags&packedQoS, flags&packedRetain != 0, b[1:]
	if flags&packedExpires != 0 {
		ms, n := binary.Uvarint(b)
		if n <= 0 {
			return false
		}
		d.expiry, b = time.Duration(ms)*time.Millisecond, b[n:]
	}
	size, n := binary.Uvarint(b)
	if n <= 0 || size > uint64(len(b)-n) {
		return false
	}
	b = b[n:]
	d.topic, d.payload = string(b[:size]), append(d.payload[:0], b[size:]...)
	return true
}

// Carry sends a message that the buffer kept, as the next one.
func (c *courier) Carry(ticket uint64, row []byte, age, left time.Duration) {
	d := c.fresh()
	now := c.h.Mono()
	d.ticket = ticket
	if !d.unpack(row) {
		c.s.mu.Lock()
		c.tell(result{ticket: ticket, outcome: flow.OutcomeDead, message: "what the buffer kept cannot be read"})
		c.s.mu.Unlock()
		return
	}
	d.born = now - age
	if left > 0 {
		d.until = now + left
	}
	c.post(d)
}

// Up reports whether there is a connection.
func (c *courier) Up() bool { return c.there.Load() }

// heard follows the connection.
func (c *courier) heard(up bool) {
	c.there.Store(up)
	c.h.Done(0)
}
