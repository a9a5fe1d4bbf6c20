package faults

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"flowc/rt/mqtt/witness"
)

// TestSoak lets a program work, with keys that come and go and connections that break, and
// looks every second whether it grows: its memory, its goroutines, its open files.
func TestSoak(t *testing.T) {
	beside(t)
	s := source{flow: "soak.hcl", changes: withBoard(t)}
	r := newRun(t, s.probed(t).build(t), 6, 600)
	soakRig(r)
	r.report()
}

const (
	soakRate = 1000
	// Each bed speaks while 16·50 messages pass, every 16th of them, and again when all others had their turn: it is
	// forgotten meanwhile.
	soakBeds = 100
	// soakCycle is how long that takes: what grows then is not done growing.
	soakCycle = soakBeds * 50 / soakRate * time.Second
	// cutEvery is longer than a connection has to last for the next to be made soon.
	cutEvery = 15
)

func soakRig(r *run) {
	l := newLedger()
	source, sink := newWitness(r.t, nil), newWitness(r.t, l)
	source.OnPublish(func(witness.Message) {})
	in, out := startProxy(r.t, source.Addr(), r.seed), startProxy(r.t, sink.Addr(), r.seed+1)
	pins, probe := newBoard(r.t), newProbe(r.t)
	p := start(r.t, r.program, "FLOW_SOURCE="+in.url(), "FLOW_SINK="+out.url(), pins.env(), probe.env(),
		"STATE_DIRECTORY="+r.t.TempDir())
	if !source.Wait(r.patience, func() bool { return len(source.Subscribes()) > 0 }) {
		r.t.Fatalf("no subscription:\n%s", p.log)
	}
	stream := startLoadOf(source, soakRate, 1, func(id int) (string, string) {
		return fmt.Sprintf("in/bed%d", (id/50+id%16)%soakBeds), fmt.Sprintf(`{"id":%d,"moisture":%d}`, id, id/1000%60)
	})
	time.Sleep(soakCycle + time.Second)
	in.cut() // what breaks for the first time is not done growing either
	out.cut()
	var samples []state
	ticks := time.NewTicker(time.Second)
	defer ticks.Stop()
	for second := range r.rounds {
		<-ticks.C
		if second%cutEvery == cutEvery-1 {
			in.cut()
			out.cut()
			continue // what waits for the new connection is no growth
		}
		if c := len(sink.Connects()); c > 0 && sink.Connected() > 0 && source.Connected() > 0 {
			samples = append(samples, probe.look(p))
		}
	}
	total := stream.end()
	r.drain(sink, l, total)
	r.level(samples)
	r.complain(p, source, sink)
	if took := p.terminate(termLimit); took > stopLimit {
		r.wrong("the stop took %v", took)
	}
	if pins.high(pumpPin) {
		r.wrong("the pump is left on")
	}
	r.figures = fmt.Sprintf("%d messages, %d lost, %s", total, len(l.missing(total)), r.figures)
}

// level finds what is larger in the last third of the samples than it was in the first.
func (r *run) level(samples []state) {
	// A few seconds on a busy machine tell little of a process: the collector may be late once, and the machine takes
	// nothing back so soon.
	spare, spareHeap := uint64(1024), uint64(200)
	if len(samples) < 30 {
		spare, spareHeap = 6*1024, 1024
	}
	third := len(samples) / 3
	if third == 0 {
		r.wrong("only %d samples", len(samples))
		return
	}
	for _, m := range []struct {
		what    string
		of      func(state) uint64
		allowed func(first uint64) uint64
	}{
		{"KB heap", func(s state) uint64 { return s.Heap >> 10 }, func(first uint64) uint64 { return spareHeap + first/20 }},
		{"KB process", func(s state) uint64 { return s.RSS >> 10 }, func(first uint64) uint64 { return spare + first/20 }},
		{"goroutines", func(s state) uint64 { return s.Goroutines }, func(uint64) uint64 { return 1 }},
		{"files", func(s state) uint64 { return s.Files }, func(uint64) uint64 { return 1 }},
	} {
		first, last := median(samples[:third], m.of), median(samples[len(samples)-third:], m.of)
		if last > first+m.allowed(first) {
			r.wrong("%s grew from %d to %d", m.what, first, last)
		}
		r.figures += fmt.Sprintf("%d → %d %s, ", first, last, m.what)
	}
}

func median(samples []state, of func(state) uint64) uint64 {
	var all []uint64
	for _, s := range samples {
		all = append(all, of(s))
	}
	slices.Sort(all)
	return all[len(all)/2]
}
