package op

import (
	"testing"
	"time"

	"flowc/rt/flow"
)

func TestMinOn(t *testing.T) {
	const d = 3 * time.Second
	fresh := func() step {
		o := MinOn{D: d}
		return level(func(tick flow.Tick, v flow.Val[string]) string {
			if !v.OK {
				o.Reset()
				return "-"
			}
			return onOff(o.Step(tick, v.V == "on"))
		})
	}
	check(t, fresh, []timeline{
		{"a short run is made longer", "start off, 1s on, 2s off", "0s off, 1s on, 4s off"},
		{"a long run is not", "start off, 1s on, 9s off", "0s off, 1s on, 9s off"},
		{"an interruption is bridged", "start off, 1s on, 2s off, 3s on, 5s off", "0s off, 1s on, 5s off"},
		{"silence forgets", "start on, 1s -, 2s off", "0s on, 1s -, 2s off"},
	})
	property(t, fresh, []time.Duration{d}, func(before []moment, at time.Duration) string {
		on, until := false, time.Duration(0)
		what := "-"
		for _, m := range before {
			if on && what == "off" && m.at >= until {
				on = false
			}
			switch what = m.what; what {
			case "-":
				on = false
			case "on":
				if !on {
					on, until = true, m.at+d
				}
			default:
				on = on && m.at < until
			}
		}
		if what == "-" {
			return "-"
		}
		return onOff(on && (what == "on" || at < until))
	}, "on", "off", "-")
}

func TestBlink(t *testing.T) {
	fresh := func() step {
		o := Blink{On: time.Second, Off: 2 * time.Second}
		return level(func(tick flow.Tick, v flow.Val[string]) string { return onOff(o.Step(tick, v.V == "on")) })
	}
	check(t, fresh, []timeline{
		{"on first, then in turns", "start off, 1s on, 8s off", "0s off, 1s on, 2s off, 4s on, 5s off, 7s on, 8s off"},
	})
	var seconds []time.Duration
	for n := range 300 {
		seconds = append(seconds, time.Duration(n)*time.Second)
	}
	property(t, fresh, seconds, func(before []moment, at time.Duration) string {
		what, since, _ := newest(before)
		return onOff(what == "on" && (at-since)%(3*time.Second) < time.Second)
	}, "on", "off")
}

func TestDutyIsOnForItsShare(t *testing.T) {
	for _, share := range []float64{-5, 0, 1, 25, 50, 99, 100, 130} {
		o := Duty{D: 100 * time.Second}
		var on, last time.Duration
		was := false
		play(t, nil, 1000*time.Second, func(tick flow.Tick, _ flow.Hap[string]) string {
			if was {
				on += tick.Mono() - last
			}
			was, last = o.Step(tick, percent(share)), tick.Mono()
			return ""
		})
		if was {
			on += 1000*time.Second - last
		}
		if want := time.Duration(min(max(share, 0), 100)*10) * time.Second; on != want {
			t.Errorf("%v %%: on for %v of 1000 s, want %v", share, on, want)
		}
	}
}

func TestCrosses(t *testing.T) {
	crossed := func(vs string) string {
		var o Crosses[float64]
		out := ""
		for _, r := range vs {
			v := flow.When(r != '-', float64(r-'5'))
			if o.Step(v, flow.Ready(0.0)).OK {
				out += "x"
			} else {
				out += "."
			}
		}
		return out
	}
	for in, want := range map[string]string{
		"19":   ".x",
		"1919": ".xxx",
		"1555": "....",
		"1551": "....",
		"1559": "...x",
		"559":  "...",
		"1-9":  "...",
	} {
		if got := crossed(in); got != want {
			t.Errorf("%s around 5: %s, want %s", in, got, want)
		}
	}
}

func TestPriorityIsTheFirstThatIsReady(t *testing.T) {
	var o Priority[int64]
	no := flow.Val[int64]{}
	for _, c := range []struct {
		in   []flow.Val[int64]
		want flow.Val[int64]
	}{
		{nil, no}, {[]flow.Val[int64]{no, no}, no},
		{[]flow.Val[int64]{no, flow.Ready(int64(2)), flow.Ready(int64(3))}, flow.Ready(int64(2))},
		{[]flow.Val[int64]{flow.Ready(int64(0)), flow.Ready(int64(9))}, flow.Ready(int64(0))},
	} {
		if got := o.Step(c.in...); got != c.want {
			t.Errorf("%v: %v", c.in, got)
		}
	}
}

func TestOnTimeCountsWhatIsOn(t *testing.T) {
	fresh := func() step {
		o, over := OnTime{}, OnTimeOver{After: 20 * time.Second}
		return level(func(tick flow.Tick, v flow.Val[string]) string {
			total := o.Step(tick, isOn(v))
			if over.Step(tick, isOn(v)) != (total >= 20*time.Second) {
				t.Errorf("at %v: on for %v, and over says otherwise", tick.Mono(), total)
			}
			return onOff(total >= 20*time.Second)
		})
	}
	check(t, fresh, []timeline{
		{"an exact timer", "start on, 15s off, 20s on", "0s off, 25s on"},
		{"silence does not count", "start on, 15s -, 20s on", "0s off, 25s on"},
	})
	for seed := range uint64(100) {
		in := random(newRand(seed), 30, "on", "off", "-")
		var at time.Duration
		total, was := time.Duration(0), ""
		for _, m := range in {
			if was == "on" {
				total += m.at - at
			}
			was, at = m.what, m.at
		}
		var got time.Duration
		o := OnTime{}
		play(t, in, at, level(func(tick flow.Tick, v flow.Val[string]) string {
			got = o.Step(tick, isOn(v))
			return ""
		}))
		if got != total {
			t.Fatalf("seed %d: %v, want %v", seed, got, total)
		}
	}
}
