package flow_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"flowc/rt/flow"
)

// ledger is what a random program did, as a bookkeeper sees it.
type ledger struct {
	*rig
	rand *rand.Rand
	// byID are the occurrences that were accepted and not completed.
	byID map[uint64]*entry
	// now is the instant's entry; nil if it has accepted nothing.
	now *entry
	// open are the effects under way, worker their way out of the instant.
	open   []effect
	worker flow.Outbox[flow.Token]
	// crashed is when something panicked last. Less than three times a minute, so
	// that nothing is quarantined.
	crashed time.Duration
}

// entry is one instant.
type entry struct {
	worst   flow.Outcome
	effects int
}

type effect struct {
	token flow.Token
	of    *entry
}

func (l *ledger) chance(percent int) bool { return l.rand.IntN(100) < percent }

func (l *ledger) worse(o flow.Outcome) {
	if l.now != nil {
		l.now.worst = max(l.now.worst, o)
	}
}

func (l *ledger) crash(percent int) {
	if l.chance(percent) && l.crashed != l.clock.Mono() {
		l.crashed = l.clock.Mono()
		l.worse(flow.OutcomeDead)
		panic("boom")
	}
}

// source is a thing of the random program: it accepts, and its effects end.
func (l *ledger) source() *source {
	s := newSource(func(h *flow.Host, id uint64) {
		l.now = &entry{}
		l.byID[id] = l.now
		if l.chance(10) {
			h.Dead()
			l.worse(flow.OutcomeDead)
		}
		l.crash(5)
	})
	take := s.react
	s.react = func(h *flow.Host, w flow.Wake) {
		if w.Why == flow.OnDone {
			l.finish(h, w.Effect)
		}
		take(h, w)
	}
	s.complete = l.complete
	return s
}

// step is an equation of the random program: it keeps, emits and shoots.
func (l *ledger) step(k flow.Tick) {
	if k.Start() {
		return
	}
	k.After(time.Duration(l.rand.IntN(50)) * time.Second)
	if l.chance(20) {
		k.Hand()
		l.worse(flow.OutcomeHanded)
	}
	if l.chance(15) {
		k.Fresh()
		if l.now == nil {
			l.now = &entry{}
		}
	}
	if l.chance(50) {
		l.shoot(l.Hosts[l.rand.IntN(2)])
	}
	l.crash(5)
	if l.chance(10) {
		k.Again()
	}
}

func (l *ledger) shoot(h *flow.Host) {
	token := h.Begin()
	if (token == 0) != (l.now == nil) {
		l.t.Fatal("an effect has a token though nothing was accepted, or has none though something was")
	}
	l.crash(10) // nobody has the effect: it is over
	switch o := flow.Outcome(l.rand.IntN(4)); {
	case l.now == nil:
	case l.chance(30):
		l.worse(o)
		h.End(token, o)
	default:
		l.now.effects++
		l.open = append(l.open, effect{token, l.now})
		l.worker.Put(token)
		l.crash(5) // its worker has it: it goes on
	}
}

// finish hears of the end of one of the token's effects.
func (l *ledger) finish(h *flow.Host, token flow.Token) {
	i := slices.IndexFunc(l.open, func(f effect) bool { return f.token == token })
	e, o := l.open[i].of, flow.Outcome(l.rand.IntN(4))
	l.open = slices.Delete(l.open, i, i+1)
	e.effects--
	if l.chance(5) && l.crashed != l.clock.Mono() {
		l.crashed = l.clock.Mono()
		e.worst = flow.OutcomeDead
		panic("boom")
	}
	e.worst = max(e.worst, o)
	h.End(token, o)
}

func (l *ledger) complete(id uint64, o flow.Outcome) {
	e := l.byID[id]
	if e == nil {
		l.t.Fatalf("%d was completed twice, or never accepted", id)
	}
	delete(l.byID, id)
	if e.effects > 0 || o != e.worst {
		l.t.Fatalf("%d was completed as %d with %d effects under way, want %d", id, o, e.effects, e.worst)
	}
}

// TestConservationUnderRandomPrograms lets random programs accept, keep, emit,
// shoot and break down, and ends their effects in random order.
func TestConservationUnderRandomPrograms(t *testing.T) {
	for seed := range uint64(20) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { randomProgram(t, seed) })
	}
}

func randomProgram(t *testing.T, seed uint64) {
	l := &ledger{rand: rand.New(rand.NewPCG(seed, 7)), byID: map[uint64]*entry{}, crashed: -1}
	sources := []*source{l.source(), l.source()}
	l.rig = newRig(t, []*fake{&sources[0].fake, &sources[1].fake}, nil)
	for range 4 {
		l.steps = append(l.steps, &step{run: l.step})
	}
	l.all = true
	l.started()
	l.worker.Open(l.Hosts[0], flow.Block)
	l.AfterInstant(func() { l.now = nil; l.holds() })
	ending := 0
	finish := func(i int) {
		// Several may be ended before the first of them is heard of.
		l.Hosts[l.rand.IntN(2)].Done(l.open[i].token)
		ending++
	}
	accepted := uint64(300)
	for id := range accepted {
		sources[l.rand.IntN(2)].box.Put(id, 1)
		if n := len(l.open); n > 0 && l.chance(60) {
			finish(l.rand.IntN(n))
		}
		l.clock.Advance(31 * time.Second)
		l.Settle()
	}
	if len(l.open) == 0 {
		t.Error("no effect is under way: nothing was tried")
	}
	for len(l.open) > 0 {
		finish(l.rand.IntN(len(l.open)))
		l.clock.Advance(31 * time.Second)
		l.Settle()
	}
	var sum flow.Counters
	for n := range l.Info().Nodes {
		c := l.Counters(n)
		sum.Accepted += c.Accepted
		if n < 2 {
			accepted -= c.Accepted
		}
		if c.InFlight > 0 {
			t.Errorf("node %d has %d in flight", n, c.InFlight)
		}
	}
	if accepted != 0 || len(l.byID) > 0 {
		t.Errorf("%d were not accepted, %d not completed", accepted, len(l.byID))
	}
	if len(l.faults) == 0 || sum.Accepted == 300 {
		t.Error("nothing panicked or nothing was emitted: nothing was tried")
	}
}
