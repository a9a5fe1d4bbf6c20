package fn

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
	"time"

	"flowc/rt/unit"
)

func TestIntArithmeticIsChecked(t *testing.T) {
	edges := []int64{0, 1, -1, 2, -2, 7, -7, math.MaxInt32, math.MinInt32, 1 << 31, 1 << 32, 3037000500, -3037000500,
		math.MaxInt64, math.MaxInt64 - 1, math.MinInt64, math.MinInt64 + 1, math.MaxInt64 / 2, math.MinInt64 / 2}
	r := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		edges = append(edges, int64(r.Uint64())>>r.IntN(60))
	}
	ops := []struct {
		name string
		ours func(a, b int64) (int64, error)
		big  func(z, a, b *big.Int) *big.Int
	}{
		{"add", AddInt, (*big.Int).Add},
		{"sub", SubInt, (*big.Int).Sub},
		{"mul", MulInt, (*big.Int).Mul},
		{"div", DivInt, (*big.Int).Quo},
		{"rem", RemInt, (*big.Int).Rem},
		{"floored div", IntDiv, floorDiv},
		{"floored mod", IntMod, floorMod},
	}
	for _, a := range edges {
		for _, b := range edges {
			for i, op := range ops {
				got, err := op.ours(a, b)
				if i >= 3 && b == 0 {
					if err != divisionByZero {
						t.Errorf("%s(%d, 0) = %d, %v", op.name, a, got, err)
					}
					continue
				}
				want := op.big(new(big.Int), big.NewInt(a), big.NewInt(b))
				if (err == nil) != want.IsInt64() || err == nil && got != want.Int64() {
					t.Errorf("%s(%d, %d) = %d, %v, want %v", op.name, a, b, got, err, want)
				}
			}
		}
	}
	if _, err := NegInt(math.MinInt64); err == nil {
		t.Error("the smallest int has an opposite")
	}
}

func floorDiv(z, a, b *big.Int) *big.Int {
	m := new(big.Int)
	z.QuoRem(a, b, m)
	if m.Sign() != 0 && m.Sign() != b.Sign() {
		z.Sub(z, big.NewInt(1))
	}
	return z
}

func floorMod(z, a, b *big.Int) *big.Int {
	return z.Sub(a, new(big.Int).Mul(floorDiv(z, a, b), b))
}

func TestNumbersStayFinite(t *testing.T) {
	large := math.MaxFloat64
	check(t, []call{
		{"1 / 4", try(Div(1.0, 4.0)), 0.25},
		{"1 / 0", try(Div(1.0, 0.0)), "error: division by zero"},
		{"0 / 0", try(Div(0.0, 0.0)), "error: division by zero"},
		{"large / 0.1", try(Div(large, 0.1)), "error: the result is too large for a number"},
		{"-7 % 3", try(Rem(-7.0, 3.0)), -1.0},
		{"5 % 0", try(Rem(5.0, 0.0)), "error: division by zero"},
		{"NaN", try(Finite(math.NaN())), "error: the result is too large for a number"},
		{"-Inf", try(Finite(math.Inf(-1))), "error: the result is too large for a number"},
		{"typed", try(Finite(unit.Power(5))), unit.Power(5)},
		{"sqrt", try(Sqrt(16)), 4.0},
		{"sqrt negative", try(Sqrt(-4)), "error: square root of -4: a negative number has none"},
		{"pow", try(Pow(2, 10)), 1024.0},
		{"pow half", try(Pow(-8, 0.5)), "error: -8 to the power of 0.5: a negative number has only whole powers"},
		{"pow zero", try(Pow(0, -1)), "error: 0 to the power of -1: zero has no negative powers"},
		{"pow large", try(Pow(10, 400)), "error: 10 to the power of 400: the result is too large for a number"},
		{"exp", try(Exp(0)), 1.0},
		{"exp large", try(Exp(1000)), "error: e to the power of 1000: the result is too large for a number"},
		{"ln", try(Ln(1)), 0.0},
		{"ln zero", try(Ln(0)), "error: logarithm of 0: only a number above zero has one"},
		{"log10", try(Log10(1000)), 3.0},
		{"log10 negative", try(Log10(-1)), "error: logarithm of -1: only a number above zero has one"},
		{"percent", try(Percent(0.45)), unit.Percent(45)},
		{"percent large", try(Percent(1e307)), "error: the result is too large for a number"},
		{"lerp large", try(Lerp(-large, large, 0.5)), "error: the result is too large for a number"},
	})
	for n := -300; n <= 308; n++ {
		if got, err := Log10(math.Pow10(n)); err != nil || got != float64(n) {
			t.Errorf("Log10(1e%d) = %v, %v", n, got, err)
		}
	}
}

