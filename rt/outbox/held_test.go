package outbox

import "testing"

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
