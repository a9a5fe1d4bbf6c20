package op

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/flow/flowtest"
	"flowc/rt/unit"
)

func percent(v float64) unit.Percent { return unit.Percent(v) }

func newRand(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 9)) }

// came is a reading and when it came; a model keeps all of them.
type came struct {
	at time.Duration
	v  float64
}

// onReadings compares an operator on readings with a model that has seen all of them,
// on random timelines of every pace. Numbers are few, so that they often repeat.
func onReadings(t *testing.T, fresh func() func(flow.Tick, flow.Hap[float64]) flow.Hap[float64], model func(all []came) flow.Hap[float64]) {
	t.Helper()
	for seed := range uint64(60) {
		r := newRand(seed)
		step := fresh()
		var now, got flow.Hap[float64]
		s := flowtest.New(t, func(tick flow.Tick) { got = step(tick, now) })
		var all []came
		pace := time.Duration(1 + r.IntN(3000))
		for range 150 {
			s.Advance(s.Mono() + time.Duration(1+r.IntN(1000))*time.Microsecond*pace)
			all = append(all, came{s.Mono(), float64(r.IntN(20)) - 5})
			now = flow.Now(all[len(all)-1].v)
			s.Run()
			want := model(all)
			if got.OK != want.OK || math.Abs(got.V-want.V) > 1e-9 {
				t.Fatalf("seed %d at %v: got %v, want %v", seed, s.Mono(), got, want)
			}
			now = flow.Hap[float64]{}
			if s.Run(); got.OK {
				t.Fatalf("seed %d: happens without a reading", seed)
			}
		}
	}
}

const windowOfTest = 10 * time.Second

// inWindow are the readings of a window of whole sixtieths; with one each the last
// of each sixtieth only.
func inWindow(all []came, oneEach bool) (list []came) {
	const width = windowOfTest / 60
	newest := all[len(all)-1].at / width
	for i, a := range all {
		last := i+1 == len(all) || all[i+1].at/width != a.at/width
		if a.at/width > newest-60 && (last || !oneEach) {
			list = append(list, a)
		}
	}
	return list
}

func values(list []came) (vs []float64) {
	for _, a := range list {
		vs = append(vs, a.v)
	}
	return vs
}

func medianOf(vs []float64) float64 {
	vs = slices.Clone(vs)
	slices.Sort(vs)
	n := len(vs)
	return (vs[(n-1)/2] + vs[n/2]) / 2
}

func lastOf(all []came, n int) []float64 { return values(all[max(0, len(all)-n):]) }

func TestStatisticsAreThoseOfTheWindow(t *testing.T) {
	type stepped = func(flow.Tick, flow.Hap[float64]) flow.Hap[float64]
	without := func(f func(flow.Hap[float64]) flow.Hap[float64]) stepped {
		return func(_ flow.Tick, v flow.Hap[float64]) flow.Hap[float64] { return f(v) }
	}
	const d = windowOfTest
	for name, c := range map[string]struct {
		fresh func() stepped
		model func(all []came) float64
	}{
		"median":         {func() stepped { return (&Median[float64]{D: d}).Step }, func(all []came) float64 { return medianOf(values(inWindow(all, true))) }},
		"median_count":   {func() stepped { return without((&MedianCount[float64]{N: 7}).Step) }, func(all []came) float64 { return medianOf(lastOf(all, 7)) }},
		"lowest_over":    {func() stepped { return (&LowestOver[float64]{D: d}).Step }, func(all []came) float64 { return slices.Min(values(inWindow(all, false))) }},
		"highest_over":   {func() stepped { return (&HighestOver[float64]{D: d}).Step }, func(all []came) float64 { return slices.Max(values(inWindow(all, false))) }},
		"lowest of few":  {func() stepped { return without((&LowestOverCount[float64]{N: 5}).Step) }, func(all []came) float64 { return slices.Min(lastOf(all, 5)) }},
		"highest of few": {func() stepped { return without((&HighestOverCount[float64]{N: 5}).Step) }, func(all []came) float64 { return slices.Max(lastOf(all, 5)) }},
		"ema": {func() stepped { return (&Ema[float64]{D: d}).Step }, func(all []came) float64 {
			mean := all[0].v
			for i, a := range all[1:] {
				old := math.Exp(-(a.at - all[i].at).Seconds() / d.Seconds())
				mean = old*mean + (1-old)*a.v
			}
			return mean
		}},
	} {
		t.Run(name, func(t *testing.T) {
			onReadings(t, c.fresh, func(all []came) flow.Hap[float64] { return flow.Now(c.model(all)) })
		})
	}
}

