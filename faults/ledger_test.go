package faults

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
)

// ledger holds which of a row of numbered messages arrived, how often, and whether
// the first arrival of each was in order.
type ledger struct {
	mu      sync.Mutex
	times   []uint16
	arrived int // different ones
	again   int
	highest int
	late    int // came first after a higher one
	changed time.Time
}

func newLedger() *ledger { return &ledger{highest: -1, changed: time.Now()} }

// note takes a payload with an "id" in it.
func (l *ledger) note(payload string) {
	if id, ok := number(payload); ok {
		l.mark(id)
	}
}

// number is the "id" in a payload.
func number(payload string) (id int, ok bool) {
	_, rest, ok := strings.Cut(payload, `"id":`)
	if !ok {
		return 0, false
	}
	end := strings.IndexAny(rest, ",}")
	id, err := strconv.Atoi(strings.TrimSpace(rest[:max(end, 0)]))
	return id, err == nil && id >= 0
}

func (l *ledger) mark(id int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for id >= len(l.times) {
		l.times = append(l.times, make([]uint16, max(1024, len(l.times)))...)
	}
	l.times[id]++
	l.changed = time.Now()
	if l.times[id] > 1 {
		l.again++
		return
	}
	l.arrived++
	if id < l.highest {
		l.late++
	}
	l.highest = max(l.highest, id)
}

// has is how many different ones came.
func (l *ledger) has() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.arrived
}

// doubled is how many came that had come before, and late how many came for the first
// time after a higher one.
func (l *ledger) doubled() (again, late int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.again, l.late
}

// last is the highest that came, -1 before any.
func (l *ledger) last() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.highest
}

// silence is how long nothing has come.
func (l *ledger) silence() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Since(l.changed)
}

// missing are those below total that never came.
func (l *ledger) missing(total int) (ids []int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for id := range total {
		if id >= len(l.times) || l.times[id] == 0 {
			ids = append(ids, id)
		}
	}
	return ids
}

// some words a list that may be long.
func some(ids []int) string {
	if len(ids) <= 8 {
		return fmt.Sprint(ids)
	}
	return fmt.Sprintf("%v … %d in all", ids[:8], len(ids))
}
