package unit

import "strconv"

// A Dim is a dimension: the exponent of each base, in the order of the
// constants below. Durations are s¹ and plain numbers are the zero Dim.
type Dim [11]int8

// The bases. A percentage, a concentration, an angle, a count and a size of
// data are bases of their own although SI calls them numbers, so that a
// humidity cannot be compared with a CO₂ reading or a bare number.
const (
	BaseMetre = iota
	BaseKilogram
	BaseSecond
	BaseAmpere
	BaseKelvin
	BaseCandela
	BasePercent
	BaseDegree
	BaseCount
	BaseByte
	BasePpm
)

var baseSymbols = [len(Dim{})]string{"m", "kg", "s", "A", "K", "cd", "%", "°", "pcs", "B", "ppm"}

// IsNumber reports whether d is the dimension of a plain number.
func (d Dim) IsNumber() bool { return d == Dim{} }

// Mul is the dimension of a product. ok is false if an exponent would leave
// the range of int8.
func (d Dim) Mul(e Dim) (product Dim, ok bool) { return d.combine(e, 1) }

// Div is the dimension of a quotient. ok is false if an exponent would leave
// the range of int8.
func (d Dim) Div(e Dim) (quotient Dim, ok bool) { return d.combine(e, -1) }

func (d Dim) combine(e Dim, sign int) (Dim, bool) {
	for i := range d {
		n := int(d[i]) + sign*int(e[i])
		if n < -128 || n > 127 {
			return Dim{}, false
		}
		d[i] = int8(n)
	}
	return d, true
}

// Symbol writes d in base units: "kg m²/s³". A plain number has none.
func (d Dim) Symbol() string {
	over, under := "", ""
	for i, n := range d {
		switch {
		case n > 0:
			over = joinPower(over, baseSymbols[i], int(n))
		case n < 0:
			under = joinPower(under, baseSymbols[i], -int(n))
		}
	}
	if under == "" {
		return over
	}
	if over == "" {
		over = "1"
	}
	return over + "/" + under
}

func joinPower(list, symbol string, n int) string {
	if list != "" {
		list += " "
	}
	return list + symbol + superscript(n)
}

func superscript(n int) string {
	if n == 1 {
		return ""
	}
	digits := [...]string{"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"}
	s := ""
	for _, c := range strconv.Itoa(n) {
		s += digits[c-'0']
	}
	return s
}
