package outbox

import (
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"flowc/rt/flow"
)

// stored is a rig that starts with n rows on the disk.
func stored(t *testing.T, n int) (*world, func() *rig) {
	w := newWorld(t)
	w.disk.wall = w.clock.Now
	w.up = false
	r := w.boot(always())
	for range n {
		r.send()
	}
	r.settle()
	if len(w.unacked) > 0 || len(w.disk.plate) != n {
		t.Fatalf("%d unacknowledged, %d rows", len(w.unacked), len(w.disk.plate))
	}
	return w, func() *rig {
		w.up = true
		return w.boot(always())
	}
}

// A read that fails says nothing about the rows: they wait, and are read again.
func TestAFailedReadIsMadeAgain(t *testing.T) {
	w, boot := stored(t, 20)
	w.disk.readFails = []error{syscall.EIO, syscall.EIO}
	r := boot()
	r.settle()
	if c := r.shelf.Count(); c.Waiting != 20 || c.Dropped != 0 || len(w.disk.readFails) != 1 {
		t.Fatalf("%+v, %d reads to fail", c, len(w.disk.readFails))
	}
	for range 2 {
		w.clock.Advance(fullPause + time.Millisecond)
		r.settle()
	}
	for range 20 {
		r.sink.arrive(8, 8, flow.OutcomeDelivered)
		r.settle()
	}
	if c := r.shelf.Count(); len(w.seen) != 20 || c.Sent != 20 || c.Waiting != 0 {
		t.Errorf("%d arrived, %+v", len(w.seen), c)
	}
}

// Damaged rows are counted once, wherever they lie, and the others behind them arrive.
func TestDamagedRowsAreCountedOnce(t *testing.T) {
	const n = 2*readRows + 40
	w, boot := stored(t, n)
	w.disk.bad = map[uint64]bool{n: true}
	for seq := uint64(1); seq <= readRows+3; seq++ { // all that one read takes, and more
		w.disk.bad[seq] = true
	}
	r := boot()
	r.settle()
	for range n {
		r.sink.arrive(8, 8, flow.OutcomeDelivered)
		r.settle()
	}
	lost := len(w.disk.bad)
	if c := r.shelf.Count(); len(w.seen) != n-lost || c.Dropped != uint64(lost) || c.Waiting != 0 {
		t.Errorf("%d arrived of %d, %+v", len(w.seen), n-lost, c)
	}
	if err := r.law(); err != nil {
		t.Error(err)
	}
	r.shelf.Drained()
	r.settle()
	if c := boot().shelf.Count(); c.Stored != 0 {
		t.Errorf("the next start counts them again: %+v", c)
	}
}

// They leave the file as well.
func TestDamagedRowsLeaveTheFile(t *testing.T) {
	const n = 2 * readRows
	name := filepath.Join(t.TempDir(), "outbox.db")
	storedFile(t, name, n)
	w := newWorld(t)
	w.onFile(name)
	r := w.boot(always())
	r.settle()
	err := r.box.use(func(d disk) error {
		return d.(*file).db.Update(func(tx *bbolt.Tx) error {
			return tx.Bucket(bucketRows).Bucket([]byte("sink")).Put(key(n-10), []byte("noise"))
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 40 {
		r.sink.arrive(8, 8, flow.OutcomeDelivered)
		r.settle()
	}
	if c := r.shelf.Count(); c.Dropped != 1 {
		t.Errorf("%+v", c)
	}
	r.shelf.Close()
	if c := w.boot(always()).shelf.Count(); c.Stored == 0 || c.Stored > n-40*8 || c.Trouble != "" {
		t.Errorf("the next start: %+v", c)
	}
}

// Large rows that wait take no more memory than small ones: it is bounded by bytes.
func TestWhatIsReadyIsBounded(t *testing.T) {
	w := newWorld(t)
	w.disk.wall = w.clock.Now
	s := always()
	s.length = 512 << 10
	r := w.boot(s)
	bounded := func() {
		t.Helper()
		if n := r.shelf.readied(); n > readyBytes+2*readBytes {
			t.Fatalf("%d bytes are ready", n)
		}
	}
	const n = 60
	for range n {
		r.send()
		r.settle()
		bounded()
	}
	for range n {
		r.sink.arrive(8, 8, flow.OutcomeDelivered)
		r.settle()
		bounded()
	}
	if c := r.shelf.Count(); len(w.seen) != n || c.Sent != n {
		t.Errorf("%d arrived, %+v", len(w.seen), c)
	}
}
