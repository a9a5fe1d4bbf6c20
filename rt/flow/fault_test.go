package flow_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"flowc/rt/flow"
)

// faultLog runs what faults and gives the lines that were logged.
func faultLog(t *testing.T, f func(r *rig)) []string {
	t.Helper()
	w := newTerminal()
	close(w.read)
	r := newRig(t, []*fake{{}, {}}, nil)
	r.out = flow.Output{Log: w, Plain: true}
	r.engine(r.clock)
	if err := r.Engine.Start(); err != nil {
		t.Fatal(err)
	}
	f(r)
	r.end()
	return w.lines()
}

// later lets time pass; the engine learns of it with the next instant.
func (r *rig) later(d time.Duration) {
	r.clock.Advance(d)
	r.occur(0)
}

func TestFaultIsLoggedOnceAMinuteWithACount(t *testing.T) {
	got := faultLog(t, func(r *rig) {
		for range 100 {
			r.Fault(0, "does not fit")
			r.Fault(1, "does not fit")
			r.Fault(0, "unreachable")
			r.later(time.Second)
		}
		if n, last := r.Faults(); n != 300 || len(last) != 16 || last[15].Message != "unreachable" || last[15].Position != "garden.hcl:1" {
			t.Errorf("%d faults, the last %+v", n, last)
		}
		r.later(time.Hour)
		r.Fault(1, "does not fit")
	})
	want := []string{
		`fault garden.hcl:1: relay "thing0": does not fit`,
		`fault garden.hcl:2: relay "thing1": does not fit`,
		`fault garden.hcl:1: relay "thing0": unreachable`,
		`fault garden.hcl:1: relay "thing0": does not fit (and 59 times more)`,
		`fault garden.hcl:2: relay "thing1": does not fit (and 59 times more)`,
		`fault garden.hcl:1: relay "thing0": unreachable (and 59 times more)`,
		`fault garden.hcl:2: relay "thing1": does not fit (and 39 times more)`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A peer that makes every message a new one gets a few lines a minute, and none
// of another node's.
func TestFaultsThatQuoteHostilePayloads(t *testing.T) {
	told := 0
	got := faultLog(t, func(r *rig) {
		for i := range 12000 {
			r.Fault(0, "does not fit: "+strconv.Itoa(i))
			if i%100 == 99 {
				r.later(time.Second)
			}
		}
		r.Fault(1, "unreachable")
	})
	for _, line := range got {
		told++
		if line == `fault garden.hcl:2: relay "thing1": unreachable` {
			told = -1000
		}
	}
	if told > -1000 || len(got) > 20 {
		t.Errorf("%d lines, the last %q", len(got), got[len(got)-1])
	}
	if !slices.ContainsFunc(got, func(l string) bool { return strings.Contains(l, "(and 5992 others that were not told)") }) {
		t.Errorf("what was not told is not counted:\n%s", strings.Join(got, "\n"))
	}
}

// A message quotes what came in: it stays one line of bounded length.
func TestFaultIsOneShortLine(t *testing.T) {
	got := faultLog(t, func(r *rig) {
		r.Fault(0, "bad\nfault garden.hcl:9: all is well\x1b[2J\x9b\x00")
		r.Fault(1, strings.Repeat("é", 100_000))
	})
	if len(got) != 2 || got[0] != `fault garden.hcl:1: relay "thing0": bad fault garden.hcl:9: all is well [2J� ` || len(got[1]) > 600 {
		t.Errorf("got %.700q", got)
	}
}

func TestNotReadyIsToldOnce(t *testing.T) {
	r := newRig(t, []*fake{{}}, nil).started()
	r.NotReady(0, 1, "soil")
	r.NotReady(0, 1, "soil")
	r.NotReady(0, 2, "soil")
	r.faulted("thing0: not ready: soil", "thing0: not ready: soil")
	r.Flowed(0, 1)
	r.NotReady(0, 1, "soil")
	r.NotReady(0, 2, "soil")
	r.faulted("thing0: not ready: soil")
	r.Failing(0, flow.NoPart, errors.New("division by zero"))
	r.Failing(0, flow.NoPart, errors.New("division by zero"))
	r.faulted("thing0: division by zero")
}

// The number of a part that was forgotten belongs to another key, of which
// nothing has been told.
func TestNotReadyOfAForgottenPart(t *testing.T) {
	r := newRig(t, []*fake{{}}, nil).started()
	ids := r.NewTimers(3, 0)
	r.NotReady(0, 3, "soil")
	r.NotReady(0, 4, "soil")
	r.FreeTimers(ids)
	r.faults = nil
	r.NotReady(0, 4, "soil")
	r.faulted()
	r.NotReady(0, 3, "soil")
	r.faulted("thing0: not ready: soil")
}

func TestDivertedIsDead(t *testing.T) {
	r := newRig(t, []*fake{{}}, nil)
	for _, f := range []func(){
		func() { r.Divert(0, errors.New("no number")) },
		func() { r.NotReady(0, 0, "soil") },
		func() { r.NotReady(0, 0, "soil") },
		func() { r.TooManyKeys(0, 2) },
	} {
		r.things[0].react = func(_ *flow.Host, w flow.Wake) {
			if w.Why == flow.OnInput {
				f()
			}
		}
		if r.Engine == nil {
			r.started()
		}
		before := r.Counters(0).Dead
		r.occur(0)
		if c := r.Counters(0); c.Dead != before+1 || !c.Holds() {
			t.Errorf("%+v", c)
		}
	}
	r.faulted("thing0: no number", "thing0: not ready: soil", "thing0: more than 2 keys: a new one was turned away; see max_keys")
}
