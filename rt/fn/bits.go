package fn

import "math/bits"

// Bit reports whether a bit of a whole number is set. The lowest is number 0;
// beyond 63, and below 0, none is.
//
//	bit(5, 0)  # true
//	bit(5, 1)  # false
//
//flow:func bit
func Bit(v, number int64) bool {
	return number >= 0 && number < 64 && uint64(v)>>uint(number)&1 == 1
}

// BitAnd has the bits that are set in both numbers.
//
//	bit_and(12, 10)  # 8
//
//flow:func bit_and
func BitAnd(a, b int64) int64 { return a & b }

// BitOr has the bits that are set in one of the numbers or in both.
//
//	bit_or(12, 10)  # 14
//
//flow:func bit_or
func BitOr(a, b int64) int64 { return a | b }

// BitXor has the bits that are set in exactly one of the numbers.
//
//	bit_xor(12, 10)  # 6
//
//flow:func bit_xor
func BitXor(a, b int64) int64 { return a ^ b }

// ShiftLeft moves the bits of a number up by so many places, which doubles it as
// often. It fails where the result is outside the range of whole numbers, and for
// a negative number of places.
//
//	shift_left(5, 3)  # 40
//
//flow:func shift_left
func ShiftLeft(v, places int64) (int64, error) {
	if places < 0 {
		return 0, negativePlaces("shift_left", places)
	}
	if v == 0 {
		return 0, nil
	}
	if places > 63 || v<<uint(places)>>uint(places) != v {
		return 0, Failure(FormatInt(v) + " shifted left by " + FormatInt(places) + " is outside the range of whole numbers")
	}
	return v << uint(places), nil
}

// ShiftRight moves the bits of a number down by so many places; the lowest are
// lost, and a negative number stays negative. It fails for a negative number of
// places.
//
//	shift_right(40, 3)  # 5
//
//flow:func shift_right
func ShiftRight(v, places int64) (int64, error) {
	if places < 0 {
		return 0, negativePlaces("shift_right", places)
	}
	return v >> uint(min(places, 63)), nil
}

func negativePlaces(name string, places int64) error {
	return Failure(name + ": " + FormatInt(places) + " is no number of places")
}

// Parity is 1 where an odd number of bits is set, and 0 where it is even.
//
//	parity(7)  # 1
//
//flow:func parity
func Parity(v int64) int64 { return int64(bits.OnesCount64(uint64(v)) & 1) }
