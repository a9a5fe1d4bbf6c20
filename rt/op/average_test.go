package op

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/flow/flowtest"
)

func TestAverage(t *testing.T) {
	o := Average[float64]{D: time.Minute}
	now, got := flow.Hap[float64]{}, flow.Hap[float64]{}
	s := flowtest.New(t, func(tick flow.Tick) { got = o.Step(tick, now) })
	for _, c := range []struct {
		at      time.Duration
		v, want float64
	}{
		{0, 10, 10},
		{10 * time.Second, 20, 15},
		{20 * time.Second, 60, 30},
		{65 * time.Second, 40, 40}, // 10 has left
		{72 * time.Second, 50, 50}, // 20 as well
		{time.Hour, 7, 7},          // the newest, alone
		{2 * time.Hour, 8, 8},
	} {
		s.Advance(c.at)
		now = flow.Now(c.v)
		if s.Run(); !got.OK || got.V != c.want {
			t.Errorf("at %v: got %v, want %v", c.at, got, c.want)
		}
	}
	now = flow.Hap[float64]{}
	if s.Run(); got.OK {
		t.Error("happens without a reading")
	}
	o.Reset()
	now = flow.Now(1.0)
	if s.Run(); got.V != 1 {
		t.Errorf("after a silence: %v, want 1", got.V)
	}
}

// TestAverageIsTheMeanOfTheWindow compares with the mean over all readings that a
// window of whole sixtieths holds, and with the bounds of the true window.
func TestAverageIsTheMeanOfTheWindow(t *testing.T) {
	const d = 10 * time.Second
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 4))
		o := Average[float64]{D: d}
		type reading struct {
			at time.Duration
			v  float64
		}
		var all []reading
		var now, got flow.Hap[float64]
		s := flowtest.New(t, func(tick flow.Tick) { got = o.Step(tick, now) })
		pace := time.Duration(1 + r.IntN(3000))
		for range 200 {
			s.Advance(s.Mono() + time.Duration(r.IntN(1000))*time.Microsecond*pace)
			all = append(all, reading{s.Mono(), r.NormFloat64() * 100})
			now = flow.Now(all[len(all)-1].v)
			s.Run()
			sum, n, inside := 0.0, 0, 0
			for _, a := range all {
				age := s.Mono() - a.at
				if age < d-d/60 {
					inside++
				}
				if a.at/(d/60) > s.Mono()/(d/60)-60 {
					sum += a.v
					n++
					if age > d {
						t.Fatalf("the model keeps a reading %v old", age)
					}
				}
			}
			if n < inside || math.Abs(got.V-sum/float64(n)) > 1e-9 {
				t.Fatalf("seed %d at %v: got %v, want %v", seed, s.Mono(), got.V, sum/float64(n))
			}
		}
	}
}

func BenchmarkAverage(b *testing.B) {
	o := Average[float64]{D: time.Minute}
	n := 0
	var sum float64
	s := flowtest.New(b, func(tick flow.Tick) {
		for i := range n {
			sum += o.Step(tick, flow.Now(float64(i))).V
		}
	})
	b.ReportAllocs()
	b.ResetTimer()
	n = b.N
	s.Run()
	if sum < 0 {
		b.Error("a mean of positive numbers is negative")
	}
}

// BenchmarkAverageMoving has every reading come in a bucket of its own.
func BenchmarkAverageMoving(b *testing.B) {
	var w sliding
	b.ReportAllocs()
	for i := range b.N {
		w.move(int64(i))
		w.newest().add(1)
		if w.total().mean() != 1 {
			b.Fatal("the mean of ones is not one")
		}
	}
}
