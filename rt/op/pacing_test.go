package op

import (
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
)

func TestThrottleLastTellsTheLastOfEachTime(t *testing.T) {
	const d = 4 * time.Second
	fresh := func() step {
		o := ThrottleLast[string]{D: d}
		return events(o.Step)
	}
	check(t, fresh, []timeline{
		{"late by d, with the last", "1s a, 2s b, 4s c", "5s c"},
		{"d apart at least", "1s a, 6s b, 7s c, 20s d", "5s a, 9s c, 24s d"},
	})
	sayAll(t, fresh, func(in []moment) (out []moment) {
		var held string
		end := time.Duration(-1)
		tell := func(until time.Duration) {
			for end >= 0 && end < until { // a timer rings before what comes at its time
				if held == "" {
					end = -1
					break
				}
				out = append(out, moment{at: end, what: held})
				held, end = "", end+d
			}
		}
		for _, m := range in {
			tell(m.at + 1)
			if end < 0 {
				end = m.at + d
			}
			held = m.what
		}
		tell(time.Hour)
		return out
	})
}

func TestSpreadLosesNothing(t *testing.T) {
	const d = 4 * time.Second
	sayAll(t, func() step {
		o := Spread[string]{D: d}
		return func(tick flow.Tick, e flow.Hap[string]) string {
			now, err := o.Step(tick, e)
			if err != nil {
				t.Error(err)
			}
			return now.V
		}
	}, func(in []moment) (out []moment) {
		free := time.Duration(0)
		for _, m := range in {
			at := max(m.at, free)
			out, free = append(out, moment{at: at, what: m.what}), at+d
		}
		return out
	})
}

func TestBatchGathersAllInOrder(t *testing.T) {
	const n, d = 3, 6 * time.Second
	sayAll(t, func() step {
		o := Batch[string]{N: n, D: d}
		return func(tick flow.Tick, e flow.Hap[string]) string {
			now, err := o.Step(tick, e)
			if err != nil {
				t.Error(err)
			}
			return strings.Join(now.V, "+")
		}
	}, func(in []moment) (out []moment) {
		for len(in) > 0 {
			end := in[0].at + d
			size := 1
			for size < n && size < len(in) && in[size].at < end {
				size++
			}
			if size == n {
				end = in[n-1].at
			}
			var texts []string
			for _, m := range in[:size] {
				texts = append(texts, m.what)
			}
			out = append(out, moment{at: end, what: strings.Join(texts, "+")})
			in = in[size:]
		}
		return out
	})
}

func TestSplitTellsEachElementOfTheMoment(t *testing.T) {
	var o Split[string]
	stepped := func(tick flow.Tick, e flow.Hap[string]) string {
		now, err := o.Step(tick, flow.Hap[[]string]{V: strings.Fields(e.V), OK: e.OK})
		if err != nil {
			return "lost"
		}
		return now.V
	}
	check(t, func() step { o = Split[string]{}; return stepped }, []timeline{
		{"none", "1s ", ""},
		{"three", "1s a b c, 2s d", "1s a, 1s b, 1s c, 2s d"},
	})
}

func TestHeartbeatAndSilent(t *testing.T) {
	const d = 4 * time.Second
	sayAll(t, func() step {
		o := Heartbeat[string]{D: d}
		return func(tick flow.Tick, e flow.Hap[string]) string {
			if tick.Mono() > 100*time.Second {
				return "" // the model ends somewhere, too
			}
			return o.Step(tick, e).V
		}
	}, func(in []moment) (out []moment) {
		for i, m := range in {
			end := 100*time.Second + 1
			if i+1 < len(in) {
				end = in[i+1].at + 1
			}
			for at := m.at; at < end && at <= 100*time.Second; at += d {
				if at == m.at || i+1 == len(in) || at <= in[i+1].at {
					out = append(out, moment{at: at, what: m.what})
				}
			}
		}
		return out
	})
	sayAll(t, func() step {
		o := Silent[string]{D: d}
		return func(tick flow.Tick, e flow.Hap[string]) string {
			if o.Step(tick, e).OK {
				return "silent"
			}
			return ""
		}
	}, func(in []moment) (out []moment) {
		last := time.Duration(0)
		for _, m := range append(in, moment{at: time.Hour}) {
			if m.at >= last+d {
				out = append(out, moment{at: last + d, what: "silent"})
			}
			last = m.at
		}
		return out
	})
}
