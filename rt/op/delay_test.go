package op

import (
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
	"flowc/rt/flow/flowtest"
)

func newDelay() step {
	o := Delay[string]{D: 3 * time.Second}
	return func(tick flow.Tick, e flow.Hap[string]) string {
		h, err := o.Step(tick, e)
		if err != nil {
			return err.Error()
		}
		return h.V
	}
}

func TestDelay(t *testing.T) {
	check(t, newDelay, []timeline{
		{"each comes later", "1s a, 2s b, 8s c", "4s a, 5s b, 11s c"},
		{"at the same time", "1s a, 1s b", "4s a, 4s b"},
		{"one in, one out", "1s a, 4s b", "4s a, 7s b"},
	})
}

func TestDelayGivesEverything(t *testing.T) {
	sayAll(t, newDelay, func(in []moment) (out []moment) {
		for _, m := range in {
			out = append(out, moment{at: m.at + 3*time.Second, what: m.what})
		}
		return out
	})
}

func TestDelayIsBounded(t *testing.T) {
	o := Delay[int]{D: time.Hour}
	now := flow.Hap[int]{}
	var out []int
	lost := 0
	s := flowtest.New(t, func(tick flow.Tick) {
		h, err := o.Step(tick, now)
		if h.OK {
			out = append(out, h.V)
		}
		if err != nil {
			lost++
		}
		now.OK = false
	})
	for i := range queueLimit + 7 {
		now = flow.Now(i)
		s.Run()
	}
	s.Advance(2 * time.Hour)
	if lost != 7 || len(out) != queueLimit || out[0] != 7 {
		t.Errorf("lost %d, gave %d; want 7 lost, and %d from number 7 on", lost, len(out), queueLimit)
	}
}

// TestDelayOnABusyMachine has an event come in while an older one is overdue.
func TestDelayOnABusyMachine(t *testing.T) {
	o := Delay[string]{D: 3 * time.Second}
	var now flow.Hap[string]
	var out []string
	s := flowtest.New(t, func(tick flow.Tick) {
		if h, _ := o.Step(tick, now); h.OK {
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
}
