package fn

import (
	"math"

	"flowc/rt/flow"
	"flowc/rt/unit"
)

// Abs takes away the sign of a number or a quantity. A temperature has none;
// a difference of two temperatures does.
//
//	abs(-2.5)  # 2.5
//
//flow:func abs
func Abs[T flow.Linear](v T) T { return T(math.Abs(float64(v))) }

// AbsInt takes away the sign of a whole number. It fails for the smallest
// whole number, which has no opposite.
//
//	abs(-3)  # 3
//
//flow:func abs
func AbsInt(v int64) (int64, error) {
	if v < 0 {
		return NegInt(v)
	}
	return v, nil
}

// Sign is -1 for what is below zero, 1 for what is above and 0 for zero.
//
//	sign(-2.5)  # -1
//	sign(0)     # 0
//
//flow:func sign
func Sign[T flow.Number](v T) int64 {
	switch {
	case v < 0:
		return -1
	case v > 0:
		return 1
	}
	return 0
}

// Min is the smallest of its arguments.
//
//	min(3, 1, 2)  # 1
//
//flow:func min
func Min[T flow.Ordered](first T, more ...T) T {
	for _, v := range more {
		if v < first {
			first = v
		}
	}
	return first
}

// Max is the largest of its arguments.
//
//	max(3, 1, 2)  # 3
//
//flow:func max
func Max[T flow.Ordered](first T, more ...T) T {
	for _, v := range more {
		if v > first {
			first = v
		}
	}
	return first
}

// Clamp keeps a value between a lower and an upper bound. Where the bounds are
// the wrong way round, the lower one holds.
//
//	clamp(120.pct, 0.pct, 100.pct)  # 100.pct
//
//flow:func clamp
func Clamp[T flow.Ordered](v, low, high T) T {
	if v > high {
		v = high
	}
	if v < low {
		v = low
	}
	return v
}

// Round rounds a number to that many digits after the point. A half, as the
// number is printed, goes away from zero: 1.005 becomes 1.01. A negative number of digits rounds to tens, hundreds and so on.
//
//	round(21.456, 1)  # 21.5
//	round(-2.5, 0)    # -3
//	round(1.005, 2)   # 1.01
//	round(1234, -2)   # 1200
//
// A quantity is rounded in a unit, and held in it from then on:
//
//	round(21.46.C, C, 1)   # 21.5.C
//	round(90.min, h, 0)    # 2.h
//
//flow:func round
func Round(v float64, digits int64) float64 {
	switch {
	case digits > 308:
		return v
	case digits < -308:
		return 0
	case digits < 0:
		p := math.Pow10(int(-digits))
		return finiteOr(math.Round(v/p)*p, v)
	}
	p := math.Pow10(int(digits))
	scaled := v * p
	// From 2⁵² on a float64 has no digits after the point to round away.
	if math.Abs(scaled) >= 1<<52 {
		return v
	}
	if digits > 0 && isPrintedHalf(v, math.Trunc(scaled), p) {
		return (math.Trunc(scaled) + math.Copysign(1, v)) / p
	}
	return math.Round(scaled) / p
}

// isPrintedHalf reports whether v is the float64 next to whole and a half, over
// p: 1.005 is really a little less than that, but nobody can see it.
func isPrintedHalf(v, whole, p float64) bool {
	return (whole+math.Copysign(0.5, v))/p == v
}

func finiteOr(x, otherwise float64) float64 {
	if x-x != 0 {
		return otherwise
	}
	return x
}

// Floor is the next whole number below, or the number itself if it is whole.
//
//	floor(-2.5)  # -3
//
//flow:func floor
func Floor(v float64) float64 { return math.Floor(v) }

// Ceil is the next whole number above, or the number itself if it is whole.
//
//	ceil(2.1)  # 3
//
//flow:func ceil
func Ceil(v float64) float64 { return math.Ceil(v) }

// Trunc takes away what is after the point.
//
//	trunc(-2.5)  # -2
//
//flow:func trunc
func Trunc(v float64) float64 { return math.Trunc(v) }

// Sqrt is the square root. It fails for a negative number.
//
//	sqrt(16)  # 4
//
//flow:func sqrt
func Sqrt(v float64) (float64, error) {
	if v < 0 {
		return 0, Failure("square root of " + FormatNumber(v) + ": a negative number has none")
	}
	return math.Sqrt(v), nil
}

