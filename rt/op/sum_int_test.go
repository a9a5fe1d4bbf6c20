package op

import (
	"math"
	"testing"

	"flowc/rt/flow"
)

func TestSumInt(t *testing.T) {
	for _, c := range []struct {
		add  []int64
		want int64
		fail bool
	}{
		{[]int64{}, 0, false},
		{[]int64{2, 3, -1}, 4, false},
		{[]int64{math.MaxInt64, 1}, math.MaxInt64, true},
		{[]int64{math.MinInt64, -1}, math.MinInt64, true},
		{[]int64{math.MinInt64, math.MaxInt64}, -1, false},
		{[]int64{math.MaxInt64, math.MinInt64, 1}, 0, false},
	} {
		var o SumInt
		got, err := o.Step(flow.Hap[int64]{V: 5})
		for _, n := range c.add {
			got, err = o.Step(flow.Now(n))
		}
		if got != c.want || (err != nil) != c.fail {
			t.Errorf("%v: got %v, %v, want %v", c.add, got, err, c.want)
		}
	}
}
