package outbox

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"flowc/rt/boltfile"
	"flowc/rt/flow"
)

// wearOut lets a sector of a file be unreadable: to read(2), until another file has the
// name, and in memory, where d has mapped it.
func wearOut(t *testing.T, name string, d disk, page int) (mend func()) {
	t.Helper()
	old, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	size := os.Getpagesize()
	if _, _, e := syscall.Syscall(syscall.SYS_MPROTECT, d.(*file).db.Info().Data+uintptr(page*size), uintptr(size), syscall.PROT_NONE); e != 0 {
		t.Fatal(e)
	}
	was, wreck := verify, openWreck
	verify = func(name string, each boltfile.Each) error {
		if now, err := os.Stat(name); err == nil && os.SameFile(old, now) {
			return &os.PathError{Op: "read", Path: name, Err: syscall.EIO}
		}
		return was(name, each)
	}
	openWreck = func(f *os.File) io.ReaderAt { return worn{f, int64(page*size + 100)} }
	return func() { verify, openWreck = was, wreck }
}

// A sector that cannot be read any more ends no program, wherever it is and whatever is
// done: the file is healed, and the rows beside that sector arrive.
func TestASectorGoesWhileItRuns(t *testing.T) {
	const n = 300
	origin := filepath.Join(t.TempDir(), "origin.db")
	storedFile(t, origin, n)
	data, err := os.ReadFile(origin)
	if err != nil {
		t.Fatal(err)
	}
	healed, least := 0, n
	for page := range len(data) / os.Getpagesize() {
		name := filepath.Join(t.TempDir(), "outbox.db")
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
		w := newWorld(t)
		w.onFile(name)
		r := w.boot(always())
		mend := wearOut(t, name, r.box.disk, page)
		for range 2 * n {
			r.settle()
			r.sink.arrive(8, 8, flow.OutcomeDelivered)
			if len(r.sink.rows) == 0 {
				w.clock.Advance(fullPause + time.Millisecond)
			}
			if c := r.shelf.Count(); c.Waiting == 0 {
				break
			}
		}
		r.settle()
		c := r.shelf.Count()
		if err := r.law(); err != nil || c.Waiting > 0 || w.ended != "" {
			t.Fatalf("page %d: %v, %+v, %q\n%s", page, err, c, w.ended, &r.log)
		}
		log := r.log.String()
		if c.Trouble != "" {
			healed++
			if count, _ := r.e.Faults(); count == 0 || !strings.Contains(log, "and is now "+name+".damaged") || !strings.Contains(c.Trouble, "damaged") {
				t.Errorf("page %d: %d faults, %+v\n%s", page, count, c, log)
			}
		}
		least = min(least, len(w.seen))
		if lost := n - len(w.seen); uint64(lost) != c.Dropped || lost > 8 || lost > 0 && !strings.Contains(log, fmt.Sprint(lost)+" that waited are lost") {
			t.Errorf("page %d: %d arrived, %+v\n%s", page, len(w.seen), c, log)
		}
		r.shelf.Close()
		mend()
		if t.Failed() {
			return
		}
	}
	if t.Logf("%d of %d sectors were missed; %d rows of %d arrive at least", healed, len(data)/os.Getpagesize(), least, n); healed < 20 || least == n {
		t.Error("too few were missed")
	}
}

// A file that looks whole and fails all the same whenever it is used is healed when it has
// done so twice; nothing of it is lost, since it can be read.
func TestAFileFailsAgainAndAgain(t *testing.T) {
	const n, page = 300, 20
	name := filepath.Join(t.TempDir(), "outbox.db")
	storedFile(t, name, n)
	old, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	w.open = func(b *Box) (disk, error) {
		b.File = name
		d, err := b.openFile()
		if now, e := os.Stat(name); err == nil && e == nil && os.SameFile(old, now) {
			size := uintptr(os.Getpagesize())
			_, _, _ = syscall.Syscall(syscall.SYS_MPROTECT, d.(*file).db.Info().Data+page*size, size, syscall.PROT_NONE)
		}
		return d, err
	}
	r := w.boot(always())
	for range 2 * n {
		r.settle()
		r.sink.arrive(8, 8, flow.OutcomeDelivered)
		if len(r.sink.rows) == 0 {
			w.clock.Advance(fullPause + time.Millisecond)
		}
	}
	if c := r.shelf.Count(); len(w.seen) != n || c.Sent != n || w.ended != "" || w.opened != 3 || !strings.Contains(c.Trouble, "a part of the file cannot be read") {
		t.Errorf("%d arrived, opened %d times, %+v, %q\n%s", len(w.seen), w.opened, c, w.ended, &r.log)
	}
	r.shelf.Close()
}

// So it is of a file of which nearly all has gone, with a real SIGBUS.
func TestAFileIsCutOffWhileItRuns(t *testing.T) {
	name := filepath.Join(t.TempDir(), "outbox.db")
	storedFile(t, name, 600)
	w := newWorld(t)
	w.onFile(name)
	r := w.boot(always())
	r.settle()
	if err := os.Truncate(name, int64(2*os.Getpagesize())); err != nil {
		t.Fatal(err)
	}
	for range 200 {
		r.settle()
		r.sink.arrive(8, 8, flow.OutcomeDelivered)
		w.clock.Advance(fullPause + time.Millisecond)
	}
	r.send()
	for range 5 {
		r.settle()
		r.sink.arrive(8, 8, flow.OutcomeDelivered)
	}
	if c := r.shelf.Count(); w.ended != "" || c.Waiting > 0 || len(w.unacked) > 0 || c.Sent < readRows || c.Bytes != 0 || !c.Holds() {
		t.Errorf("%+v, %d unacknowledged, %q\n%s", c, len(w.unacked), w.ended, &r.log)
	}
	if count, _ := r.e.Faults(); count == 0 {
		t.Errorf("no fault\n%s", &r.log)
	}
	r.shelf.Close()
}
