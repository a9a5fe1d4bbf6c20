package op

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/flow/flowtest"
)

// A timeline is text such as "start on, 2s off, 3s on": what comes in or out, and
// when. "start" is instant 0; each other moment is an instant of its own, after
// the timers that are due at the same time.
type timeline struct{ name, in, want string }

type moment struct {
	at    time.Duration
	start bool
	what  string
}

func moments(t testing.TB, text string) []moment {
	t.Helper()
	var list []moment
	for entry := range strings.SplitSeq(text, ", ") {
		if entry == "" {
			continue
		}
		when, what, _ := strings.Cut(entry, " ")
		if when == "start" {
			list = append(list, moment{start: true, what: what})
			continue
		}
		at, err := time.ParseDuration(when)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, moment{at: at, what: what})
	}
	return list
}

// step is an operator under test: e is the moment of this pass, if there is one;
// the answer is what is to be written down, or "".
type step func(tick flow.Tick, e flow.Hap[string]) string

// play runs an operator through a timeline and writes down what comes out.
func play(t testing.TB, in []moment, until time.Duration, s step) string {
	t.Helper()
	var out []string
	var now flow.Hap[string]
	if len(in) > 0 && in[0].start {
		now, in = flow.Now(in[0].what), in[1:]
	}
	var stage *flowtest.Stage
	stage = flowtest.New(t, func(tick flow.Tick) {
		if text := s(tick, now); text != "" {
			out = append(out, tick.Mono().String()+" "+text)
		}
		now = flow.Hap[string]{}
	})
	for _, m := range in {
		stage.Advance(m.at)
		now = flow.Now(m.what)
		stage.Run()
	}
	stage.Advance(until)
	if c := stage.Counters(); !c.Holds() || c.InFlight != 0 {
		t.Errorf("the conservation law is broken: %+v", c)
	}
	return strings.Join(out, ", ")
}

// check plays a table of timelines, each with an operator of its own, for a minute.
func check(t *testing.T, fresh func() step, table []timeline) {
	t.Helper()
	for _, c := range table {
		t.Run(c.name, func(t *testing.T) {
			if got := play(t, moments(t, c.in), time.Minute, fresh()); got != c.want {
				t.Errorf("in   %s\ngot  %s\nwant %s", c.in, got, c.want)
			}
		})
	}
}

// level makes a step of an operator on a value: a moment is what the value becomes
// ("-" is not ready), and the result is written down when it changes.
func level(f func(tick flow.Tick, v flow.Val[string]) string) step {
	var v flow.Val[string]
	return onChange(func(tick flow.Tick, e flow.Hap[string]) string {
		if e.OK {
			v = flow.When(e.V != "-", e.V)
		}
		return f(tick, v)
	})
}

// onChange writes down what s gives only when it differs from the last.
func onChange(s step) step {
	last := ""
	return func(tick flow.Tick, e flow.Hap[string]) string {
		now := s(tick, e)
		if now == last {
			return ""
		}
		last = now
		return now
	}
}

func onOff(b bool) string {
	if b {
		return "on"
	}
	return "off"
}

func onOffVal(v flow.Val[bool]) string {
	if !v.OK {
		return "-"
	}
	return onOff(v.V)
}

func isOn(v flow.Val[string]) flow.Val[bool] { return flow.When(v.OK, v.V == "on") }

// model says what an operator is at time at, seen from all moments so far.
type model func(before []moment, at time.Duration) string

// expect writes down what a model says: at each of the times at which something
// could happen, first without and then with the moments of that time.
func expect(in []moment, until time.Duration, after []time.Duration, m model) string {
	times := []time.Duration{0}
	for _, i := range in {
		for _, d := range append(after, 0) {
			times = append(times, i.at+d)
		}
	}
	slices.Sort(times)
	last, out := "", []string{}
	say := func(at time.Duration, what string) {
		if what != last && what != "" {
			out = append(out, at.String()+" "+what)
			last = what
		}
	}
	for _, at := range slices.Compact(times) {
		if at > until {
			break
		}
		if at > 0 {
			n, _ := slices.BinarySearchFunc(in, at, func(m moment, at time.Duration) int { return int(m.at - at) })
			say(at, m(in[:n], at))
		}
		n, _ := slices.BinarySearchFunc(in, at+1, func(m moment, at time.Duration) int { return int(m.at - at) })
		say(at, m(in[:n], at))
	}
	return strings.Join(out, ", ")
}

// random makes a timeline of distinct times in whole seconds, which so often meet
// the times at which a delay of some seconds ends.
func random(r *rand.Rand, n int, what ...string) []moment {
	var list []moment
	at := time.Duration(0)
	for range n {
		list = append(list, moment{at: at, start: at == 0, what: what[r.IntN(len(what))]})
		at += time.Duration(1+r.IntN(5)) * time.Second
	}
	return list
}

// property compares an operator with a model on random timelines of levels.
func property(t *testing.T, fresh func() step, after []time.Duration, m model, what ...string) {
	t.Helper()
	for seed := range uint64(300) {
		in := random(rand.New(rand.NewPCG(seed, 1)), 30, what...)
		got := play(t, in, 5*time.Minute, fresh())
		want := expect(in, 5*time.Minute, after, m)
		if got != want {
			t.Fatalf("seed %d\nin   %v\ngot  %s\nwant %s", seed, in, got, want)
		}
	}
}

// newest is what the last moment says, and since when all moments say the same
// without a break.
func newest(before []moment) (what string, since time.Duration, first int) {
	if len(before) == 0 {
		return "-", 0, 0
	}
	i := len(before) - 1
	what = before[i].what
	for i > 0 && before[i-1].what == what {
		i--
	}
	return what, before[i].at, i
}

func hap[T any](ok bool, v T) flow.Hap[T] {
	if !ok {
		return flow.Hap[T]{}
	}
	return flow.Now(v)
}

// sayAll compares an operator on events with a model that lists everything that
// comes out of a random timeline.
func sayAll(t *testing.T, fresh func() step, model func(in []moment) []moment) {
	t.Helper()
	for seed := range uint64(300) {
		in := random(rand.New(rand.NewPCG(seed, 3)), 30, "a", "b", "c", "d")[1:]
		var want []string
		for _, m := range model(in) {
			want = append(want, m.at.String()+" "+m.what)
		}
		got := play(t, in, 5*time.Minute, fresh())
		if want := strings.Join(want, ", "); got != want {
			t.Fatalf("seed %d\nin   %v\ngot  %s\nwant %s", seed, in, got, want)
		}
	}
}
