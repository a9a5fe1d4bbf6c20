package faults

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"flowc/rt/mqtt/witness"
	"flowc/rt/sqlite/lite"
)

// TestFullDisk lets the file of a database grow no more, as a full disk does, while
// messages come; then there is room again. Nothing is acknowledged that is not in the
// file, the program lives, and every message makes its row.
func TestFullDisk(t *testing.T) {
	beside(t)
	r := newRun(t, build(t, "rows.hcl"), 3, 50)
	fullRig(r)
	r.report()
}

func fullRig(r *run) {
	d := newRowStore(r)
	b := newWitness(r.t, nil)
	p := d.start(b)
	stream := d.load(b, p, 500, 400)
	for range r.rounds {
		time.Sleep(r.within(300 * time.Millisecond))
		limitFiles(r.t, p, uint64(4096+r.random.IntN(1<<16)))
		r.says(p, "cannot write")
		before := len(b.Acks())
		time.Sleep(r.within(300 * time.Millisecond))
		if n := len(b.Acks()) - before; n > window {
			r.wrong("%d messages were acknowledged while the disk was full", n)
		}
		p.log.clear()
		limitFiles(r.t, p, math.MaxUint64)
		r.says(p, "can be written again")
		p.log.clear()
	}
	d.finish(p, b, stream)
}

// TestFullAtStart starts a program on a disk that is full: it runs, and writes once
// there is room.
func TestFullAtStart(t *testing.T) {
	beside(t)
	r := newRun(t, build(t, "rows.hcl"), 1, 1)
	d := newRowStore(r)
	b := newWitness(r.t, nil)
	program := r.program
	r.program = "/bin/sh"
	p := d.startArgs(b, "-c", `ulimit -S -f 1; exec "$0"`, program)
	stream := d.load(b, p, 500, 400)
	r.says(p, "cannot write")
	limitFiles(r.t, p, math.MaxUint64)
	r.says(p, "can be written again")
	d.finish(p, b, stream)
	r.report()
}

// limitFiles lets no file of a process grow beyond a size.
func limitFiles(t testing.TB, p *process, size uint64) {
	t.Helper()
	limit := unix.Rlimit{Cur: size, Max: math.MaxUint64}
	if err := unix.Prlimit(p.cmd.Process.Pid, unix.RLIMIT_FSIZE, &limit, nil); err != nil {
		t.Fatal(err)
	}
}

// TestSyncFails lets the disk refuse to sync now and then: what was acknowledged is in
// the file, and every message makes its row.
func TestSyncFails(t *testing.T) {
	strace := withStrace(t)
	beside(t)
	r := newRun(t, build(t, "rows.hcl"), 1, 5)
	program := r.program
	r.program = strace
	for range r.rounds {
		d := newRowStore(r)
		b := newWitness(r.t, nil)
		first := 10 + r.random.IntN(10)
		// Half a second of failures is more than the first pauses between attempts.
		p := d.startArgs(b, "-D", "-f", "-qq", "-o", filepath.Join(d.dir, "trace"), "-e", "trace=fsync,fdatasync",
			"-e", fmt.Sprintf("inject=fsync,fdatasync:error=EIO:when=%d+7", first), program)
		stream := d.load(b, p, 200, 40)
		r.says(p, "cannot write")
		r.says(p, "can be written again")
		d.finish(p, b, stream)
	}
	r.report()
}

// TestBusyFile lets another program have the file for a while.
func TestBusyFile(t *testing.T) {
	beside(t)
	r := newRun(t, build(t, "rows.hcl"), 2, 20)
	busyRig(r)
	r.report()
}

func busyRig(r *run) {
	d := newRowStore(r)
	b := newWitness(r.t, nil)
	p := d.start(b)
	stream := d.load(b, p, 500, 40)
	for range r.rounds {
		if !b.Wait(r.patience, func() bool { return b.Unconfirmed("rows-in") == 0 && stream.count() > 50 }) {
			r.wrong("nothing is stored:\n%s", p.log)
			break
		}
		other, err := lite.Open(d.file)
		if err != nil {
			r.t.Fatal(err)
		}
		other.Busy(5 * time.Second)
		if err := other.Exec("BEGIN IMMEDIATE"); err != nil {
			r.t.Fatal(err)
		}
		r.says(p, "in use by another program")
		other.Close()
		r.says(p, "can be written again")
		p.log.clear()
	}
	d.finish(p, b, stream)
}

// TestDamagedFile damages the file of a database in many ways while the program is
// away. It always starts; a file that cannot be used is moved aside and told; and what
// comes afterwards is stored.
func TestDamagedFile(t *testing.T) {
	beside(t)
	r := newRun(t, build(t, "rows.hcl"), 8, 1000)
	damagedRig(r)
	r.report()
}

