package flow_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"flowc/rt/flow"
)

// naive is what timers are, in as few words as possible.
type naive struct {
	due   time.Duration
	seq   int
	armed bool
	owner int32
}

// TestTimersAgainstANaiveModel arms, stops, frees and rings at random and
// compares each instant's timers with those of the model.
func TestTimersAgainstANaiveModel(t *testing.T) {
	for seed := range uint64(15) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { randomTimers(t, seed) })
	}
}

func randomTimers(t *testing.T, seed uint64) {
	rnd := rand.New(rand.NewPCG(seed, 1))
	model := map[flow.TimerID]*naive{}
	var ids []flow.TimerID
	seq, owners := 0, int32(0)
	var rang []int32
	r := newRig(t, []*fake{{}}, nil).started()
	arm := func(id flow.TimerID) {
		d := time.Duration(rnd.IntN(100))
		seq++
		m := model[id]
		m.due, m.seq, m.armed = r.clock.Mono()+d, seq, true
		r.Arm(id, d)
	}
	r.fire = func(_, part int32) {
		rang = append(rang, part)
		for i, id := range ids {
			if model[id].owner == part {
				if !r.Rang(id) {
					t.Fatalf("timer %d rings and does not know it", i)
				}
				model[id].armed = false
				if rnd.IntN(3) == 0 {
					arm(id)
				}
			}
		}
	}
	for range 4000 {
		switch n := rnd.IntN(20); {
		case n < 2 && len(ids) < 40:
			id := r.NewTimers(owners, 0)[0]
			model[id] = &naive{owner: owners}
			ids = append(ids, id)
			owners++
		case n < 3 && len(ids) > 0:
			i := rnd.IntN(len(ids))
			r.FreeTimers(ids[i : i+1])
			delete(model, ids[i])
			ids = slices.Delete(ids, i, i+1)
		case n < 5 && len(ids) > 0:
			id := ids[rnd.IntN(len(ids))]
			model[id].armed = false
			r.Disarm(id)
		case n < 15 && len(ids) > 0:
			r.occur(0) // the engine's time is that of its last instant
			arm(ids[rnd.IntN(len(ids))])
		default:
			r.clock.Advance(time.Duration(rnd.IntN(60)))
		}
		// Ring moment by moment, as the model does.
		for {
			want, due, ok := earliest(model)
			if got, is := r.NextTimer(); is != ok || got != due {
				t.Fatalf("the next timer is at %v (%v), want %v (%v)", got, is, due, ok)
			}
			if !ok || due > r.clock.Mono() {
				break
			}
			rang = nil
			r.Next()
			if !slices.Equal(rang, want) {
				t.Fatalf("at %v rang %d, want %d", due, rang, want)
			}
		}
	}
	if seq < 500 {
		t.Error("nothing was tried")
	}
}

// earliest are the owners of the timers that ring next, in order.
func earliest(model map[flow.TimerID]*naive) (owners []int32, due time.Duration, ok bool) {
	var armed []*naive
	for _, m := range model {
		if m.armed {
			armed = append(armed, m)
		}
	}
	if len(armed) == 0 {
		return nil, 0, false
	}
	slices.SortFunc(armed, func(a, b *naive) int {
		if a.due != b.due {
			return int(a.due - b.due)
		}
		return a.seq - b.seq
	})
	for _, m := range armed {
		if m.due == armed[0].due {
			owners = append(owners, m.owner)
		}
	}
	return owners, armed[0].due, true
}

// A timer that is moved on by every message is as cheap as two stores, and the
// heap does not grow with the moves.
func TestArmingLaterAllocatesNothing(t *testing.T) {
	r := newRig(t, []*fake{{}}, nil).started()
	ids := r.NewTimers(flow.NoPart, 0, 0, 0)
	for _, id := range ids {
		r.Arm(id, time.Hour)
	}
	d := time.Hour
	if n := testing.AllocsPerRun(1000, func() {
		d += time.Second
		r.Arm(ids[0], d)             // later
		r.Arm(ids[1], 2*time.Hour-d) // earlier
		r.Disarm(ids[2])
		r.Arm(ids[2], d)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// A timer beyond the range of the clock never rings; it does not ring at once.
func TestFarTimerDoesNotRing(t *testing.T) {
	r := newRig(t, []*fake{{}}, nil)
	r.things[0].react = func(h *flow.Host, w flow.Wake) {
		switch w.Why {
		case flow.OnInput:
			h.After(0, math.MaxInt64)
		case flow.OnTimer:
			t.Error("rang")
		}
	}
	r.started()
	r.clock.Advance(time.Hour)
	r.occur(0)
	r.clock.Advance(time.Hour)
	r.Settle()
}

// A part's timers do not ring for the key that gets its place.
func TestFreedTimerIsSilent(t *testing.T) {
	r := newRig(t, []*fake{{}}, nil)
	var rang []int32
	r.fire = func(_, part int32) { rang = append(rang, part) }
	r.started()
	old := r.NewTimers(1, 0)
	r.Arm(old[0], time.Second)
	r.FreeTimers(old)
	r.FreeTimers(old) // twice is once
	young := r.NewTimers(2, 0, 0)
	if young[0] != old[0] || young[1] == old[0] {
		t.Fatalf("the places are %d after %d was freed", young, old)
	}
	r.Arm(young[1], 3*time.Second)
	r.clock.Advance(4 * time.Second)
	r.Settle()
	r.FreeTimers(young[:1])
	r.Arm(old[0], -time.Second)
	r.Settle()
	if !slices.Equal(rang, []int32{2}) {
		t.Errorf("rang for %d", rang)
	}
}

func BenchmarkArmLater(b *testing.B) {
	r := newRig(b, []*fake{{}}, nil).started()
	ids := make([]flow.TimerID, 1000)
	for i := range ids {
		ids[i] = r.NewTimers(flow.NoPart, 0)[0]
		r.Arm(ids[i], time.Duration(i)*time.Second)
	}
	b.ReportAllocs()
	for i := range b.N {
		r.Arm(ids[i%1000], time.Hour+time.Duration(i))
	}
}

func BenchmarkRing(b *testing.B) {
	r := newRig(b, []*fake{{}}, nil)
	var ids []flow.TimerID
	r.fire = func(_, part int32) { r.Arm(ids[part], time.Duration(1+part%7)*time.Second) }
	r.started()
	for i := range int32(1000) {
		ids = append(ids, r.NewTimers(i, 0)...)
		r.Arm(ids[i], time.Duration(i)*time.Millisecond)
	}
	b.ReportAllocs()
	for range b.N {
		due, _ := r.NextTimer()
		r.clock.Advance(max(0, due-r.clock.Mono()))
		r.Next()
	}
}
