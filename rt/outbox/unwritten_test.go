package outbox

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"flowc/rt/flow"
)

// aPin is a world whose source repeats nothing, and that remembers what a kill takes.
func aPin(t *testing.T) (*world, settings) {
	w := newWorld(t)
	w.disk.wall = w.clock.Now
	w.beside = filepath.Join(t.TempDir(), "rig.db")
	s := always()
	s.When, s.first = flow.BufferAuto, true
	return w, s
}

// killed begins again after a kill, at which the source has sent nothing again.
func (w *world) killed(s settings) *rig {
	w.unacked = nil
	return w.boot(s)
}

func (r *rig) refused() uint64 { return r.e.Counters(1).Refused }

// What a kill takes before it is written is counted by the next run, once.
func TestAKillTellsWhatItTakes(t *testing.T) {
	w, s := aPin(t)
	r := w.boot(s)
	for range 3 {
		r.send()
	}
	r.settle()
	for range 5 {
		r.send()
		r.e.Settle() // without the writer
	}
	r = w.killed(s)
	if r.refused() != 5 || !strings.Contains(r.log.String(), "5 messages are lost, unless their source sends them again") {
		t.Errorf("%d told to be lost\n%s", r.refused(), &r.log)
	}
	r = w.killed(s)
	if r.refused() != 0 || !strings.Contains(r.log.String(), "the program was killed; what waited in the chip of a pin, or for its turn, is lost") {
		t.Errorf("%d told to be lost by a kill of an idle program\n%s", r.refused(), &r.log)
	}
}

// What a kill took is told by the next program that starts, and not forgotten by one that
// could not.
func TestAStartThatFailsForgetsNothing(t *testing.T) {
	w, s := aPin(t)
	r := w.boot(s)
	for range 5 {
		r.send()
		r.e.Settle()
	}
	w.unable = errors.New("the pin is in use")
	for range 2 {
		w.killed(s)
	}
	w.unable = nil
	if r = w.killed(s); r.refused() != 5 {
		t.Errorf("%d told to be lost\n%s", r.refused(), &r.log)
	}
	if r = w.killed(s); r.refused() != 0 {
		t.Errorf("told once more: %d", r.refused())
	}
}

// A dead letter that is about to be a row is none that a kill takes.
func TestAKillDuringAReplay(t *testing.T) {
	w, s := aPin(t)
	r := w.boot(s)
	for range 3 {
		r.send()
	}
	r.settle()
	r.shelf.exhume(Letter{Number: 1, Thing: "sink", Data: []byte("00000000")}, make(chan bool, 1))
	r.shelf.turn()
	if r = w.killed(s); r.refused() != 0 {
		t.Errorf("%d told to be lost\n%s", r.refused(), &r.log)
	}
}

// What was written just before the kill, and of which the program had not heard, is not lost.
func TestAKillBetweenTheWriteAndTheWordOfIt(t *testing.T) {
	w, s := aPin(t)
	r := w.boot(s)
	for range 4 {
		r.send()
		r.e.Settle()
	}
	r.box.writer.group()
	r.send()
	r.e.Settle()
	if r = w.killed(s); r.refused() != 1 {
		t.Errorf("%d told to be lost\n%s", r.refused(), &r.log)
	}
}

// A stop loses nothing, and says nothing.
func TestAStopTakesNothing(t *testing.T) {
	w, s := aPin(t)
	r := w.boot(s)
	for range 4 {
		r.send()
	}
	r.settle()
	r.shelf.Close()
	if r = w.killed(s); r.refused() != 0 || r.log.Len() > 0 {
		t.Errorf("%d told to be lost\n%s", r.refused(), &r.log)
	}
}

// After the machine itself went down the file may say anything: it is not believed.
func TestAMachineThatWentDown(t *testing.T) {
	for name, change := range map[string]func(u *unwritten){
		"another run of the machine": func(u *unwritten) { u.boot = "before" },
		"older than the rows":        func(u *unwritten) { u.boot, u.next = "before", 1 },
	} {
		w, s := aPin(t)
		r := w.boot(s)
		for range 4 {
			r.send()
		}
		r.settle()
		u := r.shelf.booked
		change(&u)
		if err := os.WriteFile(w.beside+".sink.unwritten", u.encode(), 0o600); err != nil {
			t.Fatal(err)
		}
		if r = w.killed(s); r.refused() != 0 || !strings.Contains(r.log.String(), "the machine went down; what was not written") {
			t.Errorf("%s: %d told to be lost\n%s", name, r.refused(), &r.log)
		}
	}
}

// A file that is damaged counts nothing, and hinders nothing.
func TestADamagedCountOfTheUnwritten(t *testing.T) {
	whole := unwritten{boot: "b", next: 7, memory: 2}.encode()
	if u, ok := decodeUnwritten(whole); !ok || u.boot != "b" || u.next != 7 || u.memory != 2 || u.stopped {
		t.Errorf("%+v, %v", u, ok)
	}
	for n := range whole {
		cut, turned := whole[:n], append([]byte(nil), whole...)
		turned[n] ^= 0x20
		for _, b := range [][]byte{cut, turned} {
			if _, ok := decodeUnwritten(b); ok {
				t.Errorf("%q is read", b)
			}
		}
	}
}

// A sink that got another name tells what was lost under the one before, once.
func TestAKillBeforeANewName(t *testing.T) {
	for _, stored := range []int{0, 3} {
		w, s := aPin(t)
		w.onFile(w.beside)
		w.up, w.name = false, "former"
		r := w.boot(s)
		for range stored {
			r.send()
		}
		r.settle()
		for range 5 {
			r.send()
			r.e.Settle() // without the writer
		}
		r.box.disk.close() // as a kill does
		w.name, w.was = "sink", "former"
		w.unable = errors.New("the pin is in use")
		w.killed(s)
		w.unable = nil
		r = w.killed(s)
		if c := r.shelf.Count(); r.refused() != 5 || c.Waiting != uint64(stored) {
			t.Errorf("%d told to be lost, %+v\n%s", r.refused(), c, &r.log)
		}
		r.box.disk.close()
		r = w.killed(s)
		if r.refused() != 0 {
			t.Errorf("told once more: %d", r.refused())
		}
		r.box.disk.close()
		if _, err := os.Stat(w.beside + ".former.unwritten"); !os.IsNotExist(err) {
			t.Errorf("the file of the name before: %v", err)
		}
	}
}
