package outbox

import (
	"strings"
	"syscall"
	"testing"
	"time"

	"flowc/rt/flow"
)

func always() settings {
	return settings{Buffering: flow.Buffering{Keep: time.Hour, When: flow.BufferAlways}, window: 8}
}

// settle runs the program and its writer until nothing moves any more.
func (r *rig) settle() {
	for range 5 {
		r.e.Settle()
		r.box.writer.group()
		r.e.Settle()
	}
}

// A write that fails once is made again on a handle that was opened anew, and nobody is
// told before.
func TestAFailedWriteIsMadeAgain(t *testing.T) {
	w := newWorld(t)
	w.disk.wall = w.clock.Now
	r := w.boot(always())
	w.disk.fails = []error{syscall.EIO}
	r.send()
	r.settle()
	if w.opened != 2 || len(w.unacked) > 0 || w.ended != "" {
		t.Errorf("opened %d times, %d unacknowledged, %q\n%s", w.opened, len(w.unacked), w.ended, &r.log)
	}
	if !strings.Contains(r.log.String(), "the outbox cannot be written: input/output error") || !strings.Contains(r.log.String(), "can be written again") {
		t.Errorf("the log: %s", &r.log)
	}
}

// A write that fails twice ends the program; its source is told nothing.
func TestTwoFailedWritesEndTheProgram(t *testing.T) {
	w := newWorld(t)
	w.disk.wall = w.clock.Now
	r := w.boot(always())
	w.disk.fails = []error{syscall.EIO, syscall.EIO}
	r.send()
	r.settle()
	if !strings.Contains(w.ended, "input/output error") || len(w.unacked) != 1 || len(w.disk.plate) > 0 {
		t.Errorf("%q, %d unacknowledged", w.ended, len(w.unacked))
	}
}

// A full disk holds the source back, and heals by itself.
func TestAFullDiskHeals(t *testing.T) {
	w := newWorld(t)
	w.disk.wall = w.clock.Now
	r := w.boot(always())
	for range 3 {
		w.disk.fails = append(w.disk.fails, syscall.ENOSPC)
	}
	r.send()
	r.settle()
	for range 2 {
		if len(w.unacked) != 1 || w.ended != "" || !r.shelf.Count().Full {
			t.Fatalf("%d unacknowledged, %q, %+v", len(w.unacked), w.ended, r.shelf.Count())
		}
		w.clock.Advance(fullPause + time.Millisecond)
		r.settle()
	}
	w.clock.Advance(fullPause + time.Millisecond)
	r.settle()
	if len(w.unacked) > 0 || r.shelf.Count().Full || w.ended != "" {
		t.Errorf("%d unacknowledged, %+v, %q\n%s", len(w.unacked), r.shelf.Count(), w.ended, &r.log)
	}
}

// A row for which there was no room is not passed by those behind it that are on their way
// already: after a kill it would come from its source, and be the later one.
func TestNoRowPassesOneThatWasTurnedAway(t *testing.T) {
	w := newWorld(t)
	w.disk.wall = w.clock.Now
	r := w.boot(always())
	for range 3 {
		r.send()
		r.e.Settle()
	}
	posted := r.box.writer.queue
	w.disk.fails = []error{syscall.ENOSPC}
	for _, c := range posted { // each in a group of its own, before the sink hears of the first
		r.box.writer.queue = []*change{c}
		r.box.writer.group()
	}
	if n := len(w.disk.plate); n > 0 {
		t.Errorf("%d rows were written behind one that was not", n)
	}
	r.e.Settle()
	w.clock.Advance(fullPause + time.Millisecond)
	r.settle()
	if len(w.unacked) > 0 {
		t.Errorf("%d unacknowledged once there is room", len(w.unacked))
	}
}

// A tenth of the disk stays free; what is confirmed leaves all the same.
func TestATenthOfTheDiskStaysFree(t *testing.T) {
	defer func(was func(string) (int64, int64, bool)) { freeSpace = was }(freeSpace)
	free := int64(101 << 20)
	freeSpace = func(string) (int64, int64, bool) { return free, 1000 << 20, true }
	w := newWorld(t)
	w.disk.wall, w.disk.full = w.clock.Now, true
	r := w.boot(always())
	r.send()
	r.settle()
	free = 99 << 20
	r.send()
	r.sink.arrive(1, 1, flow.OutcomeDelivered)
	r.settle()
	if len(w.unacked) != 1 || len(w.disk.plate) != 0 || !strings.Contains(r.shelf.Count().Trouble, "nearly full") {
		t.Errorf("%d unacknowledged, %d rows, %+v", len(w.unacked), len(w.disk.plate), r.shelf.Count())
	}
	free = 101 << 20
	w.clock.Advance(fullPause + time.Millisecond)
	r.settle()
	if len(w.unacked) > 0 || r.shelf.Count().Trouble != "" {
		t.Errorf("%d unacknowledged, %+v", len(w.unacked), r.shelf.Count())
	}
}
