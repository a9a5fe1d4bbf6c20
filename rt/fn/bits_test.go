package fn

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestBits(t *testing.T) {
	check(t, []call{
		{"bit 0", Bit(5, 0), true},
		{"bit 1", Bit(5, 1), false},
		{"bit 63", Bit(-1, 63), true},
		{"bit 64", Bit(-1, 64), false},
		{"bit -1", Bit(-1, -1), false},
		{"and", BitAnd(12, 10), int64(8)},
		{"or", BitOr(12, 10), int64(14)},
		{"xor", BitXor(12, 10), int64(6)},
		{"left", try(ShiftLeft(5, 3)), int64(40)},
		{"left of negative", try(ShiftLeft(-5, 3)), int64(-40)},
		{"left by 62", try(ShiftLeft(1, 62)), int64(1 << 62)},
		{"left by 63", try(ShiftLeft(1, 63)), "error: 1 shifted left by 63 is outside the range of whole numbers"},
		{"left by 63 of -1", try(ShiftLeft(-1, 63)), int64(math.MinInt64)},
		{"left by 64", try(ShiftLeft(1, 64)), "error: 1 shifted left by 64 is outside the range of whole numbers"},
		{"zero, very far", try(ShiftLeft(0, math.MaxInt64)), int64(0)},
		{"left by -1", try(ShiftLeft(1, -1)), "error: shift_left: -1 is no number of places"},
		{"right", try(ShiftRight(40, 3)), int64(5)},
		{"right of negative", try(ShiftRight(-1, 3)), int64(-1)},
		{"right, very far", try(ShiftRight(5, math.MaxInt64)), int64(0)},
		{"right by -1", try(ShiftRight(1, -1)), "error: shift_right: -1 is no number of places"},
		{"parity 7", Parity(7), int64(1)},
		{"parity 5", Parity(5), int64(0)},
		{"parity -1", Parity(-1), int64(0)},
	})
}

// Shifting left is multiplying by powers of two, and fails where that does.
func TestShiftLeftDoubles(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		v, places := int64(rng.Uint64())>>rng.IntN(64), rng.Int64N(62)
		got, err := ShiftLeft(v, places)
		want, wrong := MulInt(v, 1<<places)
		if got != want || (err == nil) != (wrong == nil) {
			t.Errorf("shift_left(%d, %d) = %d, %v; the product is %d, %v", v, places, got, err, want, wrong)
		}
	}
}
