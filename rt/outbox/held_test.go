package outbox

import (
	"testing"

	"flowc/rt/flow"
)

// A buffer without room drops what a pin says, but not what its source keeps until it is
// confirmed: dropped it would be confirmed, and lost.
func TestNoRoomForWhatIsHeld(t *testing.T) {
	for _, held := range []bool{true, false} {
		w := newWorld(t)
		w.disk.wall = w.clock.Now
		s := always()
		s.patient = held
		r := w.boot(s)
		r.shelf.held = heldBytes // what a schedule has filled
		r.send()
		r.e.Settle()
		if kept := w.dropped == 0; kept != held {
			t.Errorf("held %v: %d dropped, %d not acknowledged", held, w.dropped, len(w.unacked))
		}
		r.shelf.held -= heldBytes
	}
}

// A buffer that is smaller than the window of its sink drops all the same.
func TestABufferSmallerThanTheWindow(t *testing.T) {
	w := newWorld(t)
	w.disk.wall = w.clock.Now
	s := always()
	s.Rows, s.OnFull, s.window = 3, flow.FullDropOldest, 64
	w.up = false
	r := w.boot(s)
	for range 100 {
		r.send()
		r.settle()
	}
	if c := r.shelf.Count(); c.Waiting > 3 || c.Dropped+c.Refused < 97 {
		t.Errorf("%+v", c)
	}
}
