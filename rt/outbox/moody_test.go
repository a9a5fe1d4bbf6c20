package outbox

import (
	"bytes"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"flowc/rt/boltfile"
	"flowc/rt/flow"
)

// moods are the errors of the next writes of a disk, oldest first; after says that what
// failed was written all the same.
type moods struct {
	mu    sync.Mutex
	fails []error
	after bool
}

func (m *moods) set(after bool, fails ...error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fails, m.after = fails, after
}

func (m *moods) next() (err error, after bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.fails) > 0 {
		err, m.fails = m.fails[0], m.fails[1:]
	}
	return err, m.after
}

// moody is a real file on a disk with moods.
type moody struct {
	disk
	m *moods
}

func (d moody) apply(changes []*change, age time.Duration) error {
	err, after := d.m.next()
	if err == nil || after {
		if real := d.disk.apply(changes, age); real != nil {
			return real
		}
	}
	return err
}

func (m *moods) on(b *Box) (disk, error) {
	d, err := b.openFile()
	return moody{d, m}, err
}

// Replayed on a disk without room, a letter stays one, and who asked hears it; it is sent
// when it is replayed again, once.
func TestReplayOnAFullDisk(t *testing.T) {
	for _, when := range []flow.BufferWhen{flow.BufferAlways, flow.BufferAuto} {
		name := filepath.Join(t.TempDir(), "outbox.db")
		m := &moods{}
		r := runningWith(t, name, when, m.on)
		say := func(words ...string) string {
			var out, problems bytes.Buffer
			command("rig", name, words, &out, &problems)
			return out.String() + problems.String()
		}
		r.do(r.send)
		r.until("it is under way", func() bool { return len(r.sink.rows) == 1 })
		r.do(func() { r.sink.arrive(1, 1, flow.OutcomeDead) })
		r.until("it is dead", func() bool { return r.shelf.Count().Letters == 1 })
		for range 3 {
			m.set(false, syscall.ENOSPC)
			if got := say("replay", "all"); !strings.Contains(got, "0 will be sent once more; 1 stay, since there is no room") {
				t.Errorf("%s: on a full disk: %q", when, got)
			}
		}
		r.do(r.send) // what comes behind it is not held up
		r.until("the next is under way", func() bool { return len(r.sink.rows) == 1 })
		if got := say("list"); !strings.Contains(got, "00000000") || r.sink.rows[0] != 1 {
			t.Errorf("%s: %v is under way, and the letters are %s", when, r.sink.rows, got)
		}
		if got := say("replay", "all"); got != "1 will be sent once more\n" {
			t.Errorf("%s: with room: %q", when, got)
		}
		if got := say("replay", "all"); got != "0 will be sent once more\n" {
			t.Errorf("%s: when there is none any more: %q", when, got)
		}
		r.until("both are under way", func() bool { return len(r.sink.rows) == 2 })
		r.do(func() { r.sink.arrive(2, 2, flow.OutcomeDelivered) })
		r.until("nothing is left", func() bool { c := r.shelf.Count(); return c.Waiting == 0 && r.shelf.memory == 0 })
		r.do(func() {
			if err := r.law(); err != nil || len(r.got) != 3 || r.seen[0] != 2 || r.shelf.Count().Letters != 0 { // the first time it was refused
				t.Errorf("%s: %v, arrived: %v, %+v", when, err, r.got, r.shelf.Count())
			}
		})
		r.end()
		if names, err := openNames(t, name); err != nil || len(names) > 0 {
			t.Errorf("%s: left: %v, %v", when, names, err)
		}
	}
}

func openNames(t *testing.T, name string) (map[string]int, error) {
	t.Helper()
	f, err := openStore(name, func() {})
	if err != nil {
		t.Fatal(err)
	}
	defer f.close()
	return f.names()
}

// A letter that two ask for is one row.
func TestALetterIsReplayedOnce(t *testing.T) {
	var log bytes.Buffer
	box, d, err := openBox(t, filepath.Join(t.TempDir(), "outbox.db"), &log)
	if err != nil {
		t.Fatal(err)
	}
	defer d.close()
	if _, err := d.begin("sink", ""); err != nil {
		t.Fatal(err)
	}
	s := &Shelf{Box: box, Name: "sink"}
	raise := func(seq uint64) *change {
		r := row{sort: sortRow, owner: "sink", seq: seq, data: []byte("x")}
		return &change{op: opExhume, shelf: s, seq: seq, value: r.encode(), numbers: []uint64{1}}
	}
	first, second := raise(2), raise(3)
	changes := []*change{{op: opBury, shelf: s, seq: 1, item: &item{data: []byte("x")}}, first, second}
	for range 2 { // the second time as after a failure of which nobody knows what it has left
		if err := d.apply(changes, 0); err != nil {
			t.Fatal(err)
		}
		if names, err := d.names(); err != nil || names["sink"] != 1 || first.gone != 0 || second.gone != 1 {
			t.Errorf("%v, %v; %d, %d", names, err, first.gone, second.gone)
		}
		changes = changes[1:]
	}
}