func TestRound(t *testing.T) {
	for _, c := range []struct {
		v      float64
		digits int64
		want   float64
	}{
		{21.456, 1, 21.5}, {21.44, 1, 21.4}, {-2.5, 0, -3}, {2.5, 0, 3}, {0.49999999999999994, 0, 0},
		{1.005, 2, 1.01}, {-1.005, 2, -1.01}, {0.285, 2, 0.29}, {1.115, 2, 1.12}, {1.0049, 2, 1},
		{1234, -2, 1200}, {1250, -2, 1300}, {5, -1, 10}, {4, -1, 0},
		{1e300, 5, 1e300}, {1.5, 400, 1.5}, {1.5, -400, 0}, {1.5, math.MinInt64, 0},
		{math.MaxFloat64, -308, math.MaxFloat64}, {9007199254740993, 3, 9007199254740993}, {0.1, 20, 0.1},
	} {
		if got := Round(c.v, c.digits); got != c.want {
			t.Errorf("Round(%v, %d) = %v, want %v", c.v, c.digits, got, c.want)
		}
	}
}

func TestNumbers(t *testing.T) {
	check(t, []call{
		{"abs", Abs(-2.5), 2.5},
		{"abs step", Abs(unit.TemperatureStep(-2)), unit.TemperatureStep(2)},
		{"abs int", try(AbsInt(-3)), int64(3)},
		{"abs smallest", try(AbsInt(math.MinInt64)), "error: 0 - -9223372036854775808 is outside the range of whole numbers"},
		{"sign", Sign(-2.5), int64(-1)},
		{"sign zero", Sign(int64(0)), int64(0)},
		{"min", Min(int64(3), 1, 2), int64(1)},
		{"max", Max(unit.Temperature(3), 1, 2), unit.Temperature(3)},
		{"min duration", Min(time.Minute, time.Second), time.Second},
		{"clamp", Clamp(unit.Percent(120), 0, 100), unit.Percent(100)},
		{"clamp low", Clamp(int64(-1), 0, 100), int64(0)},
		{"clamp crossed", Clamp(5.0, 10, 0), 10.0},
		{"floor", Floor(-2.5), -3.0},
		{"ceil", Ceil(2.1), 3.0},
		{"trunc", Trunc(-2.5), -2.0},
		{"div", try(IntDiv(-7, 2)), int64(-4)},
		{"mod", try(IntMod(-1, 12)), int64(11)},
		{"scale", try(Scale(512, []float64{0, 1024}, []unit.Percent{0, 100})), unit.Percent(50)},
		{"scale beyond", try(Scale(-1, []float64{0, 10}, []float64{0, 100})), -10.0},
		{"scale falling", try(Scale(10, []float64{0, 10}, []float64{0.1, 0.3})), 0.3},
		{"scale no width", try(Scale(1, []float64{4, 4}, []float64{0, 1})), "error: scale: both ends of the first range are 4"},
		{"scale one end", try(Scale(1, []float64{4}, []float64{0, 1})), "error: scale: a range has two ends, as in [0, 1023]"},
		{"lerp", try(Lerp(unit.Temperature(10), 20, 0.25)), unit.Temperature(12.5)},
		{"lerp end", try(Lerp(0.1, 0.7, 1)), 0.7},
		{"near", Near(unit.Temperature(20.9), 21, 0.5), true},
		{"not near", Near(20.9, 22, 0.5), false},
		{"ratio", Ratio(45), 0.45},
	})
}

func TestDurations(t *testing.T) {
	const longest, shortest = time.Duration(math.MaxInt64), time.Duration(math.MinInt64)
	tooLong := "error: " + string(durationTooLong)
	check(t, []call{
		{"add", try(AddDuration(time.Minute, time.Second)), 61 * time.Second},
		{"add too long", try(AddDuration(longest, 1)), tooLong},
		{"sub too long", try(SubDuration(shortest, 1)), tooLong},
		{"mul", try(MulDuration(time.Minute, 1.5)), 90 * time.Second},
		{"mul too long", try(MulDuration(time.Hour, 1e18)), tooLong},
		{"mul by infinity", try(MulDuration(0, math.Inf(1))), tooLong},
		{"div", try(DivDuration(time.Minute, -4)), -15 * time.Second},
		{"div zero", try(DivDuration(time.Minute, 0)), "error: division by zero"},
		{"seconds", try(Seconds(0.1)), 100 * time.Millisecond},
		{"seconds too long", try(Seconds(1 << 63)), tooLong},
		{"abs", try(AbsDuration(-time.Second)), time.Second},
		{"abs shortest", try(AbsDuration(shortest)), tooLong},
		{"longest", try(nanoseconds(1 << 63)), tooLong},
		{"shortest", try(nanoseconds(-1 << 63)), shortest},
	})
}
