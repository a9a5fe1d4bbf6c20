package outbox

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"flowc/rt/flow"
)

// fullDisk lets no store be made until it is cleared.
type fullDisk struct {
	full  bool
	tries int
}

func fillDisk(t *testing.T) *fullDisk {
	t.Helper()
	d := &fullDisk{full: true}
	make, free := newStore, freeSpace
	newStore = func(name string, busy func()) (*file, error) {
		d.tries++
		if d.full {
			return nil, &os.PathError{Op: "write", Path: name, Err: syscall.ENOSPC}
		}
		return make(name, busy)
	}
	freeSpace = func(file string) (int64, int64, bool) {
		if d.full {
			return 0, 1 << 40, true
		}
		return 1 << 39, 1 << 40, true
	}
	t.Cleanup(func() { newStore, freeSpace = make, free })
	return d
}

// pass lets time pass, second by second, in which the receiver takes and confirms what comes.
func (r *rig) pass(seconds int) {
	for range seconds {
		r.settle()
		r.sink.arrive(8, 8, flow.OutcomeDelivered)
		r.settle()
		r.clock.Advance(fullPause + time.Millisecond)
	}
	r.settle()
}

// A damaged outbox on a disk that is full does not keep a program from starting. It tells,
// takes nothing over, and when there is room all that was whole is delivered, in order and
// before what came meanwhile; whether it is killed in between, or its sink is renamed.
func TestDamagedOnAFullDisk(t *testing.T) {
	for _, killed := range []bool{false, true} {
		for _, was := range []string{"", "former"} {
			t.Run(fmt.Sprint(killed, was), func(t *testing.T) { damagedOnAFullDisk(t, killed, was) })
		}
	}
}

