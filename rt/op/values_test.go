package op

import (
	"math"
	"slices"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/flow/flowtest"
)

// seenOf is one of the times at which an operator on a value ran.
type seenOf struct {
	at  time.Duration
	was []came // what the value was from when on, the newest last
}

// valueAt is what the value was right before a time.
func (m seenOf) valueAt(at time.Duration) (v float64, known bool) {
	for _, c := range m.was {
		if c.at < at {
			v, known = c.v, true
		}
	}
	return v, known
}

func (m seenOf) now() float64 { return m.was[len(m.was)-1].v }

// onValue runs an operator on a value that jumps at random times, and holds what it
// gives, at jumps and whenever its timer rings, against a model that knows all jumps.
func onValue(t *testing.T, fresh func() func(flow.Tick, float64) flow.Val[float64], model func(seenOf) (want flow.Val[float64], tolerance float64)) {
	t.Helper()
	for seed := range uint64(40) {
		r := newRand(seed)
		step := fresh()
		was := []came{{0, 3}}
		var got flow.Val[float64]
		hold := func(at time.Duration) {
			want, tolerance := model(seenOf{at, was})
			if got.OK != want.OK || math.Abs(got.V-want.V) > tolerance {
				t.Fatalf("seed %d at %v: got %v, want %v\n%v", seed, at, got, want, was)
			}
		}
		s := flowtest.New(t, func(tick flow.Tick) {
			got = step(tick, was[len(was)-1].v)
			hold(tick.Mono())
		})
		pace := time.Duration(1 + r.IntN(4000))
		for range 60 {
			s.Advance(s.Mono() + time.Duration(1+r.IntN(1000))*time.Microsecond*pace)
			if r.IntN(12) == 0 {
				s.Advance(s.Mono() + time.Minute)
			}
			was = append(was, came{s.Mono(), float64(r.IntN(20)) - 5})
			s.Run()
		}
		s.Advance(s.Mono() + 20*windowOfTest)
		hold(s.Mono()) // it went on by itself
	}
}

// lookedAt is what a value was at the end of each sixtieth of the window, and is now.
func (m seenOf) lookedAt() (list []came) {
	const width = windowOfTest / 60
	newest := m.at / width
	for n := newest - 59; n < newest; n++ {
		if v, known := m.valueAt((n + 1) * width); known {
			list = append(list, came{(n + 1) * width, v})
		}
	}
	return append(list, came{m.at, m.now()})
}

// TestStatisticsOfAValue has the operators that smooth what is, not what happens.
func TestStatisticsOfAValue(t *testing.T) {
	type stepped = func(flow.Tick, float64) flow.Val[float64]
	const d = windowOfTest
	t.Run("median", func(t *testing.T) {
		onValue(t, func() stepped {
			o := MedianValue[float64]{D: d}
			return func(tick flow.Tick, v float64) flow.Val[float64] { return flow.Ready(o.Step(tick, v)) }
		}, func(m seenOf) (flow.Val[float64], float64) { return flow.Ready(medianOf(values(m.lookedAt()))), 1e-9 })
	})
	t.Run("ema", func(t *testing.T) {
		onValue(t, func() stepped {
			o := EmaValue[float64]{D: d}
			return func(tick flow.Tick, v float64) flow.Val[float64] { return flow.Ready(o.Step(tick, v)) }
		}, func(m seenOf) (flow.Val[float64], float64) {
			mean := m.was[0].v
			for i, c := range m.was {
				end := m.at
				if i+1 < len(m.was) {
					end = m.was[i+1].at
				}
				mean = c.v + (mean-c.v)*math.Exp(-(end-c.at).Seconds()/d.Seconds())
			}
			return flow.Ready(mean), 1e-4
		})
	})
	t.Run("slope", func(t *testing.T) {
		onValue(t, func() stepped { return (&SlopeValue[float64, float64]{D: d}).Step }, func(m seenOf) (flow.Val[float64], float64) {
			list := m.lookedAt()
			var mx, my, xy, xx float64
			for _, a := range list {
				mx, my = mx+a.at.Seconds()/float64(len(list)), my+a.v/float64(len(list))
			}
			for _, a := range list {
				xy += (a.at.Seconds() - mx) * (a.v - my)
				xx += (a.at.Seconds() - mx) * (a.at.Seconds() - mx)
			}
			return flow.When(xx > 1e-12, xy/max(xx, 1e-12)), 1e-6
		})
	})
	t.Run("rate", func(t *testing.T) {
		onValue(t, func() stepped {
			o := RateValue[float64, float64]{}
			return func(tick flow.Tick, v float64) flow.Val[float64] {
				r, err := o.Step(tick, v)
				if err != nil {
					t.Error(err)
				}
				return r
			}
		}, func(m seenOf) (flow.Val[float64], float64) {
			moves := slices.CompactFunc(slices.Clone(m.was), func(a, b came) bool { return a.v == b.v })
			n := len(moves)
			if n < 2 {
				return flow.Val[float64]{}, 0
			}
			took := moves[n-1].at - moves[n-2].at
			r := (moves[n-1].v - moves[n-2].v) / took.Seconds()
			for pause := m.at - moves[n-1].at; pause >= 2*took; pause /= 2 {
				r /= 2
			}
			return flow.Ready(r), 1e-9
		})
	})
}

// TestHistoryOfAValue holds the list against all moves.
func TestHistoryOfAValue(t *testing.T) {
	for seed := range uint64(30) {
		r := newRand(seed)
		o := HistoryValue[float64]{D: windowOfTest}
		was := []came{{0, 3}}
		length := 0
		s := flowtest.New(t, func(tick flow.Tick) {
			got := o.Step(tick, was[len(was)-1].v)
			var want []float64
			for i, c := range was {
				until := tick.Mono()
				if i+1 < len(was) {
					until = was[i+1].at
				}
				if (tick.Mono()-until < windowOfTest || i+1 == len(was)) && (i+1 == len(was) || was[i+1].v != c.v) {
					want = append(want, c.v)
				}
			}
			if length = len(got); !slices.Equal(got, want) {
				t.Fatalf("seed %d at %v: %v, want %v of %v", seed, tick.Mono(), got, want, was)
			}
		})
		for range 100 {
			s.Advance(s.Mono() + time.Duration(1+r.IntN(4000))*time.Millisecond)
			was = append(was, came{s.Mono(), float64(r.IntN(5))})
			s.Run()
		}
		if s.Advance(s.Mono() + 2*windowOfTest); length != 1 {
			t.Fatalf("seed %d: %d values after the window", seed, length)
		}
		if _, set := s.Timer(); set {
			t.Fatal("a timer is set though nothing moves")
		}
	}
	o := HistoryValue[float64]{D: time.Hour}
	v, n := 0.0, 0
	s := flowtest.New(t, func(tick flow.Tick) { v++; n = len(o.Step(tick, v)) })
	for range 3 * queueLimit {
		s.Run()
	}
	if n != queueLimit+1 {
		t.Errorf("keeps %d values", n)
	}
}
