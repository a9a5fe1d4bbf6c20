package flow

import "math/bits"

// TakeLowest finds the first bit set in words and clears it; -1 if there is none.
func TakeLowest(words []uint64) int {
	return TakeLowestIn(words, 0, len(words)*64)
}

// TakeLowestIn is TakeLowest among the n bits that begin at bit from.
func TakeLowestIn(words []uint64, from, n int) int {
	k := lowestIn(words, from, n)
	if k >= 0 {
		words[k/64] &^= 1 << (k % 64)
	}
	return k
}

// AnyIn reports whether one of the n bits that begin at bit from is set.
func AnyIn(words []uint64, from, n int) bool { return lowestIn(words, from, n) >= 0 }

func lowestIn(words []uint64, from, n int) int {
	for k := from; k < from+n; {
		w := words[k/64] >> (k % 64)
		if w == 0 {
			k += 64 - k%64
			continue
		}
		k += bits.TrailingZeros64(w)
		if k < from+n {
			return k
		}
	}
	return -1
}
