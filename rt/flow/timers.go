package flow

import (
	"math"
	"time"
)

// TimerID names a timer of the program; an operator, a reading with `stale`
// and a thing's own timers each have one.
type TimerID int32

// timerSlot is what a timer is set to. Its entry in the heap may be for an
// earlier moment: a timer that is moved to a later one with every message (as
// `stale` is) then costs two stores instead of a heap operation.
type timerSlot struct {
	_   uncompared
	due time.Duration
	// seq is the number of the arming; timers with one due time ring in its order.
	seq   uint64
	armed bool
	used  bool
	// wall says that the timer waits for a moment of the calendar.
	wall bool
	// stop says that the timer waits for the program's end.
	stop bool
	// place is where the slot's entry is in the heap, from 1; 0: it has none.
	place int32
	// rang is the pass for which the timer was last due.
	rang  Pass
	owner timerOwner
}

// timerOwner is who hears of a timer: an equation (step, part) or a thing.
type timerOwner struct {
	_     uncompared
	step  int32
	part  int32
	thing bool
}

// NoPart marks a timer or a fault outside keyed regions.
const NoPart int32 = -1

type timerEntry struct {
	_   uncompared
	due time.Duration
	seq uint64
	id  TimerID
}

// timers is a heap with at most one entry for each slot.
type timers struct {
	slots []timerSlot
	free  []TimerID
	heap  []timerEntry
	seq   uint64
}

func (t *timers) add(o timerOwner) TimerID {
	if n := len(t.free); n > 0 {
		id := t.free[n-1]
		t.free = t.free[:n-1]
		t.slots[id] = timerSlot{owner: o, used: true}
		return id
	}
	t.slots = append(t.slots, timerSlot{owner: o, used: true})
	return TimerID(len(t.slots) - 1)
}

func (t *timers) remove(id TimerID) {
	s := &t.slots[id]
	if !s.used {
		return
	}
	if s.place > 0 {
		t.drop(int(s.place) - 1)
	}
	*s = timerSlot{}
	t.free = append(t.free, id)
}

func (t *timers) arm(id TimerID, due time.Duration) {
	s := &t.slots[id]
	if !s.used {
		return
	}
	t.seq++
	s.due, s.seq, s.armed = due, t.seq, true
	if s.place == 0 {
		t.heap = append(t.heap, timerEntry{})
		t.up(len(t.heap)-1, timerEntry{due: due, seq: s.seq, id: id})
	} else if i := int(s.place) - 1; due < t.heap[i].due {
		t.up(i, timerEntry{due: due, seq: s.seq, id: id})
	}
}

func (e timerEntry) before(o timerEntry) bool {
	return e.due < o.due || e.due == o.due && e.seq < o.seq
}

func (t *timers) set(i int, e timerEntry) {
	t.heap[i] = e
	t.slots[e.id].place = int32(i) + 1
}

// up puts e at place i or nearer to the top.
func (t *timers) up(i int, e timerEntry) {
	for i > 0 {
		up := (i - 1) / 2
		if !e.before(t.heap[up]) {
			break
		}
		t.set(i, t.heap[up])
		i = up
	}
	t.set(i, e)
}

// down puts e at place i or further from the top.
func (t *timers) down(i int, e timerEntry) {
	for {
		c := 2*i + 1
		if c >= len(t.heap) {
			break
		}
		if c+1 < len(t.heap) && t.heap[c+1].before(t.heap[c]) {
			c++
		}
		if !t.heap[c].before(e) {
			break
		}
		t.set(i, t.heap[c])
		i = c
	}
	t.set(i, e)
}

// drop takes the entry at place i out.
func (t *timers) drop(i int) {
	t.slots[t.heap[i].id].place = 0
	last := len(t.heap) - 1
	e := t.heap[last]
	t.heap = t.heap[:last]
	switch {
	case i == last:
	case i > 0 && e.before(t.heap[(i-1)/2]):
		t.up(i, e)
	default:
		t.down(i, e)
	}
}

// next is when the earliest timer is due; it settles entries that were moved or
// stopped since they were queued.
func (t *timers) next() (due time.Duration, ok bool) {
	for len(t.heap) > 0 {
		e := t.heap[0]
		s := &t.slots[e.id]
		switch {
		case !s.armed:
			t.drop(0)
		case s.seq != e.seq:
			t.down(0, timerEntry{due: s.due, seq: s.seq, id: e.id})
		default:
			return e.due, true
		}
	}
	return 0, false
}

// dueBy is next for timers that are due at the moment at, or before it, and were
// armed when the last arming had the number seq.
func (t *timers) dueBy(at time.Duration, seq uint64) (due time.Duration, ok bool) {
	due, ok = t.next()
	return due, ok && due <= at && t.heap[0].seq <= seq
}

// ring takes the earliest timer out; call it only after next.
func (t *timers) ring(at Pass) timerOwner {
	id := t.heap[0].id
	t.drop(0)
	s := &t.slots[id]
	s.armed, s.rang = false, at
	return s.owner
}

// NewTimers adds one timer for each given step of a part (or NoPart).
func (e *Engine) NewTimers(part int32, steps ...int32) []TimerID {
	ids := make([]TimerID, len(steps))
	for i, s := range steps {
		ids[i] = e.timers.add(timerOwner{step: s, part: part})
	}
	return ids
}

// FreeTimers gives back the timers of a part that is forgotten. Its number may
// be given to another key, of which nothing has been told yet.
func (e *Engine) FreeTimers(ids []TimerID) {
	if len(ids) > 0 {
		e.faults.forget(e.timers.slots[ids[0]].owner.part)
	}
	for _, id := range ids {
		e.timers.remove(id)
	}
}

func (e *Engine) thingTimer(node int32, n int) TimerID {
	return e.timers.add(timerOwner{step: node, part: int32(n), thing: true})
}

func (e *Engine) arm(id TimerID, due time.Duration) { e.timers.arm(id, due) }

func (e *Engine) disarm(id TimerID) { e.timers.slots[id].armed = false }

// in is the moment d from now. What lies beyond the clock's range never comes; it
// must not come at once.
func (e *Engine) in(d time.Duration) time.Duration {
	if d > math.MaxInt64-e.Mono {
		return math.MaxInt64
	}
	return e.Mono + d
}

// Arm sets an equation's timer to ring d from now.
func (e *Engine) Arm(id TimerID, d time.Duration) { e.timers.arm(id, e.in(d)) }

// Disarm stops an equation's timer.
func (e *Engine) Disarm(id TimerID) { e.disarm(id) }

// Rang reports whether the timer is due in this pass.
func (e *Engine) Rang(id TimerID) bool { return e.timers.slots[id].rang == e.Pass }
