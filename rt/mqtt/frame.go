package mqtt

import "github.com/eclipse/paho.golang/packets"

// maxPacket is the largest packet taken from a broker, in bytes. It is told to
// the broker, and held against one that does not keep to it.
const maxPacket = 256 << 10

// publication is a PUBLISH as it stands in the reader's buffer: topic and
// payload must be copied before the next read.
type publication struct {
	topic, payload []byte
	// ids are the identifiers of all subscriptions that it matched.
	ids      []uint32
	packetID uint16
	qos      byte
	retain   bool
	dup      bool
}

// checkHeader refuses what a broker never sends, before anything is read for it.
func checkHeader(first byte, length int) error {
	kind, flags := first>>4, first&0x0F
	switch kind {
	case packets.PUBLISH:
		if flags&0x06 == 0x06 {
			return malformed("QoS 3")
		}
	case packets.PUBREL:
		if flags != 2 {
			return malformed("wrong flags")
		}
	case packets.CONNACK, packets.PUBACK, packets.PUBREC, packets.PUBCOMP,
		packets.SUBACK, packets.UNSUBACK, packets.PINGRESP, packets.DISCONNECT:
		if flags != 0 {
			return malformed("wrong flags")
		}
	default:
		return malformed("a packet that only clients send")
	}
	if length > maxPacket {
		return malformed("larger than 256 KB")
	}
	return nil
}

// checkBody holds a packet other than PUBLISH against its own lengths: on a
// 32-bit machine the library's parser panics on an oversized one.
func checkBody(kind byte, body []byte) error {
	start := 0
	switch kind {
	case packets.CONNACK, packets.SUBACK, packets.UNSUBACK:
		start = 2
	case packets.PUBACK, packets.PUBREC, packets.PUBREL, packets.PUBCOMP:
		if len(body) == 2 || len(body) == 3 { // no properties
			return nil
		}
		start = 3
	case packets.DISCONNECT:
		if len(body) <= 1 {
			return nil
		}
		start = 1
	default:
		return nil
	}
	if len(body) < start {
		return malformed("too short")
	}
	_, _, ok := properties(body[start:], nil)
	if !ok {
		return malformed("wrong properties")
	}
	return nil
}

// parsePublish reads a PUBLISH; ids is reused for its subscription identifiers.
func parsePublish(flags byte, body []byte, ids []uint32) (publication, error) {
	p := publication{qos: flags >> 1 & 3, retain: flags&1 != 0, dup: flags&8 != 0}
	topic, rest, ok := text16(body)
	if !ok {
		return p, malformed("topic too short")
	}
	if len(topic) == 0 {
		return p, malformed("no topic")
	}
	if p.qos > 0 {
		if len(rest) < 2 {
			return p, malformed("too short")
		}
		p.packetID = uint16(rest[0])<<8 | uint16(rest[1])
		if p.packetID == 0 {
			return p, malformed("packet identifier 0")
		}
		rest = rest[2:]
	}
	p.ids, rest, ok = properties(rest, ids[:0])
	if !ok {
		return p, malformed("wrong properties")
	}
	p.topic, p.payload = topic, rest
	return p, nil
}

// propertySize tells how a property's value is laid out: a number of bytes, or
// one of the forms below.
var propertySize = map[byte]int{
	1: 1, 2: 4, 3: sizeText, 8: sizeText, 9: sizeText, 11: sizeVarint, 17: 4, 18: sizeText,
	19: 2, 21: sizeText, 22: sizeText, 23: 1, 24: 4, 25: 1, 26: sizeText, 28: sizeText,
	31: sizeText, 33: 2, 34: 2, 36: 1, 37: 1, 38: sizePair, 39: 4, 40: 1, 41: 1, 42: 1,
}

const (
	sizeText   = -1
	sizePair   = -2
	sizeVarint = -3
)

// properties walks over a property section and gives what follows it, with the
// subscription identifiers appended to ids.
func properties(b []byte, ids []uint32) (_ []uint32, rest []byte, ok bool) {
	n, b, ok := varint(b)
	if !ok || int(n) > len(b) {
		return ids, nil, false
	}
	section, rest := b[:n], b[n:]
	for len(section) > 0 {
		id := section[0]
		section = section[1:]
		switch size := propertySize[id]; size {
		case 0:
			return ids, nil, false
		case sizeText:
			_, section, ok = text16(section)
		case sizePair:
			if _, section, ok = text16(section); ok {
				_, section, ok = text16(section)
			}
		case sizeVarint:
			var sub uint32
			sub, section, ok = varint(section)
			ids = append(ids, sub)
		default:
			if ok = len(section) >= size; ok {
				section = section[size:]
			}
		}
		if !ok {
			return ids, nil, false
		}
	}
	return ids, rest, true
}

func text16(b []byte) (text, rest []byte, ok bool) {
	if len(b) < 2 {
		return nil, nil, false
	}
	n := int(b[0])<<8 | int(b[1])
	if len(b) < 2+n {
		return nil, nil, false
	}
	return b[2 : 2+n], b[2+n:], true
}

// varint reads MQTT's number of one to four bytes.
func varint(b []byte) (n uint32, rest []byte, ok bool) {
	for i := 0; i < 4 && i < len(b); i++ {
		n |= uint32(b[i]&0x7F) << (7 * i)
		if b[i] < 0x80 {
			return n, b[i+1:], true
		}
	}
	return 0, nil, false
}
