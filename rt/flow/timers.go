package flow

import "time"

// TimerID names a timer of the program; an operator, a reading with `stale`
// and a thing's own timers each have one.
type TimerID int32

// timerSlot is what a timer is set to. The heap may hold an older, earlier
// entry for it: a timer that is moved to a later moment on every message (as
// `stale` is) then costs one store instead of a heap operation.
type timerSlot struct {
	due   time.Duration
	armed bool
	// queued is the due time of the slot's entry in the heap, while inHeap.
	queued time.Duration
	inHeap bool
	// rang is the pass for which the timer was last due.
	rang  Pass
	owner timerOwner
	used  bool
	// gen changes when the slot is freed, so that old heap entries are known.
	gen uint32
}

// timerOwner is who hears of a timer: an equation (step, part) or a thing.
type timerOwner struct {
	step  int32
	part  int32
	thing bool
}

// NoPart marks a timer or a fault outside keyed regions.
const NoPart int32 = -1

type timerEntry struct {
	due time.Duration
	seq uint64
	id  TimerID
	gen uint32
}

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
		t.slots[id] = timerSlot{owner: o, used: true, gen: t.slots[id].gen}
		return id
	}
	t.slots = append(t.slots, timerSlot{owner: o, used: true})
	return TimerID(len(t.slots) - 1)
}

func (t *timers) remove(id TimerID) {
	s := &t.slots[id]
	*s = timerSlot{gen: s.gen + 1}
	t.free = append(t.free, id)
}

func (t *timers) arm(id TimerID, due time.Duration) {
	s := &t.slots[id]
	s.due, s.armed = due, true
	if s.inHeap && s.queued <= due {
		return // the entry in the heap comes first and will be moved on
	}
	t.push(id)
}

func (t *timers) push(id TimerID) {
	s := &t.slots[id]
	s.inHeap, s.queued = true, s.due
	t.seq++
	t.up(timerEntry{due: s.due, seq: t.seq, id: id, gen: s.gen})
}

func (e timerEntry) before(o timerEntry) bool {
	return e.due < o.due || e.due == o.due && e.seq < o.seq
}

func (t *timers) up(e timerEntry) {
	t.heap = append(t.heap, e)
	i := len(t.heap) - 1
	for i > 0 {
		up := (i - 1) / 2
		if !t.heap[i].before(t.heap[up]) {
			break
		}
		t.heap[i], t.heap[up] = t.heap[up], t.heap[i]
		i = up
	}
}

func (t *timers) drop() {
	last := len(t.heap) - 1
	t.heap[0] = t.heap[last]
	t.heap = t.heap[:last]
	for i := 0; ; {
		least := i
		for c := 2*i + 1; c <= 2*i+2 && c < last; c++ {
			if t.heap[c].before(t.heap[least]) {
				least = c
			}
		}
		if least == i {
			return
		}
		t.heap[i], t.heap[least] = t.heap[least], t.heap[i]
		i = least
	}
}

// next is the earliest due timer; it settles entries that were moved or
// stopped since they were queued.
func (t *timers) next() (TimerID, time.Duration, bool) {
	for len(t.heap) > 0 {
		e := t.heap[0]
		s := &t.slots[e.id]
		if e.gen != s.gen || !s.inHeap || s.queued != e.due {
			t.drop()
			continue
		}
		if s.armed && s.due == e.due {
			return e.id, e.due, true
		}
		t.drop()
		s.inHeap = false
		if s.armed {
			t.push(e.id)
		}
	}
	return 0, 0, false
}

// ring takes the earliest timer out; call it only after next.
func (t *timers) ring(at Pass) timerOwner {
	id := t.heap[0].id
	t.drop()
	s := &t.slots[id]
	s.inHeap, s.armed, s.rang = false, false, at
	return s.owner
}

// NewTimers adds one timer for each given step of a part (or NoPart) and gives
// the first; the others follow it.
func (e *Engine) NewTimers(part int32, steps ...int32) []TimerID {
	ids := make([]TimerID, len(steps))
	for i, s := range steps {
		ids[i] = e.timers.add(timerOwner{step: s, part: part})
	}
	return ids
}

// FreeTimers gives back the timers of a part that is forgotten.
func (e *Engine) FreeTimers(ids []TimerID) {
	for _, id := range ids {
		e.timers.remove(id)
	}
}

func (e *Engine) thingTimer(node int32, n int) TimerID {
	return e.timers.add(timerOwner{step: node, part: int32(n), thing: true})
}

func (e *Engine) arm(id TimerID, due time.Duration) { e.timers.arm(id, due) }

func (e *Engine) disarm(id TimerID) { e.timers.slots[id].armed = false }

// Arm sets an equation's timer to ring d from now.
func (e *Engine) Arm(id TimerID, d time.Duration) { e.timers.arm(id, e.Mono+d) }

// Disarm stops an equation's timer.
func (e *Engine) Disarm(id TimerID) { e.disarm(id) }

// Rang reports whether the timer is due in this pass.
func (e *Engine) Rang(id TimerID) bool { return e.timers.slots[id].rang == e.Pass }