// A burial of a row that never lay on the disk is made again when the word of the first
// one is lost, and leaves one letter.
func TestABurialIsRepeated(t *testing.T) {
	name := filepath.Join(t.TempDir(), "outbox.db")
	w := newWorld(t)
	m := &moods{}
	w.open = func(b *Box) (disk, error) {
		b.File = name
		return m.on(b)
	}
	for round := range 2 {
		r := w.boot(auto())
		for range 3 {
			r.send()
		}
		r.settle()
		m.set(true, syscall.EIO)
		r.sink.arrive(3, 3, flow.OutcomeDead)
		r.settle()
		var list []Letter
		err := r.box.use(func(d disk) (err error) {
			list, err = d.list(nil)
			return err
		})
		if err != nil || len(list) != 3*(round+1) || w.dead != 3*(round+1) || w.ended != "" {
			t.Errorf("%d letters, %d told, %v, %q\n%s", len(list), w.dead, err, w.ended, &r.log)
		}
		r.shelf.Close()
	}
}

// A stop in the pause of a full disk tells nobody that what was not done is done.
func TestAStopInAFullDisk(t *testing.T) {
	w := newWorld(t)
	w.disk.wall = w.clock.Now
	r := w.boot(always())
	r.send()
	r.settle()
	r.sink.arrive(1, 1, flow.OutcomeDead)
	r.e.Settle()
	for range 100 {
		w.disk.fails = append(w.disk.fails, syscall.ENOSPC)
	}
	close(r.box.writer.quit)
	r.box.writer.group()
	r.e.Settle()
	if w.dead != 0 || r.shelf.burying != 1 || w.disk.dead != 0 || w.ended != "" {
		t.Errorf("%d are told to be dead, %d letters, %q", w.dead, w.disk.dead, w.ended)
	}
}

// A buffer of one row, or one too small for two, drops as well.
func TestABufferOfOneRow(t *testing.T) {
	for name, s := range map[string]settings{
		"rows = 1":         {Buffering: flow.Buffering{Keep: time.Hour, When: flow.BufferAlways, Rows: 1}, window: 64},
		"rows = 1, auto":   {Buffering: flow.Buffering{Keep: time.Hour, When: flow.BufferAuto, Rows: 1}, window: 64},
		"a size of a row":  {Buffering: flow.Buffering{Keep: time.Hour, When: flow.BufferAlways, Size: 100}, window: 64},
		"a size for three": {Buffering: flow.Buffering{Keep: time.Hour, When: flow.BufferAuto, Size: 300}, window: 64},
	} {
		for _, policy := range []flow.BufferFull{flow.FullDropOldest, flow.FullDropNewest, flow.FullBlock} {
			w := newWorld(t)
			w.disk.wall = w.clock.Now
			w.up = false
			s.OnFull = policy
			r := w.boot(s)
			for range 50 {
				r.send()
				r.settle()
				w.clock.Advance(100 * time.Millisecond)
			}
			w.clock.Advance(spillAfter)
			r.settle()
			c := r.shelf.Count()
			switch policy {
			case flow.FullBlock:
				if w.dropped > 0 || len(w.unacked)+int(c.Waiting) != 50 {
					t.Errorf("%s, %s: %d dropped, %d unacknowledged, %+v", name, policy, w.dropped, len(w.unacked), c)
				}
			default:
				if w.dropped+int(c.Dropped) < 45 || len(w.unacked) > 1 {
					t.Errorf("%s, %s: %d dropped, %d unacknowledged, %+v", name, policy, w.dropped, len(w.unacked), c)
				}
			}
			w.up = true
			r.e.Hosts[1].Done(0)
			for range 200 {
				r.sink.arrive(64, 64, flow.OutcomeDelivered)
				r.settle()
				w.clock.Advance(fullPause)
			}
			newest := w.got[len(w.got)-1] == 49
			if (policy != flow.FullDropNewest) != newest || len(w.unacked) > 0 || r.law() != nil {
				t.Errorf("%s, %s: arrived: %v, %d unacknowledged, %v", name, policy, w.got, len(w.unacked), r.law())
			}
		}
	}
}

