package fn

import (
	"math"
	"slices"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/unit"
)

func TestElements(t *testing.T) {
	list := []int64{4, 5, 6}
	check(t, []call{
		{"length", LengthList(list), int64(3)},
		{"is_empty", IsEmptyList([]string(nil)), true},
		{"first", First(list), flow.Some(int64(4))},
		{"first of none", First([]int64{}), flow.None[int64]()},
		{"last", Last(list), flow.Some(int64(6))},
		{"last of none", Last([]int64{}), flow.None[int64]()},
		{"at", At(list, 1), flow.Some(int64(5))},
		{"at end", At(list, 3), flow.None[int64]()},
		{"at negative", At(list, -1), flow.None[int64]()},
		{"has", Has(list, 5), true},
		{"has not", Has(list, 7), false},
		{"index_of", IndexOf(list, 6), flow.Some(int64(2))},
		{"index_of none", IndexOf(list, 7), flow.None[int64]()},
		{"smallest", Smallest(list), flow.Some(int64(4))},
		{"smallest of none", Smallest([]unit.Power{}), flow.None[unit.Power]()},
		{"largest", Largest(list), flow.Some(int64(6))},
		{"any", Any(list, func(it int64) bool { return it > 5 }), true},
		{"any of none", Any(nil, func(it int64) bool { return true }), false},
		{"all", All(list, func(it int64) bool { return it > 5 }), false},
		{"all of none", All(nil, func(it int64) bool { return false }), true},
		{"count_if", CountIf(list, func(it int64) bool { return it > 4 }), int64(2)},
	})
}

func TestTotals(t *testing.T) {
	large := math.MaxFloat64
	check(t, []call{
		{"sum", try(Sum([]unit.Power{1.5, 2})), unit.Power(3.5)},
		{"sum of none", try(Sum([]float64{})), 0.0},
		{"sum too large", try(Sum([]float64{large, large})), "error: the result is too large for a number"},
		{"sum int", try(SumInt([]int64{1, 2, 3})), int64(6)},
		{"sum int too large", try(SumInt([]int64{math.MaxInt64, 1})), "error: 9223372036854775807 + 1 is outside the range of whole numbers"},
		{"sum duration", try(SumDuration([]time.Duration{time.Second, time.Minute})), 61 * time.Second},
		{"mean", Mean([]unit.Temperature{20, 23}), flow.Some(unit.Temperature(21.5))},
		{"mean of none", Mean([]float64{}), flow.None[float64]()},
		{"mean of large", Mean([]float64{large, large}), flow.Some(large)},
		{"mean of opposites", Mean([]float64{large, large, -large, -large}), flow.Some(0.0)},
		{"mean int", MeanInt([]int64{1, 2}), flow.Some(1.5)},
		{"mean int of none", MeanInt(nil), flow.None[float64]()},
	})
}

func TestNewListsLeaveTheOldAlone(t *testing.T) {
	list := []int64{3, 1, 3, 2}
	for name, c := range map[string]struct{ got, want []int64 }{
		"sort":    {Sort(list), []int64{1, 2, 3, 3}},
		"reverse": {ReverseList(list), []int64{2, 3, 1, 3}},
		"unique":  {Unique(list), []int64{3, 1, 2}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s = %v, want %v", name, c.got, c.want)
		}
		c.got[0] = 99
	}
	joined, err := Concat(list[:2], []int64{7})
	if err != nil || !slices.Equal(joined, []int64{3, 1, 7}) {
		t.Errorf("concat = %v, %v", joined, err)
	}
	if !slices.Equal(list, []int64{3, 1, 3, 2}) {
		t.Errorf("the list was changed to %v", list)
	}
}

func TestListsAreBounded(t *testing.T) {
	got, err := Range(-1, 2)
	if err != nil || !slices.Equal(got, []int64{-1, 0, 1}) {
		t.Errorf("range = %v, %v", got, err)
	}
	if got, err := Range(5, 5); err != nil || len(got) != 0 {
		t.Errorf("an empty range = %v, %v", got, err)
	}
	if got, err := Range(math.MaxInt64-2, math.MaxInt64); err != nil || len(got) != 2 {
		t.Errorf("the last range = %v, %v", got, err)
	}
	for _, r := range [][2]int64{{0, MaxItems + 1}, {math.MinInt64, math.MaxInt64}, {-1, math.MaxInt64}} {
		if got, err := Range(r[0], r[1]); err == nil {
			t.Errorf("range%v has %d elements", r, len(got))
		}
	}
	half := make([]int64, MaxItems/2+1)
	if got, err := Concat(half, half); err == nil {
		t.Errorf("concat made %d elements", len(got))
	}
}
