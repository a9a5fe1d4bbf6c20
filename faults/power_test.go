package faults

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/eclipse/paho.golang/packets"
)

// recording is a program that ran under strace until it was killed.
type recording struct {
	folder string
	deeds  []deed
}

// record runs a program in a folder of its own until enough says so, and kills it.
func record(t testing.TB, program string, enough func(p *process), env ...string) recording {
	t.Helper()
	rec := recording{folder: t.TempDir()}
	log := filepath.Join(t.TempDir(), "trace")
	p := startTraced(t, log, program, append(env, "STATE_DIRECTORY="+rec.folder)...)
	enough(p)
	p.kill()
	rec.deeds = readTrace(t, log)
	return rec
}

// before is the folder as a power cut leaves it after so many deeds.
func (rec recording) before(r *run, deeds int) (folder string) {
	d := newDisk(rec.folder)
	for _, e := range rec.deeds[:deeds] {
		d.apply(e)
	}
	folder = r.t.TempDir()
	d.cut(r.t, folder, r.random)
	return folder
}

// points are random moments of a recording, none before anything was stored.
func (rec recording) points(r *run) (points []int) {
	first := 0
	for first < len(rec.deeds) && (rec.deeds[first].call != "create" || filepath.Dir(rec.deeds[first].file) != rec.folder) {
		first++
	}
	if first == len(rec.deeds) {
		r.wrong("nothing was stored")
		return nil
	}
	for range r.rounds {
		points = append(points, first+r.random.IntN(len(rec.deeds)-first))
	}
	return points
}

// TestPowerBuffer cuts the power of a program whose buffer fills and is sent on: every
// message that its source was told of is delivered after the next start.
func TestPowerBuffer(t *testing.T) {
	beside(t)
	s := source{flow: "buffer.hcl", set: map[string]string{"on = disk": "on = disk, when = always"}}
	r := newRun(t, s.build(t), 10, 200)
	powerBufferRig(r)
	r.report()
}

func powerBufferRig(r *run) {
	l := newLedger()
	from, to := newWitness(r.t, nil), newWitness(r.t, l)
	away := startProxy(r.t, to.Addr(), r.seed)
	away.leave()
	rec := record(r.t, r.program, func(p *process) {
		if !from.Wait(r.patience, func() bool { return len(from.Subscribes()) > 0 }) {
			r.t.Fatalf("no subscription:\n%s", p.log)
		}
		stream := startLoad(from, 300, 40, 1)
		from.Wait(r.patience, func() bool { return len(from.Acks()) > 300 })
		away.come() // and rows leave
		to.Wait(r.patience, func() bool { return l.has() > 200 })
		stream.end()
	}, "FLOW_SOURCE="+from.URL(), "FLOW_SINK="+away.url())
	acked, sent := rec.acknowledged()
	if n := acked[len(rec.deeds)]; n == 0 {
		r.wrong("nothing was acknowledged in %d system calls", len(rec.deeds))
	}
	worst := 0
	for _, point := range rec.points(r) {
		folder := rec.before(r, point)
		after := newLedger()
		sink := newWitness(r.t, after)
		p := start(r.t, r.program, "FLOW_SOURCE="+from.URL(), "FLOW_SINK="+sink.URL(), "STATE_DIRECTORY="+folder)
		owed := func() (ids []int) {
			for _, id := range after.missing(acked[point]) {
				if at, ok := sent[id]; !ok || at >= point {
					ids = append(ids, id)
				}
			}
			return ids
		}
		sink.Wait(r.patience, func() bool { return len(sink.Connects()) > 0 || p.ended() })
		for began := time.Now(); len(owed()) > 0 && !p.ended() && min(after.silence(), time.Since(began)) < r.patience; {
			sink.Wait(100*time.Millisecond, func() bool { return len(owed()) == 0 })
		}
		if p.ended() {
			r.wrong("after a power cut at call %d it does not start:\n%s", point, p.log)
		}
		p.kill()
		if lost := owed(); len(lost) > 0 {
			r.wrong("after a power cut at call %d of %d messages that were acknowledged %d are lost: %s\n%s", point, acked[point], len(lost), some(lost), p.log)
		}
		if _, late := after.doubled(); late > 0 {
			r.wrong("after a power cut at call %d, %d messages came first after a later one", point, late)
		}
		r.complain(p)
		worst = max(worst, after.has())
		sink.Close()
	}
	r.figures = fmt.Sprintf("%d system calls, %d messages acknowledged, up to %d delivered after a start", len(rec.deeds), acked[len(rec.deeds)], worst)
}

