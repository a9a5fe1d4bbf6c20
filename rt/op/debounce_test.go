package op

import (
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/flow/flowtest"
)

func newDebounce() step {
	o := Debounce[string]{D: 3 * time.Second}
	return func(tick flow.Tick, e flow.Hap[string]) string { return o.Step(tick, e).V }
}

func TestDebounce(t *testing.T) {
	check(t, newDebounce, []timeline{
		{"late by d", "1s a", "4s a"},
		{"the last of a burst", "1s a, 2s b, 3s c", "6s c"},
		{"again just when it is due", "1s a, 4s b", "4s a, 7s b"},
		{"twice at the same time", "1s a, 1s b", "4s b"},
	})
}

func TestDebounceGivesWhatDOfSilenceFollows(t *testing.T) {
	const d = 3 * time.Second
	sayAll(t, newDebounce, func(in []moment) (out []moment) {
		for i, m := range in {
			if i+1 == len(in) || in[i+1].at >= m.at+d {
				out = append(out, moment{at: m.at + d, what: m.what})
			}
		}
		return out
	})
}

// TestDebounceOnABusyMachine has an event come in when the one before is overdue
// and its timer has not rung: neither may be lost, and the token of the new
// occurrence must not end early.
func TestDebounceOnABusyMachine(t *testing.T) {
	o := Debounce[string]{D: 3 * time.Second}
	var now flow.Hap[string]
	var out []string
	s := flowtest.New(t, func(tick flow.Tick) {
		if h := o.Step(tick, now); h.OK {
			if now.OK {
				t.Error("gives in the instant of another occurrence")
			}
			out = append(out, tick.Mono().String()+" "+h.V)
		}
		now = flow.Hap[string]{}
	})
	now = flow.Now("a")
	s.Run()
	now = flow.Now("b")
	s.RunLate(5 * time.Second)
	s.Advance(time.Minute)
	if got, want := strings.Join(out, ", "), "5s a, 8s b"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if c := s.Counters(); c.Handed != 2 || c.Delivered != 2 || !c.Holds() {
		t.Errorf("counters %+v, want 2 handed to memory and 2 delivered", c)
	}
}
