package faults

import (
	"fmt"
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

// TestLimitedDisk does the same where no file system can be mounted.
func TestLimitedDisk(t *testing.T) {
	if !long {
		t.Skip("its short version is what TestSmallDisk does where nothing can be mounted: -tags long")
	}
	r := newRun(t, buildWriter(t), 2, 30)
	fullDiskRig(r, newLimitedDisk(t))
	r.report()
}

// buildWriter builds the program that writes, with a memory that it stores often.
func buildWriter(t testing.TB, changes ...change) string {
	t.Helper()
	return source{flow: "disk.hcl", changes: changes, edit: storesEvery(t, "200 * time.Millisecond")}.build(t)
}

func smallDiskRig(r *run) {
	disk := newSmallDisk(r.t)
	if disk == nil {
		disk = newLimitedDisk(r.t)
	}
	fullDiskRig(r, disk)
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
