// Package chance is where a program's randomness comes from. It enters the
// program once, as a seed at its start; all draws follow from the seed and their
// order, so a replay with the same seed repeats them to the bit.
package chance

import (
	"math/rand/v2"

	"flowc/rt/flow"
)

// Seeded is a clock that makes up chance as it makes up time: tests and
// simulations draw the same each time.
type Seeded interface{ Seed() uint64 }

// Source gives random bits.
type Source struct{ bits rand.ChaCha8 }

// New is the source of a program that runs by the clock.
func New(clock flow.Clock) Source {
	var seed [32]byte
	draw := rand.Uint64
	if c, ok := clock.(Seeded); ok {
		draw = c.Seed
	}
	for i := 0; i < len(seed); i += 8 {
		putUint64(seed[i:], draw())
	}
	return Source{bits: *rand.NewChaCha8(seed)}
}

// UUID is a random UUID, version 4 of RFC 9562: 122 random bits.
func (s *Source) UUID() string {
	var b [16]byte
	putUint64(b[:8], s.bits.Uint64())
	putUint64(b[8:], s.bits.Uint64())
	b[6] = b[6]&0x0f | 4<<4
	b[8] = b[8]&0x3f | 2<<6
	return text(b)
}

func putUint64(b []byte, v uint64) {
	for i := range 8 {
		b[i] = byte(v >> (8 * i))
	}
}

// text writes the bytes as 8-4-4-4-12 hexadecimal digits.
func text(b [16]byte) string {
	const digits = "0123456789abcdef"
	out := make([]byte, 0, 36)
	for i, v := range b {
		switch i {
		case 4, 6, 8, 10:
			out = append(out, '-')
		}
		out = append(out, digits[v>>4], digits[v&15])
	}
	return string(out)
}