func TestRejectingAndThinning(t *testing.T) {
	type stepped = func(flow.Tick, flow.Hap[float64]) flow.Hap[float64]
	t.Run("outliers", func(t *testing.T) {
		onReadings(t, func() stepped {
			o := Outliers[float64]{Limit: 4}
			return func(_ flow.Tick, v flow.Hap[float64]) flow.Hap[float64] { return o.Step(v) }
		}, func(all []came) flow.Hap[float64] {
			v, before := all[len(all)-1].v, lastOf(all[:len(all)-1], 5)
			return hap(len(before) == 0 || math.Abs(v-medianOf(before)) <= 4, v)
		})
	})
	t.Run("deadband", func(t *testing.T) {
		passed := func(all []came) (last flow.Hap[float64]) {
			for _, a := range all {
				if !last.OK || math.Abs(a.v-last.V) >= 4 {
					last = flow.Now(a.v)
				}
			}
			return last
		}
		onReadings(t, func() stepped {
			o := Deadband[float64]{Band: 4}
			return func(_ flow.Tick, v flow.Hap[float64]) flow.Hap[float64] { return o.Step(v) }
		}, func(all []came) flow.Hap[float64] {
			before, now := passed(all[:len(all)-1]), passed(all)
			return hap(!before.OK || now.V != before.V, now.V)
		})
		onReadings(t, func() stepped {
			o := DeadbandValue[float64]{Band: 4}
			return func(_ flow.Tick, v flow.Hap[float64]) flow.Hap[float64] {
				if !v.OK {
					return flow.Hap[float64]{}
				}
				return flow.Now(o.Step(v.V))
			}
		}, func(all []came) flow.Hap[float64] { return flow.Now(passed(all).V) })
	})
}

func TestRateAndSlope(t *testing.T) {
	type stepped = func(flow.Tick, flow.Hap[float64]) flow.Hap[float64]
	t.Run("rate", func(t *testing.T) {
		onReadings(t, func() stepped {
			o := Rate[float64, float64]{}
			return func(tick flow.Tick, v flow.Hap[float64]) flow.Hap[float64] {
				r, err := o.Step(tick, v)
				if err != nil {
					t.Error(err)
				}
				return r
			}
		}, func(all []came) flow.Hap[float64] {
			if len(all) < 2 {
				return flow.Hap[float64]{}
			}
			a, b := all[len(all)-2], all[len(all)-1]
			return flow.Now((b.v - a.v) / (b.at - a.at).Seconds())
		})
	})
	t.Run("slope", func(t *testing.T) {
		onReadings(t, func() stepped { return (&Slope[float64, float64]{D: windowOfTest}).Step }, func(all []came) flow.Hap[float64] {
			list := inWindow(all, true)
			if len(list) == 1 && len(all) > 1 {
				list = append(list, all[len(all)-2])
			}
			if len(list) < 2 {
				return flow.Hap[float64]{}
			}
			var mx, my, xy, xx float64
			for _, a := range list {
				mx, my = mx+a.at.Seconds()/float64(len(list)), my+a.v/float64(len(list))
			}
			for _, a := range list {
				xy += (a.at.Seconds() - mx) * (a.v - my)
				xx += (a.at.Seconds() - mx) * (a.at.Seconds() - mx)
			}
			return flow.Now(xy / xx)
		})
	})
	o := Rate[float64, float64]{}
	var err error
	v := flow.Now(-math.MaxFloat64)
	s := flowtest.New(t, func(tick flow.Tick) { _, err = o.Step(tick, v) })
	s.Advance(time.Second)
	v = flow.Now(math.MaxFloat64)
	if s.Run(); err == nil {
		t.Error("an infinite rate is told")
	}
}

