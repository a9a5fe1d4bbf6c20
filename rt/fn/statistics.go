package fn

import (
	"math"
	"slices"
	"time"

	"flowc/rt/flow"
	"flowc/rt/unit"
)

// Median is the element in the middle of a list in order, or half-way between the
// two in the middle; missing for an empty list. Temperatures have one too.
//
//	default(median([20.C, 90.C, 22.C]), 0.C)  # 22.C
//
//flow:func median
func Median[T flow.Quantity](list []T) flow.Opt[T] { return Percentile(list, 50) }

// MedianInt is the median of whole numbers; it need not be whole.
//
//	default(median([1, 2, 10, 3]), 0)  # 2.5
//
//flow:func median
func MedianInt(list []int64) flow.Opt[float64] { return PercentileInt(list, 50) }

// MedianDuration is the median of durations.
//
//	default(median([1.s, 1.h, 3.s, 2.s]), 0.s)  # 2.5.s
//
//flow:func median
func MedianDuration(list []time.Duration) flow.Opt[time.Duration] {
	n := len(list)
	if n == 0 {
		return flow.Opt[time.Duration]{}
	}
	sorted := Sort(list)
	// Halves are added, so that the sum cannot be longer than a duration can be.
	a, b := sorted[(n-1)/2], sorted[n/2]
	return flow.Some(a/2 + b/2 + (a%2+b%2)/2)
}

// MeanDuration is the arithmetic mean of durations, if the list has any.
//
//	default(mean([1.s, 4.s]), 0.s)  # 2.5.s
//
//flow:func mean
func MeanDuration(list []time.Duration) flow.Opt[time.Duration] {
	if len(list) == 0 {
		return flow.Opt[time.Duration]{}
	}
	n := time.Duration(len(list))
	whole, rest := time.Duration(0), time.Duration(0)
	for _, d := range list {
		whole += d / n
		rest += d % n // at most 100,000², far from the end
	}
	return flow.Some(whole + rest/n)
}

// Percentile is the value below which that share of a list lies: 50 % is the
// median. Between two elements it is in proportion, as in spreadsheets. A share
// below 0 counts as 0 and above 100 % as 100 %. It is missing for an empty list.
//
//	default(percentile([1.W, 2.W, 3.W, 5.W], 90.pct), 0.W)  # 4.4.W
//
//flow:func percentile
func Percentile[T flow.Quantity](list []T, share unit.Percent) flow.Opt[T] {
	if len(list) == 0 {
		return flow.Opt[T]{}
	}
	sorted := slices.Clone(list)
	slices.Sort(sorted)
	place := float64(len(sorted)-1) * float64(Clamp(share, 0, 100)) / 100
	i := int(place)
	if i == len(sorted)-1 {
		return flow.Some(sorted[i])
	}
	return flow.Some(between(sorted[i], sorted[i+1], place-float64(i)))
}

// between goes from a to b, both finite and in order, without overflow.
func between[T flow.Quantity](a, b T, share float64) T {
	x, y := float64(a), float64(b)
	if d := y - x; d-d == 0 {
		return T(min(x+float64(d*share), y))
	}
	return T(float64(x*(1-share)) + float64(y*share))
}

// PercentileInt is the percentile of whole numbers; it need not be whole.
//
//	default(percentile([1, 2, 3], 25.pct), 0)  # 1.5
//
//flow:func percentile
func PercentileInt(list []int64, share unit.Percent) flow.Opt[float64] {
	return Percentile(numbers(list), share)
}

// Stddev is the standard deviation of a list, how far its elements lie from their
// mean: the root of the mean square, over all elements. It is missing for an empty
// list, and where it is too large.
//
//	default(stddev([2.W, 4.W, 4.W, 4.W, 5.W, 5.W, 7.W, 9.W]), 0.W)  # 2.W
//
//flow:func stddev
func Stddev[T flow.Linear](list []T) flow.Opt[T] { return deviation[T, T](list) }

// StddevInt is the standard deviation of whole numbers.
//
//	default(stddev([2, 4, 4, 4, 5, 5, 7, 9]), 0)  # 2
//
//flow:func stddev
func StddevInt(list []int64) flow.Opt[float64] { return Stddev(numbers(list)) }

// StddevTemperature is the standard deviation of temperatures, which is a
// difference of temperatures.
//
//	default(stddev([19.C, 21.C]), 0.K)  # 1.K
//
//flow:func stddev
func StddevTemperature(list []unit.Temperature) flow.Opt[unit.TemperatureStep] {
	return deviation[unit.Temperature, unit.TemperatureStep](list)
}

func deviation[T flow.Quantity, S flow.Linear](list []T) flow.Opt[S] {
	mean := float64(Mean(list).V)
	total := 0.0
	for _, v := range list {
		d := float64(v) - mean
		total += float64(d * d)
	}
	x, err := Finite(math.Sqrt(total / float64(len(list))))
	return flow.Opt[S]{V: S(x), OK: err == nil && len(list) > 0}
}

func numbers(list []int64) []float64 {
	out := make([]float64, len(list))
	for i, v := range list {
		out[i] = float64(v)
	}
	return out
}
