package wirejson

import (
	"math"
	"strconv"
)

// A decimal is a number as it is written: mantissa times ten to the exponent.
// The mantissa has overflowed if there are more than 19 digits.
type decimal struct {
	mantissa uint64
	exponent int
	digits   int
	negative bool
}

// maxExponent bounds exponents while they are read; a number a million digits
// long cannot bring one beyond it back into range.
const maxExponent = 4 * MaxBytes

// number reads over the number that begins here. ok is false, and nothing is
// read, if there is none.
func (s *Scanner) number() (d decimal, ok bool) {
	data, i := s.data, s.pos
	if i < len(data) && data[i] == '-' {
		d.negative = true
		i++
	}
	first := i
	for i < len(data) && data[i]-'0' <= 9 {
		d.mantissa = d.mantissa*10 + uint64(data[i]-'0')
		i++
	}
	d.digits = i - first
	if d.digits == 0 || d.digits > 1 && data[first] == '0' {
		return d, false
	}
	if i < len(data) && data[i] == '.' {
		i++
		first = i
		for i < len(data) && data[i]-'0' <= 9 {
			d.mantissa = d.mantissa*10 + uint64(data[i]-'0')
			i++
		}
		d.exponent = first - i
		d.digits -= d.exponent
		if i == first {
			return d, false
		}
	}
	if i < len(data) && data[i]|0x20 == 'e' {
		exponent, end := readExponent(data, i+1)
		if end < 0 {
			return d, false
		}
		d.exponent += exponent
		i = end
	}
	s.pos = i
	return d, true
}

// readExponent reads the sign and the digits after the e. end is -1 if there
// are none.
func readExponent(data []byte, i int) (exponent, end int) {
	negative := false
	if i < len(data) && (data[i] == '-' || data[i] == '+') {
		negative = data[i] == '-'
		i++
	}
	first := i
	for i < len(data) && data[i]-'0' <= 9 {
		exponent = min(exponent*10+int(data[i]-'0'), maxExponent)
		i++
	}
	if i == first {
		return 0, -1
	}
	if negative {
		exponent = -exponent
	}
	return exponent, i
}

// exactPowers are the powers of ten a float64 holds exactly.
var exactPowers = [...]float64{
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
}

// Float reads a number as the nearest float64. One that is too large for that,
// such as 1e400, is an error.
func (s *Scanner) Float() float64 {
	s.peek()
	from := s.pos
	s.start = from
	d, ok := s.number()
	if !ok {
		s.mismatch("a number")
		return 0
	}
	// Clinger's fast path: both operands are exact, so that the one operation
	// rounds correctly.
	if d.digits <= 19 && d.mantissa < 1<<53 && uint(d.exponent+22) <= 44 {
		f := float64(d.mantissa)
		if d.exponent < 0 {
			f /= exactPowers[-d.exponent]
		} else if d.exponent > 0 {
			f *= exactPowers[d.exponent]
		}
		if d.negative {
			f = -f
		}
		return f
	}
	return s.slowFloat(s.data[from:s.pos])
}

func (s *Scanner) slowFloat(text []byte) float64 {
	f, err := strconv.ParseFloat(string(text), 64)
	if err != nil {
		s.Reject("a number between -1.8e308 and 1.8e308")
		return 0
	}
	return f
}

// Int reads a number that is whole, however it is written: 12, 12.0 and 1.2e1
// are one. A fraction, or a number outside the range of int64, is an error.
func (s *Scanner) Int() int64 {
	s.peek()
	from := s.pos
	s.start = from
	d, ok := s.number()
	if !ok {
		s.mismatch("a whole number")
		return 0
	}
	if d.exponent != 0 || d.digits > 18 {
		d.mantissa, ok = wholeMagnitude(s.data[from:s.pos], d.exponent)
		if !ok || d.mantissa > 1<<63 || d.mantissa == 1<<63 && !d.negative {
			s.Reject("a whole number")
			return 0
		}
	}
	if d.negative {
		return -int64(d.mantissa) // also right for 1<<63, which wraps twice
	}
	return int64(d.mantissa)
}

// wholeMagnitude computes the digits of text times ten to the exponent without
// rounding. ok is false if that is not whole or beyond uint64.
func wholeMagnitude(text []byte, exponent int) (m uint64, ok bool) {
	zeros := 0 // held back: they count only if another digit follows
	for _, c := range text {
		switch {
		case c|0x20 == 'e':
			return scaleUp(m, exponent+zeros)
		case c < '0':
			continue // a sign or the point
		case c == '0':
			zeros++
			continue
		}
		if m, ok = scaleUp(m, zeros+1); !ok || m > math.MaxUint64-9 {
			return 0, false
		}
		m += uint64(c - '0')
		zeros = 0
	}
	return scaleUp(m, exponent+zeros)
}

// scaleUp is m times ten to the power of n.
func scaleUp(m uint64, n int) (uint64, bool) {
	if m == 0 {
		return 0, true
	}
	if n < 0 {
		return 0, false
	}
	for ; n > 0; n-- {
		if m > math.MaxUint64/10 {
			return 0, false
		}
		m *= 10
	}
	return m, true
}