func damagedOnAFullDisk(t *testing.T, killed bool, was string) {
	const n, more = 300, 20
	name := filepath.Join(t.TempDir(), "outbox.db")
	storedFile(t, name, n)
	if was != "" {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, renamedRows(t, data, "sink", was), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	spoilStart(t, name)
	disk := fillDisk(t)
	w := newWorld(t)
	w.onFile(name)
	w.sent, w.was = n, was
	r := w.boot(always())
	if c := r.shelf.Count(); c.Waiting != n || !strings.Contains(c.Trouble, "there is no room for the outbox") || !strings.Contains(c.Trouble, "300 messages wait in it until there is") {
		t.Fatalf("at the start: %+v", c)
	}
	r.pass(10)
	for range more {
		r.send()
	}
	r.pass(10)
	if killed {
		r = w.boot(always())
		r.pass(10)
	}
	if len(w.unacked) != more || len(w.got) > 0 || w.ended != "" || disk.tries > 2 {
		t.Errorf("on the full disk: %d unacknowledged, %d arrived, %d attempts, %q\n%s", len(w.unacked), len(w.got), disk.tries, w.ended, &r.log)
	}
	disk.full = false
	r.pass(120)
	if err := r.law(); err != nil {
		t.Error(err)
	}
	c := r.shelf.Count()
	if len(w.seen) != n+more || len(w.got) != n+more || !slices.IsSorted(w.got) || len(w.unacked) > 0 || c.Dropped > 0 || c.Waiting > 0 || w.ended != "" {
		t.Errorf("%d arrived, %d of them different, %d unacknowledged, %+v, %q\n%s", len(w.got), len(w.seen), len(w.unacked), c, w.ended, &r.log)
	}
	if text := r.log.String(); !strings.Contains(text, "300 messages and 0 dead letters could be read and are kept") ||
		strings.Count(text, "there is no room for the outbox") != 1 || strings.Count(text, "the outbox can be written again") != 1 {
		t.Errorf("the log: %s", text)
	}
	r.shelf.Close()
	if rows, _ := waiting(t, name); rows != 0 {
		t.Errorf("%d rows are left", rows)
	}
}

// renamedRows is a file without its first pages, with the rows of one owner as those of another.
func renamedRows(t *testing.T, data []byte, from, to string) []byte {
	t.Helper()
	var out []byte
	w := &wreck{f: bytes.NewReader(data), size: int64(len(data)), busy: func() {}}
	out = append(out, make([]byte, 8192)...)
	err := w.scan(func(_ int64, r row, _ []byte) error {
		if r.sort == sortRow && r.owner == from {
			r.owner = to
			out = append(out, r.encode()...)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Without a file the program starts as well, and makes one when there is room.
func TestNoFileOnAFullDisk(t *testing.T) {
	w := newWorld(t)
	full := true
	name := filepath.Join(t.TempDir(), "outbox.db")
	w.open = func(b *Box) (disk, error) {
		b.File = name
		if full {
			return nil, fmt.Errorf("buffer: %w", syscall.EDQUOT)
		}
		return b.openFile()
	}
	r := w.boot(always())
	for range 5 {
		r.send()
	}
	r.pass(5)
	if len(w.unacked) != 5 || len(w.got) > 0 {
		t.Errorf("%d unacknowledged, %d arrived", len(w.unacked), len(w.got))
	}
	full = false
	r.pass(30)
	if len(w.unacked) > 0 || len(w.got) != 5 || w.ended != "" {
		t.Errorf("%d unacknowledged, %d arrived, %q\n%s", len(w.unacked), len(w.got), w.ended, &r.log)
	}
	if err := r.law(); err != nil {
		t.Error(err)
	}
	r.shelf.Close()
}

// Attempts that fail though there seems to be room come ever more rarely.
func TestAttemptsOnADiskWithAQuota(t *testing.T) {
	name := filepath.Join(t.TempDir(), "outbox.db")
	storedFile(t, name, 20)
	spoilStart(t, name)
	disk := fillDisk(t)
	freeSpace = func(string) (int64, int64, bool) { return 1 << 39, 1 << 40, true }
	w := newWorld(t)
	w.onFile(name)
	r := w.boot(always())
	r.pass(3600)
	if disk.tries < 10 || disk.tries > 20 {
		t.Errorf("%d attempts in an hour", disk.tries)
	}
	disk.full = false
	r.pass(600)
	if len(w.got) != 20 {
		t.Errorf("%d arrived", len(w.got))
	}
	r.shelf.Close()
}

// What is said to wait before a file is healed is what waits afterwards.
func TestWhatWaitsBeforeHealing(t *testing.T) {
	dir := t.TempDir()
	origin := filepath.Join(dir, "origin.db")
	filled(t, origin)
	data, err := os.ReadFile(origin)
	if err != nil {
		t.Fatal(err)
	}
	disk := fillDisk(t)
	looked, seeds := 0, *damages/3
	for seed := range uint64(seeds) {
		name := filepath.Join(dir, fmt.Sprint(seed), "outbox.db")
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, spoil(data, rand.New(rand.NewPCG(seed, 9))), 0o600); err != nil {
			t.Fatal(err)
		}
		var log bytes.Buffer
		box := &Box{File: name, h: still(t, &log), clock: flow.NewFakeClock(time.Now())}
		box.opener = box.openFile
		disk.full = true
		if err := box.openFirst(); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		u, ok := box.disk.(*unmade)
		if !ok {
			box.disk.close()
			continue
		}
		looked++
		disk.full = false
		d, err := box.openFile()
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for _, sink := range []string{"climate", "beat", "häuser"} {
			before, _ := u.begin(sink, "")
			after, err := d.begin(sink, "")
			if err != nil || before != after {
				t.Errorf("seed %d: %s: %+v, and then %+v, %v", seed, sink, before, after, err)
			}
		}
		d.close()
		_ = os.RemoveAll(filepath.Dir(name))
	}
	if looked < seeds/2 {
		t.Errorf("%d files were damaged", looked)
	}
}