// Pow is a number to the power of another. It fails where the result is too
// large or does not exist: zero to a negative power, or a negative number to a
// power that is not whole.
//
//	pow(2, 10)  # 1024
//
//flow:func pow
func Pow(v, exponent float64) (float64, error) {
	p := math.Pow(v, exponent)
	if p-p == 0 {
		return p, nil
	}
	why := "the result is too large for a number"
	switch {
	case v == 0:
		why = "zero has no negative powers"
	case v < 0 && exponent != math.Trunc(exponent):
		why = "a negative number has only whole powers"
	}
	return 0, Failure(FormatNumber(v) + " to the power of " + FormatNumber(exponent) + ": " + why)
}

// Exp is e, 2.718…, to the power of v. It fails where the result is too large,
// from about 709.8 on.
//
//	exp(0)  # 1
//
//flow:func exp
func Exp(v float64) (float64, error) {
	if e := math.Exp(v); e-e == 0 {
		return e, nil
	}
	return 0, Failure("e to the power of " + FormatNumber(v) + ": the result is too large for a number")
}

// Ln is the natural logarithm. It fails for zero and negative numbers.
//
//	ln(1)  # 0
//
//flow:func ln
func Ln(v float64) (float64, error) {
	if v <= 0 {
		return 0, noLogarithm(v)
	}
	return math.Log(v), nil
}

// Log10 is the logarithm to base 10. It fails for zero and negative numbers.
//
//	log10(1000)  # 3
//
//flow:func log10
func Log10(v float64) (float64, error) {
	if v <= 0 {
		return 0, noLogarithm(v)
	}
	return log10(v), nil
}

// log10 is exact for powers of ten, which math.Log10 misses for some (1000).
func log10(v float64) float64 {
	x := math.Log10(v)
	if n := math.Round(x); math.Abs(n) <= 308 && math.Pow10(int(n)) == v {
		return n
	}
	return x
}

func noLogarithm(v float64) error {
	return Failure("logarithm of " + FormatNumber(v) + ": only a number above zero has one")
}

// IntDiv is the whole part of a quotient, rounded down. It fails for a divisor
// of zero.
//
//	div(7, 2)   # 3
//	div(-7, 2)  # -4
//
//flow:func div
func IntDiv(a, b int64) (int64, error) {
	q, err := DivInt(a, b)
	if err == nil && a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q, err
}

// IntMod is what div leaves over: mod(n, 12) is always between 0 and 11. It
// fails for a divisor of zero.
//
//	mod(7, 12)   # 7
//	mod(-1, 12)  # 11
//
//flow:func mod
func IntMod(a, b int64) (int64, error) {
	r, err := RemInt(a, b)
	if r != 0 && (r < 0) != (b < 0) {
		r += b
	}
	return r, err
}

// Scale carries a number from one range over to another, and beyond the ends
// in the same proportion. It fails unless both ranges have two ends and the
// first is wider than nothing.
//
//	scale(512, [0, 1024], [0.pct, 100.pct])  # 50.pct
//
//flow:func scale
func Scale[T flow.Quantity](v float64, from []float64, to []T) (T, error) {
	if len(from) != 2 || len(to) != 2 {
		return 0, Failure("scale: a range has two ends, as in [0, 1023]")
	}
	width := from[1] - from[0]
	if width == 0 {
		return 0, Failure("scale: both ends of the first range are " + FormatNumber(from[0]))
	}
	return Lerp(to[0], to[1], (v-from[0])/width)
}

// Lerp goes from a to b in proportion: 0 gives a, 1 gives b, 0.5 the middle,
// and other numbers go beyond. It fails where the result is too large.
//
//	lerp(10.C, 20.C, 0.25)  # 12.5.C
//
//flow:func lerp
func Lerp[T flow.Quantity](a, b T, share float64) (T, error) {
	if share == 1 {
		return b, nil // a + (b-a) need not be b to the last bit
	}
	x, y := float64(a), float64(b)
	// The conversion keeps the product from being fused with the sum, so that
	// all architectures agree.
	return Finite(T(x + float64((y-x)*share)))
}

// Near reports whether two numbers or quantities differ by at most a tolerance.
//
//	near(20.9.C, 21.C, 0.5.K)  # true
//
//flow:func near
//flow:delta tolerance
func Near[T flow.Quantity](a, b, tolerance T) bool {
	return math.Abs(float64(a)-float64(b)) <= float64(tolerance)
}

// Ratio is a percentage as a number: 100 % is 1.
//
//	ratio(45.pct)  # 0.45
//
//flow:func ratio
func Ratio(share unit.Percent) float64 { return float64(share) / 100 }

// Percent is a number as a percentage: 1 is 100 %. It fails where the result is
// too large.
//
//	percent(0.45)  # 45.pct
//
//flow:func percent
func Percent(ratio float64) (unit.Percent, error) { return Finite(unit.Percent(ratio * 100)) }
