package op

import (
	"testing"

	"flowc/rt/flow"
)

func TestBecomes(t *testing.T) {
	check(t, func() step {
		var o Becomes[string]
		return edges(func(v flow.Val[string]) string { return onlyNow(o.Step(v, flow.Ready("x"))) })
	}, []timeline{
		{"from another value", "start a, 1s x, 2s x, 3s b, 4s x", "1s now, 4s now"},
		{"not when it is so from the start", "start x, 1s a", ""},
		{"a silence forgets", "start a, 1s -, 2s x", ""},
	})
}

func TestBecomesLooksAtVOnly(t *testing.T) {
	var o Becomes[int64]
	for i, c := range []struct {
		v, x flow.Val[int64]
		want bool
	}{
		{flow.Ready[int64](1), flow.Ready[int64](2), false},
		{flow.Ready[int64](1), flow.Ready[int64](1), false}, // x moved
		{flow.Ready[int64](3), flow.Val[int64]{V: 3}, false},
		{flow.Ready[int64](3), flow.Ready[int64](3), false},
		{flow.Ready[int64](4), flow.Ready[int64](4), true}, // both moved
	} {
		if got := o.Step(c.v, c.x).OK; got != c.want {
			t.Errorf("row %d: %v, want %v", i, got, c.want)
		}
	}
}
