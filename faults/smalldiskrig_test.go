package faults

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"flowc/rt/mqtt/witness"
)

// TestSmallDisk fills the disk of a program that buffers, stores rows and remembers, to the
// last page, kills it meanwhile, and starts it on the full disk. It lives, acknowledges
// nothing that is not written, says so, and goes on by itself once there is room.
func TestSmallDisk(t *testing.T) {
	beside(t)
	r := newRun(t, buildWriter(t), 2, 30)
	smallDiskRig(r)
	r.report()
}

// TestLimitedDisk does the same, and what TestSmallDiskDamaged does, where no file system
// can be mounted.
func TestLimitedDisk(t *testing.T) {
	if !long {
		t.Skip("its short version is what TestSmallDisk does where nothing can be mounted: -tags long")
	}
	r := newRun(t, buildWriter(t), 2, 30)
	fullDiskRig(r, newLimitedDisk(t))
	r.report()
	r = newRun(t, always().build(t), 2, 10)
	fullDiskDamagedRig(r, newLimitedDisk)
	r.report()
}

// TestSmallDiskDamaged damages the outbox of a program that does not run, and starts it on a
// disk that is full to the last page: there is no room for the file that heals it. It lives,
// acknowledges nothing, says so; and once there is room, what was whole arrives, before what
// came meanwhile.
func TestSmallDiskDamaged(t *testing.T) {
	beside(t)
	r := newRun(t, always().build(t), 2, 50)
	smallDiskDamagedRig(r)
	r.report()
}

// buildWriter builds the program that writes, with a memory that it stores often.
func buildWriter(t testing.TB, changes ...change) string {
	t.Helper()
	return source{flow: "disk.hcl", changes: changes, edit: storesEvery(t, "200 * time.Millisecond")}.build(t)
}

func smallDiskRig(r *run) {
	fullDiskRig(r, newFullDisk(r.t))
}

// newFullDisk is the smallest disk that the machine allows.
func newFullDisk(t testing.TB) *smallDisk {
	if disk := newSmallDisk(t); disk != nil {
		return disk
	}
	return newLimitedDisk(t)
}

func fullDiskRig(r *run, disk *smallDisk) {
	l := newLedger()
	source, sink := newWitness(r.t, nil), newWitness(r.t, l)
	source.OnPublish(func(witness.Message) {})
	var p *process
	begin := func() {
		before := len(source.Subscribes())
		p = startBehind(r.t, disk.enter(), r.program, "FLOW_SOURCE="+source.URL(), "FLOW_SINK="+sink.URL(), "STATE_DIRECTORY="+disk.dir)
		p.behind = false // the command becomes the program
		if !source.Wait(r.patience, func() bool { return len(source.Subscribes()) > before || p.ended() }) || p.ended() {
			r.wrong("the program does not start:\n%s", p.log)
		}
	}
	begin()
	stream := startLoad(source, 100, 40, 1)
	acks := 0
	for round := range r.rounds {
		r.pass(r.within(500 * time.Millisecond))
		disk.fill(p)
		r.saysAny(p, "cannot write", disk.says())
		before := len(source.Acks())
		r.pass(r.within(time.Second))
		acks += len(source.Acks()) - before
		if round%2 == 0 {
			p.kill()
			r.complain(p)
			begin()
			if p.ended() {
				return
			}
			r.saysAny(p, "cannot write", disk.says())
			r.pass(r.within(time.Second))
		}
		disk.clear(p)
		r.heals(p, disk)
		if strings.Contains(p.log.String(), "remembered is lost") {
			r.wrong("a disk that is full is taken for a damaged file:\n%s", p.log)
		}
		p.log.clear()
	}
	total := stream.end()
	r.drain(sink, l, total)
	if !source.Wait(r.patience, func() bool { return source.Unconfirmed("disk-in") == 0 }) {
		r.wrong("%d messages are not acknowledged:\n%s", source.Unconfirmed("disk-in"), p.log)
	}
	r.complain(p, source, sink)
	p.terminate(termLimit)
	d := newRowStore(r)
	disk.copyTo(d.file, "rows.db")
	d.once("items", total, p)
	again, late := l.doubled()
	if most := 2 * window * r.rounds; again > most {
		r.wrong("%d messages came again, more than %d", again, most)
	}
	if late > 0 {
		r.wrong("%d messages came first after a later one", late)
	}
	if acks > window*r.rounds {
		r.wrong("%d messages were acknowledged while the disk was full", acks)
	}
	r.figures = fmt.Sprintf("%d messages, %d lost, %d came again", total, len(l.missing(total)), again)
}

