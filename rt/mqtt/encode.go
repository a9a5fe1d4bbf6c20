package mqtt

import (
	"time"

	"github.com/eclipse/paho.golang/packets"
)

// propExpiry is the identifier of the message expiry interval.
const propExpiry = 2

// publishSize is the size of a PUBLISH on the wire, at most.
func publishSize(topic string, payload []byte) int { return 5 + 2 + len(topic) + 2 + 6 + len(payload) }

// appendPublish appends a PUBLISH; expiry 0 means none.
func appendPublish(dst []byte, topic string, payload []byte, id uint16, qos byte, retain, dup bool, expiry time.Duration) []byte {
	first := byte(packets.PUBLISH<<4) | qos<<1
	if retain {
		first |= 1
	}
	if dup {
		first |= 8
	}
	length := 2 + len(topic) + 1 + len(payload)
	if qos > 0 {
		length += 2
	}
	if expiry > 0 {
		length += 5
	}
	dst = appendVarint(append(dst, first), length)
	dst = append(dst, byte(len(topic)>>8), byte(len(topic)))
	dst = append(dst, topic...)
	if qos > 0 {
		dst = append(dst, byte(id>>8), byte(id))
	}
	if expiry > 0 {
		s := uint32((expiry + time.Second - 1) / time.Second)
		dst = append(dst, 5, propExpiry, byte(s>>24), byte(s>>16), byte(s>>8), byte(s))
	} else {
		dst = append(dst, 0)
	}
	return append(dst, payload...)
}

// appendAck appends a PUBACK, PUBREC, PUBREL or PUBCOMP.
func appendAck(dst []byte, kind byte, id uint16, code byte) []byte {
	first := kind << 4
	if kind == packets.PUBREL {
		first |= 2
	}
	if code == 0 {
		return append(dst, first, 2, byte(id>>8), byte(id))
	}
	return append(dst, first, 3, byte(id>>8), byte(id), code)
}

// appendSubscribe appends a SUBSCRIBE for one filter; sub 0 means no
// subscription identifier.
func appendSubscribe(dst []byte, id uint16, filter string, qos, retainHandling byte, sub uint32) []byte {
	var props []byte
	if sub != 0 {
		props = appendVarint([]byte{packets.PropSubscriptionIdentifier}, int(sub))
	}
	dst = append(dst, packets.SUBSCRIBE<<4|2)
	dst = appendVarint(dst, 2+1+len(props)+2+len(filter)+1)
	dst = append(dst, byte(id>>8), byte(id), byte(len(props)))
	dst = append(dst, props...)
	dst = append(dst, byte(len(filter)>>8), byte(len(filter)))
	dst = append(dst, filter...)
	return append(dst, qos|retainHandling<<4)
}

func appendVarint(dst []byte, n int) []byte {
	for n >= 0x80 {
		dst = append(dst, byte(n)|0x80)
		n >>= 7
	}
	return append(dst, byte(n))
}
