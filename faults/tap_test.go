package faults

import (
	"encoding/binary"
	"sync"
)

// tap reads along on the way between a program and a broker: which messages the program
// has accepted, by its acknowledgements, and whether its subscriptions stand.
type tap struct {
	mu sync.Mutex
	// under is what the last message under a packet identifier was.
	under    map[uint16]string
	accepted map[string]bool
	granted  int
}

func newTap() *tap { return &tap{under: map[uint16]string{}, accepted: map[string]bool{}} }

// way reads one direction of one connection.
func (t *tap) way(toBroker bool) func(data []byte) {
	var rest []byte
	return func(data []byte) {
		rest = append(rest, data...)
		for {
			packet, left, ok := firstPacket(rest)
			if !ok {
				return
			}
			rest = left
			t.mu.Lock()
			t.read(toBroker, packet)
			t.mu.Unlock()
		}
	}
}

// firstPacket divides what came into a packet and the rest.
func firstPacket(b []byte) (packet, rest []byte, ok bool) {
	if len(b) < 2 {
		return nil, b, false
	}
	size, n := binary.Uvarint(b[1:])
	if n <= 0 || len(b) < 1+n+int(size) {
		return nil, b, false
	}
	end := 1 + n + int(size)
	return append(append([]byte(nil), b[0]), b[1+n:end]...), b[end:], true
}

// read takes a packet: its first byte, and what follows the length.
func (t *tap) read(toBroker bool, p []byte) {
	switch kind := p[0] >> 4; {
	case kind == 3 && !toBroker && p[0]&6 != 0: // PUBLISH that wants an acknowledgement
		topic := int(binary.BigEndian.Uint16(p[1:]))
		id := binary.BigEndian.Uint16(p[3+topic:])
		properties, n := binary.Uvarint(p[5+topic:])
		t.under[id] = string(p[5+topic+n+int(properties):])
	case kind == 4 && toBroker: // PUBACK
		t.accepted[t.under[binary.BigEndian.Uint16(p[1:])]] = true
	case kind == 9 && !toBroker: // SUBACK
		t.granted++
	}
}

// has reports whether the program has accepted a message.
func (t *tap) has(payload string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.accepted[payload]
}

// subscriptions is how often one was granted.
func (t *tap) subscriptions() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.granted
}
