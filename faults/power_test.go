package faults

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"
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
	s := source{flow: "counting.hcl", changes: changes, edit: func(files map[string][]byte) {
		hasty := bytes.Replace(files["main.go"], []byte("5 * time.Second"), []byte("20 * time.Millisecond"), 1)
		if bytes.Equal(hasty, files["main.go"]) {
			t.Fatalf("no period in\n%s", hasty)
		}
		files["main.go"] = hasty
	}}
	return s.build(t)
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
