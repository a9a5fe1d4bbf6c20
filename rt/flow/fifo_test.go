package flow

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestFifo(t *testing.T) {
	var q fifo[*int]
	var want []*int
	r := rand.New(rand.NewPCG(1, 2))
	for range 20000 {
		if r.IntN(100) < 50 {
			v := new(int)
			q.push(v)
			want = append(want, v)
		} else if v, ok := q.pop(); ok != (len(want) > 0) {
			t.Fatalf("popped %v from a queue of %d", ok, len(want))
		} else if ok {
			if v != want[0] {
				t.Fatal("out of order")
			}
			want = want[1:]
		}
		if q.n != len(want) {
			t.Fatalf("holds %d, want %d", q.n, len(want))
		}
	}
	for _, ok := q.pop(); ok; _, ok = q.pop() {
	}
	for _, v := range q.ring {
		if v != nil {
			t.Fatal("an empty queue keeps memory alive")
		}
	}
}

// A queue that is never empty must not grow with what has passed through it.
func TestQueueOfOccurrencesDoesNotGrow(t *testing.T) {
	e := NewEngine(NewFakeClock(time.Unix(0, 0)), Info{}, Output{}, func(*Engine) Program { return lampProgram{&lamp{}} })
	defer e.log.close()
	for range 3 {
		e.post(occurrence{})
	}
	for range 100000 {
		e.post(occurrence{})
		e.pop()
	}
	if n := len(e.queue.ring); n > 4 {
		t.Errorf("three waiting occurrences take %d places", n)
	}
}