// TestPowerRows cuts the power of a program that keeps messages in a table: each that
// its source was told of has a row after the next start, and each has one only.
func TestPowerRows(t *testing.T) {
	beside(t)
	r := newRun(t, build(t, "rows.hcl"), 10, 200)
	powerRowsRig(r)
	r.report()
}

func powerRowsRig(r *run) {
	from := newWitness(r.t, nil)
	env := newRowStore(r).env[1:] // without its folder
	rec := record(r.t, r.program, func(p *process) {
		if !from.Wait(r.patience, func() bool { return len(from.Subscribes()) > 0 }) {
			r.t.Fatalf("no subscription:\n%s", p.log)
		}
		stream := startLoad(from, 300, 40, 1)
		from.Wait(r.patience, func() bool { return len(from.Acks()) > 400 })
		stream.end()
	}, append(env, "FLOW_SOURCE="+from.URL())...)
	acked, _ := rec.acknowledged()
	if n := acked[len(rec.deeds)]; n == 0 {
		r.wrong("nothing was acknowledged in %d system calls", len(rec.deeds))
	}
	for _, point := range rec.points(r) {
		d := &rowStore{r: r, dir: rec.before(r, point)}
		d.file = filepath.Join(d.dir, "rows.db")
		d.env = append([]string{"STATE_DIRECTORY=" + d.dir}, env...)
		b := newWitness(r.t, nil)
		p := d.start(b)
		if !b.Wait(r.patience, func() bool { return len(b.Subscribes()) > 0 || p.ended() }) || p.ended() {
			r.wrong("after a power cut at call %d it does not start:\n%s", point, p.log)
		}
		p.terminate(termLimit)
		l := d.ids("items", p)
		if lost := l.missing(acked[point]); len(lost) > 0 {
			r.wrong("after a power cut at call %d of %d messages that were acknowledged %d have no row: %s\n%s", point, acked[point], len(lost), some(lost), p.log)
		}
		if again, _ := l.doubled(); again > 0 {
			r.wrong("after a power cut at call %d, %d rows are there twice", point, again)
		}
		r.complain(p)
		b.Close()
	}
	r.figures = fmt.Sprintf("%d system calls, %d messages acknowledged", len(rec.deeds), acked[len(rec.deeds)])
}

// acknowledged gives, for each number of deeds, how many messages the program had
// confirmed to the broker that they came from, which it does in order; and for each
// message the deed by which it was first sent on.
func (rec recording) acknowledged() (acked []int, sent map[int]int) {
	acked, sent = make([]int, len(rec.deeds)+1), map[int]int{}
	rest := map[string][]byte{}
	n := 0
	for i, e := range rec.deeds {
		if e.call == "write" && strings.HasPrefix(e.file, "socket:") {
			stream := append(rest[e.file], e.data...)
			for {
				kind, size := packet(stream)
				if size == 0 {
					break
				}
				switch kind {
				case packets.PUBACK:
					n++
				case packets.PUBLISH:
					if id, ok := number(string(stream[:size])); ok && sent[id] == 0 {
						sent[id] = i
					}
				}
				stream = stream[size:]
			}
			rest[e.file] = stream
		}
		acked[i+1] = n
	}
	return acked, sent
}

