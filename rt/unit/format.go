package unit

import "strconv"

// Format writes a quantity for people: the shortest decimal that reads back as
// v, never with an exponent, then a space and the symbol of its unit, as in
// "21.4 °C". Minus zero is written 0. Without a symbol there is no space.
func Format(v float64, symbol string) string {
	return string(AppendFormat(make([]byte, 0, 24+len(symbol)), v, symbol))
}

// AppendFormat appends what Format writes to dst.
func AppendFormat(dst []byte, v float64, symbol string) []byte {
	if v == 0 {
		v = 0 // drops the sign of minus zero, which only puzzles people
	}
	dst = strconv.AppendFloat(dst, v, 'f', -1, 64)
	if symbol == "" {
		return dst
	}
	dst = append(dst, ' ')
	return append(dst, symbol...)
}
