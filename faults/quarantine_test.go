package faults

import (
	"fmt"
	"strconv"
	"testing"
	"time"
)

// TestQuarantine lets the sink of a program break down in the middle of its messages, until
// it is quarantined, and kills the program later. The source goes on, since what comes waits
// on the disk; the next start sends all of it.
func TestQuarantine(t *testing.T) {
	beside(t)
	r := newRun(t, build(t, "buffer.hcl", withBreaks(t)...), 1, 20)
	quarantineRig(r)
	r.report()
}

// withBreaks gives a program a sink that breaks down when FAULTS_BREAKS says so.
func withBreaks(t testing.TB) []change {
	t.Helper()
	const hears = "\tr, ok := t.courier.It.result()\n\tif !ok {\n\t\treturn\n\t}\n"
	return []change{
		{file: "rt/mqtt/breaks.go", now: fixture(t, "breaks.go.txt")},
		{file: "rt/mqtt/out.go", old: hears, now: hears + "\tbreaks()\n"},
	}
}

func quarantineRig(r *run) {
	sent, again := 0, 0
	for range r.rounds {
		s := newStore(r)
		s.p = start(r.t, r.program, append(s.env(), "FAULTS_BREAKS="+strconv.Itoa(100+r.random.IntN(300)))...)
		if !s.listens(0) {
			return
		}
		stream := startLoad(s.source, 500, 40, 1)
		r.says(s.p, "quarantined")
		r.pass(r.within(2 * time.Second))
		total := stream.end()
		if !s.source.Wait(r.patience, func() bool { return s.source.Unconfirmed("pipe-in") == 0 }) {
			r.wrong("the source is held back: %d messages are not acknowledged:\n%s", s.source.Unconfirmed("pipe-in"), s.p.log)
		}
		s.p.kill()
		if !s.begin() {
			return
		}
		s.finish(total)
		n, _ := s.l.doubled()
		if n > 2*window {
			r.wrong("%d messages came again, more than two windows", n)
		}
		sent, again = sent+total, again+n
	}
	r.figures = fmt.Sprintf("%d messages, %d came again", sent, again)
}
