package op

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/flow/flowtest"
)

func TestAverageValue(t *testing.T) {
	const d = time.Minute
	o := AverageValue[float64]{D: d}
	v, got := 10.0, 0.0
	s := flowtest.New(t, func(tick flow.Tick) { got = o.Step(tick, v) })
	at := func(to time.Duration, want float64) {
		t.Helper()
		s.Advance(to)
		if math.Abs(got-want) > 1e-9 {
			t.Errorf("at %v: got %v, want %v", to, got, want)
		}
	}
	at(30*time.Second, 10)
	v = 20
	s.Run()
	at(30*time.Second, 10)
	// At the turn of a bucket the window is a sixtieth shorter than d.
	at(60*time.Second, (29*10+30*20)/59.0)
	at(75*time.Second, (14*10+45*20)/59.0)
	at(88*time.Second, (1*10+58*20)/59.0)
	at(91*time.Second, 20)
	if got != 20 {
		t.Errorf("got %v once it stands still, want exactly 20", got)
	}
	if due, set := s.Timer(); set {
		t.Errorf("a timer is set for %v though nothing moves", due)
	}
	o.Reset()
	v = 5
	if s.Run(); got != 5 {
		t.Errorf("after a silence: %v, want 5", got)
	}
}

// TestAverageValueIsTheMeanOverTime compares with the integral over the whole
// buckets of the window, made from the complete history.
func TestAverageValueIsTheMeanOverTime(t *testing.T) {
	const d = 60 * time.Second
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 5))
		o := AverageValue[float64]{D: d}
		type change struct {
			at time.Duration
			v  float64
		}
		all := []change{{0, 1}}
		v := 1.0
		s := flowtest.New(t, func(tick flow.Tick) {
			now := tick.Mono()
			from := max(0, now/time.Second-59) * time.Second
			integral := 0.0
			for i, c := range all {
				end := now
				if i+1 < len(all) {
					end = all[i+1].at
				}
				if begin := max(from, c.at); end > begin {
					integral += c.v * (end - begin).Seconds()
				}
			}
			want := all[len(all)-1].v
			if now > from {
				want = integral / (now - from).Seconds()
			}
			if got := o.Step(tick, v); math.Abs(got-want) > 1e-6 {
				t.Fatalf("seed %d at %v: got %v, want %v", seed, now, got, want)
			}
		})
		for range 60 {
			s.Advance(s.Mono() + time.Duration(1+r.IntN(30000))*time.Millisecond)
			if r.IntN(10) == 0 {
				s.Advance(s.Mono() + 3*time.Minute)
			}
			v = r.NormFloat64() * 100
			all = append(all, change{s.Mono(), v})
			s.Run()
		}
	}
}
