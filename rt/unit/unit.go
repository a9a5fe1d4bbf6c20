// Package unit holds the quantities of the language: one named number type per
// dimension, and the units each is written in. Generated programs link the
// types and Convert; the table behind Lookup is linked only by the checker.
package unit

// A Scale says how a unit relates to the base unit of its dimension:
//
//	base = (v - Zero) * Mul / Div
//
// Mul and Div are whole numbers wherever the definition of the unit allows it,
// so that a conversion rounds at most twice: 70 °F is (70-32)*5/9 °C.
type Scale struct {
	Mul, Div, Zero float64
}

// Convert gives the number that means in unit to what v means in unit from.
// Both must belong to one dimension; the checker sees to that. A unit
// converted to itself is left alone, to the bit.
func Convert(v float64, from, to Scale) float64 {
	if from == to {
		return v
	}
	return (v-from.Zero)*(from.Mul*to.Div)/(from.Div*to.Mul) + to.Zero
}
