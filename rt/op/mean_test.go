package op

import (
	"math"
	"testing"
)

func TestMeanOfVeryLargeNumbersIsFinite(t *testing.T) {
	var m total
	for range 5000 {
		m.add(math.MaxFloat64 / 2)
	}
	if got := m.mean() / math.MaxFloat64; math.Abs(got-0.5) > 1e-9 {
		t.Errorf("got %v of the largest number, want half of it", got)
	}
}

func TestMeanLosesNoDigits(t *testing.T) {
	var m total
	plain := 0.0
	for _, x := range []float64{21.5, 0.1, -7.3, 1e-9, 3e7} {
		m.add(x)
		plain += x
	}
	if got := m.mean(); got != plain/5 {
		t.Errorf("got %v, want %v", got, plain/5)
	}
}