// heals waits until the program has said of all that could not be written that it can.
func (r *run) heals(p *process, disk *smallDisk) {
	for complaint, healed := range map[string]string{
		"cannot write": "the database can be written again",
		disk.says():    "the outbox can be written again",
		"cannot store what the program remembers": "what the program remembers is stored again",
	} {
		if strings.Contains(p.log.String(), complaint) {
			r.says(p, healed)
		}
	}
}

func smallDiskDamagedRig(r *run) { fullDiskDamagedRig(r, newFullDisk) }

// fullDiskDamagedRig has a disk of its own for each round. Every other time the program is
// killed on the full disk.
func fullDiskDamagedRig(r *run, newDisk func(testing.TB) *smallDisk) {
	made := filledOutbox(r)
	told, delivered := 0, 0
	for round := range r.rounds {
		disk := newDisk(r.t)
		s := newStore(r)
		s.dir = disk.dir
		write(r.t, filepath.Join(disk.path, "buffer-outbox.db"), damage(r, made))
		if err := os.Chmod(filepath.Join(disk.path, "buffer-outbox.db"), 0o600); err != nil {
			r.t.Fatal(err)
		}
		disk.fill(nil)
		s.before = disk.enter()
		if !s.begin() {
			return
		}
		lacks := strings.Contains(s.p.log.String(), "there is no room for the outbox")
		for id := damagedRows; id < 2*damagedRows; id++ {
			s.source.Publish("in/item", fmt.Sprintf(`{"id":%d,"text":"after"}`, id), 1, false)
		}
		r.pass(r.within(time.Second))
		if round%2 == 1 {
			s.p.kill()
			r.complain(s.p)
			if !s.begin() {
				return
			}
			r.pass(r.within(time.Second))
		}
		if n := damagedRows - s.source.Unconfirmed("pipe-in"); lacks && n > 0 {
			r.wrong("round %d: %d messages were acknowledged while the disk was full:\n%s", round, n, s.p.log)
		}
		disk.clear(s.p)
		if !s.sink.Wait(r.patience, func() bool {
			return s.l.last() >= 2*damagedRows-1 && s.source.Unconfirmed("pipe-in") == 0 || s.p.ended()
		}) || s.p.ended() {
			r.wrong("round %d: what comes afterwards does not arrive:\n%s", round, s.p.log)
		}
		n := damagedRows - len(s.l.missing(damagedRows))
		if lacks {
			told++
			r.says(s.p, "dead letters could be read and are kept")
			if kept := keptRows(s.p.log.String()); n != kept {
				r.wrong("round %d: %d rows were delivered of %d that could be read:\n%s", round, n, kept, s.p.log)
			}
		}
		if _, late := s.l.doubled(); late > 0 {
			r.wrong("round %d: %d came first after a later one", round, late)
		}
		if lost := len(s.l.missing(2*damagedRows)) - len(s.l.missing(damagedRows)); lost > 0 {
			r.wrong("round %d: %d of those that came meanwhile are lost:\n%s", round, lost, s.p.log)
		}
		delivered += n
		r.complain(s.p, s.source, s.sink)
		s.p.kill()
		s.source.Close()
		s.sink.Close()
	}
	if told == 0 {
		r.wrong("no file was damaged enough to be noticed")
	}
	r.figures = fmt.Sprintf("%d files had to wait for room; of %d rows in them %d were delivered on average", told, damagedRows, delivered/r.rounds)
}

// keptRows is how many rows a program says that it could read of a damaged outbox.
func keptRows(log string) int {
	before, _, _ := strings.Cut(log, " messages and ")
	n, _ := strconv.Atoi(before[strings.LastIndexByte(before, ' ')+1:])
	return n
}
