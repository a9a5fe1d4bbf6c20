package fn

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/unit"
)

func TestStatistics(t *testing.T) {
	large := math.MaxFloat64
	longest := time.Duration(math.MaxInt64)
	check(t, []call{
		{"median odd", Median([]unit.Temperature{20, 90, 22}), flow.Some(unit.Temperature(22))},
		{"median even", Median([]float64{4, 1, 3, 2}), flow.Some(2.5)},
		{"median of none", Median([]float64{}), flow.None[float64]()},
		{"median of opposites", Median([]float64{-large, large}), flow.Some(0.0)},
		{"median int", MedianInt([]int64{1, 2, 10, 3}), flow.Some(2.5)},
		{"median int of none", MedianInt(nil), flow.None[float64]()},
		{"median duration", MedianDuration([]time.Duration{3, 1, 6, 2}), flow.Some(time.Duration(2))},
		{"median of longest", MedianDuration([]time.Duration{longest, longest}), flow.Some(longest)},
		{"median of shortest", MedianDuration([]time.Duration{math.MinInt64, math.MaxInt64}), flow.Some(time.Duration(-1))},
		{"median duration of none", MedianDuration(nil), flow.None[time.Duration]()},
		{"mean duration", MeanDuration([]time.Duration{time.Second, 4 * time.Second}), flow.Some(2500 * time.Millisecond)},
		{"mean of longest", MeanDuration([]time.Duration{longest, longest, longest}), flow.Some(longest)},
		{"mean duration of none", MeanDuration(nil), flow.None[time.Duration]()},
		{"percentile", Percentile([]unit.Power{5, 1, 3, 2}, 90), flow.Some(unit.Power(4.4))},
		{"percentile 0", Percentile([]float64{5, 1, 3}, 0), flow.Some(1.0)},
		{"percentile -5", Percentile([]float64{5, 1, 3}, -5), flow.Some(1.0)},
		{"percentile 100", Percentile([]float64{5, 1, 3}, 100), flow.Some(5.0)},
		{"percentile 130", Percentile([]float64{5, 1, 3}, 130), flow.Some(5.0)},
		{"percentile of one", Percentile([]float64{5}, 37), flow.Some(5.0)},
		{"percentile of none", Percentile([]float64{}, 50), flow.None[float64]()},
		{"percentile int", PercentileInt([]int64{1, 2, 3}, 25), flow.Some(1.5)},
		{"stddev", Stddev([]unit.Power{2, 4, 4, 4, 5, 5, 7, 9}), flow.Some(unit.Power(2))},
		{"stddev of one", Stddev([]float64{7}), flow.Some(0.0)},
		{"stddev of none", Stddev([]float64{}), flow.None[float64]()},
		{"stddev too large", Stddev([]float64{-large, large}).OK, false},
		{"stddev int", StddevInt([]int64{2, 4, 4, 4, 5, 5, 7, 9}), flow.Some(2.0)},
		{"stddev of temperatures", StddevTemperature([]unit.Temperature{19, 21}), flow.Some(unit.TemperatureStep(1))},
	})
}

// A percentile has that share of the list on its lower side, grows with the
// share, and the list stays as it was.
func TestPercentile(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		list := make([]float64, 1+rng.IntN(30))
		for i := range list {
			list[i] = math.Round(rng.NormFloat64() * 10)
		}
		before := slices.Clone(list)
		last := math.Inf(-1)
		for share := unit.Percent(0); share <= 100; share += 5 {
			p := Percentile(list, share).V
			below := 0
			for _, v := range list {
				if v <= p {
					below++
				}
			}
			if p < last || float64(below) < float64(len(list)-1)*float64(share)/100 {
				t.Fatalf("percentile(%v, %v) = %v, after %v", list, share, p, last)
			}
			last = p
		}
		if !slices.Equal(list, before) {
			t.Fatal("the list was changed")
		}
	}
}
