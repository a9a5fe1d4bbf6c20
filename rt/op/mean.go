package op

import "math"

// meanScale keeps a sum of many very large numbers finite: the mean of finite
// numbers is finite, so it must not fail on the way. A power of two changes no
// digit.
const meanScale = 0x1p-40

// total is a sum and how much it is the sum of.
type total struct {
	sum    float64
	weight float64
}

// add takes in x once.
func (m *total) add(x float64) {
	m.sum += float64(x * meanScale)
	m.weight++
}

// addFor takes in x with a weight.
func (m *total) addFor(x, weight float64) {
	m.sum += float64(x * meanScale * weight)
	m.weight += weight
}

// join takes in another total.
func (m *total) join(o total) {
	m.sum += o.sum
	m.weight += o.weight
}

// mean is the sum by the weight; the weight must not be zero.
func (m total) mean() float64 {
	x := m.sum / m.weight / meanScale
	return max(-math.MaxFloat64, min(x, math.MaxFloat64))
}
