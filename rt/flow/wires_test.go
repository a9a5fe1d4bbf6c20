package flow_test

import (
	"testing"
	"time"

	"flowc/rt/flow"
)

func TestValue(t *testing.T) {
	var w flow.Value[int]
	for i, c := range []struct {
		put   flow.Val[int]
		moved bool
	}{
		{flow.Val[int]{}, false},
		{flow.Ready(0), true}, // the first value is a change, also when it is zero
		{flow.Ready(0), false},
		{flow.Ready(1), true},
		{flow.Val[int]{V: 1}, true},
		{flow.Val[int]{}, false},
		{flow.Ready(1), true}, // again ready, with what it was before
	} {
		at := flow.Pass(i + 1)
		if moved := w.Put(at, c.put); moved != c.moved || w.Changed(at) != c.moved || w.OK != c.put.OK {
			t.Errorf("%d: moved %v, changed %v, ready %v", i, moved, w.Changed(at), w.OK)
		}
		if w.Changed(at + 1) {
			t.Errorf("%d: changed in the next pass too", i)
		}
	}
}

func TestBulkMovesWithEveryEvaluation(t *testing.T) {
	var w flow.Bulk[[]int]
	if w.Put(1, flow.Val[[]int]{}) || !w.Put(2, flow.Ready([]int{1})) || !w.Put(3, flow.Ready([]int{1})) || !w.Changed(3) {
		t.Error("a list that was set did not move")
	}
	if !w.Unset(4) || w.Unset(5) || w.V != nil || w.Val().OK {
		t.Error("a list that was lost is still there")
	}
}

func TestEvent(t *testing.T) {
	var w flow.Event[int]
	if w.Happened(1) || w.Hap(1).OK || w.Put(1, flow.Hap[int]{V: 3}) {
		t.Error("it happened before it did")
	}
	if !w.Put(2, flow.Now(3)) || !w.Happened(2) || w.Hap(2) != flow.Now(3) || w.Happened(3) || w.Hap(3).OK {
		t.Error("it did not happen in pass 2 alone")
	}
}

func TestReading(t *testing.T) {
	noon := time.Unix(1e9, 0)
	later := noon.Add(time.Minute)
	for _, c := range []struct {
		name                  string
		do                    func(w *flow.Reading[int], at flow.Pass)
		happened, changed, ok bool
		v                     int
		time                  time.Time
	}{
		{"nothing", func(*flow.Reading[int], flow.Pass) {}, false, false, true, 1, noon},
		{"the same again", func(w *flow.Reading[int], at flow.Pass) { w.Happen(at, later, 1) }, true, true, true, 1, later},
		{"stale", func(w *flow.Reading[int], at flow.Pass) { w.Unset(at) }, false, true, false, 1, noon},
		{"moved by another operand", func(w *flow.Reading[int], at flow.Pass) { w.Track(at, later, false, flow.Ready(2)) }, false, true, true, 2, noon},
		{"happened with its source", func(w *flow.Reading[int], at flow.Pass) { w.Track(at, later, true, flow.Ready(2)) }, true, true, true, 2, later},
		{"happened and moved in one pass", func(w *flow.Reading[int], at flow.Pass) {
			w.Happen(at, later, 2)
			w.Follow(at, 3)
		}, true, true, true, 3, later},
		{"failed though its source happened", func(w *flow.Reading[int], at flow.Pass) { w.Track(at, later, true, flow.Val[int]{}) }, false, true, false, 1, noon},
		{"rejected", func(w *flow.Reading[int], at flow.Pass) { w.Catch(at, later, flow.Hap[int]{V: 9}) }, false, false, true, 1, noon},
		{"let through", func(w *flow.Reading[int], at flow.Pass) { w.CatchWhile(true, at, later, flow.Now(9)) }, true, true, true, 9, later},
		{"stale with its source", func(w *flow.Reading[int], at flow.Pass) { w.CatchWhile(false, at, later, flow.Now(9)) }, false, true, false, 1, noon},
	} {
		t.Run(c.name, func(t *testing.T) {
			var w flow.Reading[int]
			w.Happen(1, noon, 1)
			c.do(&w, 2)
			if w.Happened(2) != c.happened || w.Changed(2) != c.changed || w.OK != c.ok || w.V != c.v || !w.Time.Equal(c.time) {
				t.Errorf("happened %v, changed %v, %+v", w.Happened(2), w.Changed(2), w)
			}
			if w.Hap(2).OK != c.happened || w.Happened(3) || w.Changed(3) {
				t.Error("the event is not of this pass alone")
			}
			if w.Unset(3) != c.ok {
				t.Error("to be lost is a change once")
			}
		})
	}
}

// A key's reading is followed from outside its region, also when the key is
// forgotten.
func TestMirror(t *testing.T) {
	var w, part flow.Reading[int]
	step := func(at flow.Pass, moved, happened bool) {
		t.Helper()
		if got := w.Mirror(at, part); got != moved || w.Happened(at) != happened || w.Changed(at) != moved || w.Val() != part.Val() {
			t.Errorf("pass %d: moved %v, happened %v", at, got, w.Happened(at))
		}
	}
	step(1, false, false)
	part.Happen(2, time.Unix(1e9, 0), 5)
	step(2, true, true)
	step(3, false, false)
	part.Follow(4, 6)
	step(4, true, false)
	part.Unset(5)
	step(5, true, false)
	part.Happen(6, time.Unix(1e9, 0), 7)
	step(6, true, true)
	part = flow.Reading[int]{}
	step(7, true, false)
}

func TestAndEitherKnowWhatOneSideDecides(t *testing.T) {
	no, yes, unknown := flow.Ready(false), flow.Ready(true), flow.Val[bool]{}
	for _, c := range []struct{ a, b, and, either flow.Val[bool] }{
		{no, no, no, no}, {no, yes, no, yes}, {no, unknown, no, unknown},
		{yes, yes, yes, yes}, {yes, unknown, unknown, yes}, {unknown, unknown, unknown, unknown},
		// What a value was before it was lost is not looked at.
		{flow.Val[bool]{V: true}, no, no, unknown}, {flow.Val[bool]{V: true}, yes, unknown, yes},
	} {
		for _, s := range [][2]flow.Val[bool]{{c.a, c.b}, {c.b, c.a}} {
			if got := flow.And(s[0], s[1]); got != c.and {
				t.Errorf("%v && %v is %v", s[0], s[1], got)
			}
			if got := flow.Either(s[0], s[1]); got != c.either {
				t.Errorf("%v || %v is %v", s[0], s[1], got)
			}
		}
	}
}