// A message that is larger than all of its buffer holds up nothing.
func TestLargerThanTheBuffer(t *testing.T) {
	w := newWorld(t)
	w.disk.wall = w.clock.Now
	s := always()
	s.Size, s.length = 1000, 2000
	r := w.boot(s)
	r.send()
	r.settle()
	if count, _ := r.e.Faults(); w.dropped != 1 || count != 1 || r.law() != nil {
		t.Errorf("%d dropped, %d faults, %v", w.dropped, count, r.law())
	}
}

// It is not sent before it is one, be the receiver there or not.
func TestALetterIsWrittenBeforeItIsSent(t *testing.T) {
	name := filepath.Join(t.TempDir(), "outbox.db")
	w := newWorld(t)
	m := &moods{}
	w.open = func(b *Box) (disk, error) {
		b.File = name
		return m.on(b)
	}
	r := w.boot(auto())
	r.send()
	r.settle()
	r.sink.arrive(1, 1, flow.OutcomeDead)
	r.settle()
	for _, full := range []bool{true, false} {
		answer := make(chan bool, 1)
		r.shelf.exhume(Letter{Number: 1, Thing: "sink", Data: []byte("00000000")}, answer)
		r.shelf.turn()
		if n := len(r.sink.rows); n > 0 {
			t.Errorf("full %t: %d under way before it is written", full, n)
		}
		if full {
			m.set(false, syscall.ENOSPC)
		}
		r.settle()
		if ok := awaited(t, "the answer", answer); ok == full || (len(r.sink.rows) == 1) == full || r.shelf.memory > 0 || r.law() != nil {
			t.Errorf("full %t: moved %t, %d under way, %d in memory, %v", full, ok, len(r.sink.rows), r.shelf.memory, r.law())
		}
	}
	r.shelf.Close()
}

// A trim of which nobody knows whether it was made drops the same rows again, and no others.
func TestATrimIsMadeOnce(t *testing.T) {
	for _, undone := range []bool{false, true} {
		var log bytes.Buffer
		box, d, err := openBox(t, filepath.Join(t.TempDir(), "outbox.db"), &log)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.begin("sink", ""); err != nil {
			t.Fatal(err)
		}
		s := &Shelf{Box: box, Name: "sink"}
		put := func(seq uint64) *change {
			r := row{sort: sortRow, owner: "sink", seq: seq, data: []byte("x")}
			return &change{op: opPut, shelf: s, seq: seq, value: r.encode()}
		}
		first := []*change{put(1), put(2), put(3), put(4), put(5), put(6)}
		if err := d.apply(first, 0); err != nil {
			t.Fatal(err)
		}
		trim := &change{op: opTrim, shelf: s, most: 2}
		for range 2 {
			if err := d.apply([]*change{trim}, 0); err != nil {
				t.Fatal(err)
			}
			trim.again = true
			if undone {
				if err := d.apply(first[:2], 0); err != nil {
					t.Fatal(err)
				}
				undone = false
			}
		}
		if names, err := d.names(); err != nil || names["sink"] != 4 || trim.gone != 2 || trim.bytes != 2*(rowOverhead+1) {
			t.Errorf("left %v, %v; %d dropped, of %d bytes", names, err, trim.gone, trim.bytes)
		}
		d.close()
	}
}

// unread is a disk that never gives a row back.
type unread struct{ disk }

func (unread) read(*change) error { return boltfile.ErrUnreadable }

// A disk that gives nothing back, however often its file is written anew, ends the program:
// each attempt leaves a damaged file, which together would fill it.
func TestHealingEnds(t *testing.T) {
	name := filepath.Join(t.TempDir(), "outbox.db")
	storedFile(t, name, 20)
	w := newWorld(t)
	w.open = func(b *Box) (disk, error) {
		b.File = name
		d, err := b.openFile()
		return unread{d}, err
	}
	r := w.boot(always())
	for range 50 {
		r.settle()
		w.clock.Advance(fullPause)
	}
	aside, err := filepath.Glob(name + ".damaged*")
	if err != nil || len(aside) > mostHeals || !strings.Contains(w.ended, "cannot be read") {
		t.Errorf("%d damaged files, the end: %q, %v", len(aside), w.ended, err)
	}
	r.shelf.Close()
	w.onFile(name)
	if r = w.boot(always()); r.shelf.Count().Stored != 20 {
		t.Errorf("%+v", r.shelf.Count())
	}
}