func TestIntegralIsTheAreaBelow(t *testing.T) {
	for seed := range uint64(60) {
		r := newRand(seed)
		var o Integral[float64, float64]
		var v flow.Val[float64]
		var got, want float64
		s := flowtest.New(t, func(tick flow.Tick) { got, _ = o.Step(tick, v) })
		for range 50 {
			pause := time.Duration(1+r.IntN(200)) * time.Second
			s.Advance(s.Mono() + pause)
			want += v.V * pause.Seconds()
			v = flow.When(r.IntN(4) > 0, float64(r.IntN(50)))
			if s.Run(); math.Abs(got-want) > 1e-6 {
				t.Fatalf("seed %d at %v: %v, want %v", seed, s.Mono(), got, want)
			}
		}
	}
}

func TestHistoryIsTheListOfTheWindow(t *testing.T) {
	for seed := range uint64(30) {
		r := newRand(seed)
		o := History[float64]{D: windowOfTest}
		var now flow.Hap[float64]
		var got flow.Hap[[]float64]
		var all []came
		s := flowtest.New(t, func(tick flow.Tick) { got = o.Step(tick, now) })
		for range 200 {
			s.Advance(s.Mono() + time.Duration(1+r.IntN(4000))*time.Millisecond)
			all = append(all, came{s.Mono(), r.Float64()})
			now = flow.Now(all[len(all)-1].v)
			s.Run()
			var want []float64
			for _, a := range all {
				if s.Mono()-a.at < windowOfTest {
					want = append(want, a.v)
				}
			}
			if !slices.Equal(got.V, want) {
				t.Fatalf("seed %d: %v, want %v", seed, got.V, want)
			}
		}
	}
	o := History[float64]{D: time.Hour}
	var got flow.Hap[[]float64]
	s := flowtest.New(t, func(tick flow.Tick) { got = o.Step(tick, flow.Now(1.0)) })
	for range 3 * queueLimit {
		s.Run()
	}
	if len(got.V) != queueLimit {
		t.Errorf("keeps %d readings", len(got.V))
	}
}

func TestRampNeverMovesTooFast(t *testing.T) {
	for seed := range uint64(60) {
		r := newRand(seed)
		o := Ramp[float64, float64]{Speed: 2}
		v, last, at := 10.0, 10.0, time.Duration(0)
		moved := func(tick flow.Tick) {
			got := o.Step(tick, v)
			if far := math.Abs(got - last); far > 2*(tick.Mono()-at).Seconds()+0.21 || math.Abs(v-got) > math.Abs(v-last) {
				t.Fatalf("seed %d at %v: from %v to %v, towards %v", seed, tick.Mono(), last, got, v)
			}
			last, at = got, tick.Mono()
		}
		s := flowtest.New(t, moved)
		for range 20 {
			v = float64(r.IntN(30))
			s.Run()
			s.Advance(s.Mono() + time.Duration(r.IntN(9000))*time.Millisecond)
		}
		if s.Advance(s.Mono() + time.Minute); last != v {
			t.Fatalf("seed %d: ends at %v, want %v", seed, last, v)
		}
	}
}