// packet is the kind and the size of the first packet in a stream; 0 where it is not whole.
func packet(stream []byte) (kind byte, size int) {
	if len(stream) < 2 {
		return 0, 0
	}
	n, head := binary.Uvarint(stream[1:])
	if head <= 0 || len(stream) < 1+head+int(n) {
		return 0, 0
	}
	return stream[0] >> 4, 1 + head + int(n)
}

// TestPowerState cuts the power of a program that remembers: at any moment, with any part
// of what was not synced. It starts again, and remembers what it had stored.
func TestPowerState(t *testing.T) {
	beside(t)
	r := newRun(t, buildHasty(t), 10, 200)
	powerStateRig(r)
	r.report()
}

// buildHasty builds the program that counts; it stores a hundred times as often as a flow may.
func buildHasty(t testing.TB, changes ...change) string {
	t.Helper()
	return source{flow: "counting.hcl", changes: changes, edit: storesEvery(t, "20 * time.Millisecond")}.build(t)
}

// storesEvery changes how often a program stores what it remembers, from 5.s to a period in Go.
func storesEvery(t testing.TB, period string) func(files map[string][]byte) {
	return func(files map[string][]byte) {
		hasty := bytes.Replace(files["main.go"], []byte("5 * time.Second"), []byte(period), 1)
		if bytes.Equal(hasty, files["main.go"]) {
			t.Fatalf("no period in\n%s", hasty)
		}
		files["main.go"] = hasty
	}
}

var counted = regexp.MustCompile(`counted: (\d+)`)

// said is the last number in a text, 0 without one.
func said(text []byte) (n int) {
	if all := counted.FindAllSubmatch(text, -1); len(all) > 0 {
		n, _ = strconv.Atoi(string(all[len(all)-1][1]))
	}
	return n
}

func powerStateRig(r *run) {
	rec := record(r.t, r.program, func(p *process) {
		for began := time.Now(); said([]byte(p.log.String())) < 400 && time.Since(began) < r.patience; {
			time.Sleep(10 * time.Millisecond)
		}
	})
	file := filepath.Join(rec.folder, "state.db")
	least := rec.stored(file)
	if least[len(rec.deeds)] == 0 {
		r.wrong("nothing was made sure of in %d system calls", len(rec.deeds))
	}
	for _, point := range rec.points(r) {
		folder := rec.before(r, point)
		p := start(r.t, r.program, "STATE_DIRECTORY="+folder)
		first := 0
		for began := time.Now(); first == 0 && !p.ended() && time.Since(began) < r.patience; {
			time.Sleep(time.Millisecond)
			if m := counted.FindStringSubmatch(p.log.String()); m != nil {
				first, _ = strconv.Atoi(m[1])
			}
		}
		p.kill()
		switch text := p.log.String(); {
		case first == 0:
			r.wrong("after a power cut at call %d it does not start:\n%s", point, text)
		case first-1 < least[point]:
			r.wrong("after a power cut at call %d it remembers %d, and %d was stored:\n%.300s", point, first-1, least[point], text)
		case bytes.Contains([]byte(text), []byte("damaged")):
			r.wrong("after a power cut at call %d:\n%.300s", point, text)
		}
	}
	r.figures = fmt.Sprintf("%d system calls, the last sure number %d", len(rec.deeds), least[len(rec.deeds)])
}

// stored gives, for each number of deeds, a count that the file then surely holds: it was said before
// the last transaction but one was complete, so the last one was taken after it. A transaction ends with
// its root, one of the first two pages, and a sync of that.
func (rec recording) stored(file string) (least []int) {
	const page = 4096
	least = make([]int, len(rec.deeds)+1)
	root := false
	now, last, sure := 0, 0, 0
	for i, e := range rec.deeds {
		switch {
		case e.call == "write" && bytes.Contains(e.data, []byte("counted: ")):
			now = max(now, said(e.data))
		case e.file == file && e.call == "pwrite64":
			root = e.at < 2*page && len(e.data) == page
		case e.file == file && e.call == "sync" && root:
			root = false
			sure, last = last, now
		}
		least[i+1] = sure
	}
	return least
}