func damagedRig(r *run) {
	moved := 0
	var made []byte
	for range r.rounds {
		d := newRowStore(r)
		b := newWitness(r.t, nil)
		if made == nil {
			made = d.filled(b)
		}
		write(r.t, d.file, damage(r, made))
		p := d.start(b)
		d.listens(b, p)
		for id := range 20 {
			b.Publish("in/item", fmt.Sprintf(`{"id":%d,"text":"after"}`, 1_000_000+id), 1, false)
		}
		if !b.Wait(r.patience, func() bool { return b.Routed("in/item") > 0 && b.Unconfirmed("rows-in") == 0 }) {
			r.wrong("what comes afterwards is not acknowledged:\n%s", p.log)
		}
		p.terminate(termLimit)
		if s := p.trouble(); s != "" {
			r.wrong("%s", s)
		}
		if strings.Contains(p.log.String(), "is damaged") {
			moved++
			if _, err := os.Stat(d.file + ".damaged"); err != nil {
				r.wrong("the damaged file is not there any more: %v", err)
			}
		}
		l := d.ids("items", p)
		for id := range 20 {
			if n := 1_000_000 + id; n >= len(l.times) || l.times[n] == 0 {
				r.wrong("%d is acknowledged and has no row:\n%s", n, p.log)
			}
		}
	}
	if moved == 0 {
		r.wrong("no file was damaged enough to be noticed")
	}
	r.figures = fmt.Sprintf("%d files were moved aside", moved)
}

// filled is a file with rows in it.
func (d *rowStore) filled(b *witness.Broker) []byte {
	p := d.start(b)
	stream := d.load(b, p, 2000, 200)
	b.Wait(d.r.patience, func() bool { return stream.count() > 500 })
	d.finish(p, b, stream)
	data, err := os.ReadFile(d.file)
	if err != nil {
		d.r.t.Fatal(err)
	}
	for _, end := range []string{"", "-wal", "-shm"} {
		os.Remove(d.file + end)
	}
	return data
}

// damage is a file of which a part is lost, overwritten, or empty.
func damage(r *run, whole []byte) []byte {
	data := append([]byte(nil), whole...)
	from := r.random.IntN(len(data))
	switch r.random.IntN(5) {
	case 0:
		return data[:from]
	case 1:
		copy(data, "this is a diary, and no database")
	case 2:
		clear(data[from:min(from+4096, len(data))])
	default:
		for n := range 1 + r.random.IntN(2000) {
			if from+n < len(data) {
				data[from+n] = byte(r.random.Uint32())
			}
		}
	}
	return data
}

// load begins to publish to a program that listens.
func (d *rowStore) load(b *witness.Broker, p *process, rate, size int) *load {
	d.listens(b, p)
	return startLoad(b, rate, size, 1)
}

// listens waits for the program's subscription.
func (d *rowStore) listens(b *witness.Broker, p *process) {
	if !b.Wait(d.r.patience, func() bool { return len(b.Subscribes()) > 0 }) {
		d.r.wrong("no subscription:\n%s", p.log)
	}
}

// finish lets the program store what is left, and holds that each message is there once.
func (d *rowStore) finish(p *process, b *witness.Broker, stream *load) {
	total := stream.end()
	if !b.Wait(d.r.patience, func() bool { return b.Routed("in/item") >= total && b.Unconfirmed("rows-in") == 0 }) {
		d.r.wrong("%d messages are not acknowledged:\n%s", b.Unconfirmed("rows-in"), p.log)
	}
	if s := p.trouble(); s != "" {
		d.r.wrong("%s", s)
	}
	p.terminate(termLimit)
	d.once("items", total, p)
	d.r.figures = fmt.Sprintf("%d messages, one row each", total)
}

// says waits until a program has said something.
func (r *run) says(p *process, what string) {
	r.t.Helper()
	r.saysAny(p, what)
}

// saysAny waits until a program has said one of several things: what stands behind another
// that waits has nothing to say.
func (r *run) saysAny(p *process, what ...string) {
	r.t.Helper()
	said := func() bool {
		text := p.log.String()
		return slices.ContainsFunc(what, func(w string) bool { return strings.Contains(text, w) })
	}
	limit := time.NewTimer(r.patience)
	defer limit.Stop()
	for !said() {
		select {
		case <-limit.C:
			r.wrong("it does not say %q:\n%s", what, p.log)
			return
		case <-p.over:
			r.wrong("the program ended by itself:\n%s", p.log)
			return
		case <-time.After(2 * time.Millisecond):
		}
	}
}

// clear forgets what was said.
func (w *tail) clear() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.text.Reset()
}