func TestThermostat(t *testing.T) {
	o := Thermostat[float64]{Band: 2, MinOn: 10 * time.Second, MinOff: 5 * time.Second}
	v := 20.0
	on, since := false, time.Duration(0)
	r := newRand(1)
	s := flowtest.New(t, func(tick flow.Tick) {
		now := o.Step(tick, v, 20)
		if now == on {
			return
		}
		least := 5 * time.Second
		if on {
			least = 10 * time.Second
		}
		if tick.Mono()-since < least {
			t.Errorf("at %v: moved after %v", tick.Mono(), tick.Mono()-since)
		}
		if now && v > 19 || !now && v < 21 {
			t.Errorf("at %v: %v at %v", tick.Mono(), now, v)
		}
		on, since = now, tick.Mono()
	})
	for range 2000 {
		v = 17 + 6*r.Float64()
		s.Run()
		s.Advance(s.Mono() + time.Duration(r.IntN(4000))*time.Millisecond)
	}
	v = 10
	s.Run()
	if s.Advance(s.Mono() + time.Minute); !on {
		t.Error("off in the cold")
	}
}

// TestPidSettles has it heat a room that loses heat: it comes to the target and stays,
// the result is within its range, and a target that was out of reach for a day leaves
// nothing behind in the integral.
func TestPidSettles(t *testing.T) {
	o := Pid[float64, float64, float64, float64, float64]{P: 20, I: flow.Some(0.05), D: flow.Some(10.0), Range: []float64{0, 100}, Every: time.Second}
	room, target, power := 10.0, 20.0, 0.0
	s := flowtest.New(t, func(tick flow.Tick) {
		power = o.Step(tick, room, target)
		if power < 0 || power > 100 {
			t.Fatalf("%v is beyond the range", power)
		}
	})
	hold := func(seconds int) {
		for range seconds {
			room += power*0.002 - (room-5)*0.005
			s.Run()
			s.Advance(s.Mono() + time.Second)
		}
	}
	if hold(7200); math.Abs(room-target) > 0.05 {
		t.Errorf("after two hours: %v at %v %%", room, power)
	}
	target = 100 // out of reach
	hold(86400)
	target = 20
	if hold(1200); math.Abs(room-target) > 1 {
		t.Errorf("what was out of reach lasts: %v at %v %%", room, power)
	}
}

func TestExtremesOfAValueLastForTheWindow(t *testing.T) {
	const d = 60 * time.Second
	for seed := range uint64(60) {
		r := newRand(seed)
		o := HighestOverValue[float64]{D: d}
		low := LowestOverValue[float64]{D: d}
		v := 0.0
		var high, least float64
		var all []came
		s := flowtest.New(t, func(tick flow.Tick) { high, least = o.Step(tick, v), low.Step(tick, v) })
		for range 60 {
			s.Advance(s.Mono() + time.Duration(1+r.IntN(40))*time.Second)
			all = append(all, came{s.Mono(), v}) // what it was until now
			v = float64(r.IntN(100))
			s.Run()
			// An old value must be in up to 59 sixtieths and gone after 60.
			surely, maybe := []float64{v}, []float64{v}
			for _, a := range all {
				if age := s.Mono() - a.at; age < d-d/60 {
					surely = append(surely, a.v)
				}
				if age := s.Mono() - a.at; age <= d {
					maybe = append(maybe, a.v)
				}
			}
			if high < slices.Max(surely) || high > slices.Max(maybe) || least > slices.Min(surely) || least < slices.Min(maybe) {
				t.Fatalf("seed %d at %v: %v to %v, want %v to %v", seed, s.Mono(), least, high, slices.Min(surely), slices.Max(surely))
			}
		}
		if s.Advance(s.Mono() + d); high != v || least != v {
			t.Fatalf("seed %d: after the window %v and %v, want %v", seed, least, high, v)
		}
	}
}

func TestSumOfTheReady(t *testing.T) {
	acrossProperty(t, func() across[float64, float64] { return &SumOf[float64]{} }, few,
		func(_ int, ready []float64) flow.Val[float64] {
			sum := 0.0
			for _, v := range ready {
				sum += v
			}
			return flow.When(len(ready) > 0, sum)
		})
}
