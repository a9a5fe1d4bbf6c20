package outbox

import (
	"bytes"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"flowc/rt/flow"
)

func auto() settings {
	return settings{Buffering: flow.Buffering{Keep: time.Hour, When: flow.BufferAuto}, window: 8}
}

// The source of a row that was refused in memory hears of it when the letter is written.
func TestALetterIsWrittenFirst(t *testing.T) {
	w := newWorld(t)
	w.disk.wall = w.clock.Now
	r := w.boot(auto())
	r.send()
	r.e.Settle()
	r.sink.arrive(1, 1, flow.OutcomeDead)
	r.e.Settle()
	if len(w.unacked) != 1 || w.disk.dead != 0 || r.shelf.Drained() {
		t.Fatalf("before it is written: %d unacknowledged, %d letters", len(w.unacked), w.disk.dead)
	}
	r.settle()
	if len(w.unacked) != 0 || w.dead != 1 || w.disk.dead != 1 || !r.shelf.Drained() {
		t.Errorf("%d unacknowledged, %d dead, %d letters", len(w.unacked), w.dead, w.disk.dead)
	}
}

// So does that of a row that was refused while it was being written, be there room for
// the row or not.
func TestARowDiesWhileItIsWritten(t *testing.T) {
	for _, full := range []bool{false, true} {
		w := newWorld(t)
		w.disk.wall = w.clock.Now
		r := w.boot(auto())
		r.send()
		r.e.Settle()
		w.up = false
		r.e.Hosts[1].Done(0)
		r.e.Settle()
		w.clock.Advance(spillAfter + time.Millisecond)
		r.e.Settle()
		if r.shelf.writing != 1 {
			t.Fatalf("%d rows are being written", r.shelf.writing)
		}
		r.sink.arrive(1, 1, flow.OutcomeDead)
		r.e.Settle()
		if len(w.unacked) != 1 {
			t.Errorf("full %t: acknowledged before anything is written", full)
		}
		if full {
			w.disk.fails = []error{syscall.ENOSPC}
		}
		r.settle()
		if len(w.unacked) != 0 || w.dead != 1 || w.disk.dead != 1 || len(w.disk.plate) != 0 {
			t.Errorf("full %t: %d unacknowledged, %d dead, %d letters, %d rows", full, len(w.unacked), w.dead, w.disk.dead, len(w.disk.plate))
		}
		if err := r.law(); err != nil {
			t.Error(err)
		}
	}
}

// A burial that is made again, since nobody knew whether it was, writes no second letter.
func TestABurialIsMadeOnce(t *testing.T) {
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
	put := &change{op: opPut, shelf: s, seq: 1, value: row{sort: sortRow, owner: "sink", seq: 1, data: []byte("x")}.encode()}
	bury := &change{op: opBury, shelf: s, seq: 1, item: &item{}, stored: true, why: "refused"}
	for _, c := range []*change{put, bury, bury} {
		if err := d.apply([]*change{c}, 0); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := d.list(nil); err != nil || len(list) != 1 || string(list[0].Data) != "x" {
		t.Errorf("%+v, %v", list, err)
	}
}

// What the receiver said may hold the password that it was shown: whoever looks at the
// letters later, with another program maybe, does not see it.
func TestALetterHoldsNoSecret(t *testing.T) {
	flow.Hide("open sesame")
	name := filepath.Join(t.TempDir(), "outbox.db")
	r := running(t, name)
	r.do(r.send)
	r.until("it is under way", func() bool { return len(r.sink.tickets) == 1 })
	r.do(func() { r.shelf.Over(r.sink.tickets[0], flow.OutcomeDead, "no login with open sesame") })
	r.until("it is dead", func() bool { return r.shelf.Count().Letters == 1 })
	r.end()
	var out, problems bytes.Buffer
	command("rig", name, []string{"list"}, &out, &problems)
	if !bytes.Contains(out.Bytes(), []byte("no login with ***")) {
		t.Errorf("%s%s", &out, &problems)
	}
}
