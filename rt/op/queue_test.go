package op

import (
	"math/rand/v2"
	"testing"
)

func TestQueueKeepsOrderAndBound(t *testing.T) {
	var q queue[int]
	var want []int
	r := rand.New(rand.NewPCG(1, 2))
	next, lost := 0, 0
	for range 20000 {
		if r.IntN(5) < 3 {
			if q.push(next) {
				lost++
			}
			want = append(want, next)
			if len(want) > queueLimit {
				want = want[1:]
			}
			next++
		} else if q.n > 0 {
			if got := q.pop(); got != want[0] {
				t.Fatalf("got %d, want %d", got, want[0])
			}
			want = want[1:]
		}
		if q.n != len(want) || len(q.ring) > queueLimit {
			t.Fatalf("holds %d in a ring of %d, want %d", q.n, len(q.ring), len(want))
		}
	}
	if lost == 0 {
		t.Error("the queue was never full")
	}
	q.clear()
	if q.n != 0 || q.push(1) || q.pop() != 1 {
		t.Error("a cleared queue does not start anew")
	}
}
