package fn

import "math"

const (
	divisionByZero = Failure("division by zero")
	outOfRange     = Failure("the result is too large for a number")
)

// AddInt is a + b, or an error where that is outside the range of int.
func AddInt(a, b int64) (int64, error) {
	if s := a + b; (s > a) == (b > 0) {
		return s, nil
	}
	return 0, intOverflow(a, "+", b)
}

// SubInt is a - b, or an error where that is outside the range of int.
func SubInt(a, b int64) (int64, error) {
	if d := a - b; (d < a) == (b > 0) {
		return d, nil
	}
	return 0, intOverflow(a, "-", b)
}

// MulInt is a * b, or an error where that is outside the range of int.
func MulInt(a, b int64) (int64, error) {
	const small = 1 << 31
	if -small < a && a < small && -small < b && b < small {
		return a * b, nil
	}
	return mulLarge(a, b)
}

func mulLarge(a, b int64) (int64, error) {
	if a == 0 || b == 0 {
		return 0, nil
	}
	p := a * b
	// The smallest int times -1 wraps to itself and divides back.
	if p/b != a || (a == -1 && b == math.MinInt64) || (b == -1 && a == math.MinInt64) {
		return 0, intOverflow(a, "*", b)
	}
	return p, nil
}

// DivInt is a / b without its fraction (rounded towards zero), or an error for
// b = 0 and for the one quotient outside the range of int.
func DivInt(a, b int64) (int64, error) {
	if b == 0 {
		return 0, divisionByZero
	}
	if b == -1 {
		return NegInt(a)
	}
	return a / b, nil
}

// RemInt is what remains of a / b; it has the sign of a. b = 0 is an error.
func RemInt(a, b int64) (int64, error) {
	if b == 0 {
		return 0, divisionByZero
	}
	if b == -1 {
		return 0, nil
	}
	return a % b, nil
}

// NegInt is -a, or an error for the smallest int, which has no opposite.
func NegInt(a int64) (int64, error) {
	if a == math.MinInt64 {
		return 0, intOverflow(0, "-", a)
	}
	return -a, nil
}

// Finite passes a result through, or is an error if it is no number: it has
// overflowed to an infinity, or is NaN.
func Finite[T ~float64](x T) (T, error) {
	if x-x != 0 { // NaN for an infinity and for NaN
		return 0, outOfRange
	}
	return x, nil
}

// Div is a / b, or an error for b = 0 or a quotient that is too large.
func Div[T ~float64](a, b T) (T, error) {
	if b == 0 {
		return 0, divisionByZero
	}
	return Finite(a / b)
}

// Rem is what remains of a / b; it has the sign of a. b = 0 is an error.
func Rem[T ~float64](a, b T) (T, error) {
	if b == 0 {
		return 0, divisionByZero
	}
	return T(math.Mod(float64(a), float64(b))), nil
}

func intOverflow(a int64, op string, b int64) error {
	return Failure(FormatInt(a) + " " + op + " " + FormatInt(b) + " is outside the range of whole numbers")
}
