package faults

import (
	"fmt"
	"testing"
	"time"

	"flowc/rt/mqtt/witness"
)

// An hour of messages, at sixty times the speed of one that sends 33 a second.
const bufferRate = 2000

// memoryLimit is what a program with an outbox may take, in bytes.
const memoryLimit = 64 << 20

// TestBuffer takes the broker away for an hour of messages, in a sixtieth of the time,
// and kills the program meanwhile and while it sends what has gathered. All arrive in
// order, soon, and without much memory.
func TestBuffer(t *testing.T) {
	beside(t)
	r := newRun(t, build(t, "buffer.hcl"), 4, 30)
	bufferRig(r)
	r.report()
}

// A round is a kill: the first two thirds of them while the broker is away, two seconds apart.
func bufferRig(r *run) {
	l := newLedger()
	source, sink := newWitness(r.t, nil), newWitness(r.t, l)
	source.OnPublish(func(witness.Message) {})
	away := startProxy(r.t, sink.Addr(), r.seed)
	env := []string{"FLOW_SOURCE=" + source.URL(), "FLOW_SINK=" + away.url(), "STATE_DIRECTORY=" + r.t.TempDir()}
	peak := uint64(0)
	var p *process
	begin := func() {
		before := len(source.Subscribes())
		p = start(r.t, r.program, env...)
		if !source.Wait(r.patience, func() bool { return len(source.Subscribes()) > before }) {
			r.t.Fatalf("no subscription:\n%s", p.log)
		}
	}
	end := func() {
		peak = max(peak, p.peak(r.t))
		if p.ended() {
			r.wrong("the program ended by itself:\n%s", p.log)
		}
		p.kill()
		r.complain(p)
	}
	begin()
	stream := startLoad(source, bufferRate, 100, 1)
	sink.Wait(r.patience, func() bool { return l.has() > 500 })
	away.leave()
	kills := r.rounds * 2 / 3
	for range kills {
		r.pass(2*time.Second + r.within(time.Second))
		end()
		begin()
	}
	// What the source was told is stored is the outbox's alone.
	r.pass(3 * time.Second)
	total := stream.end()
	if !source.Wait(r.patience, func() bool { return source.Unconfirmed("pipe-in") == 0 }) {
		r.wrong("%d messages are not acknowledged:\n%s", source.Unconfirmed("pipe-in"), p.log)
	}
	left := total - l.has()
	end()
	away.come()
	begin()
	for kill := range r.rounds - kills {
		// The last part goes through in one piece, to be timed.
		some := l.has() + r.random.IntN(left/2/(r.rounds-kills)+1)
		if !sink.Wait(r.patience, func() bool { return l.has() >= some }) {
			r.wrong("kill %d: nothing comes from the buffer:\n%s", kill, p.log)
		}
		end()
		begin()
	}
	began, first := time.Now(), l.has()
	sink.Wait(r.patience, func() bool { return l.has() > first })
	began, first = time.Now(), l.has()
	r.drain(sink, l, total)
	took := time.Since(began)
	rate := float64(total-first) / took.Seconds()
	if rate < drainRate() && !quick(total-first) {
		r.wrong("%d messages were drained in %v: %.0f a second", total-first, took, rate)
	}
	peak = max(peak, p.peak(r.t))
	p.terminate(termLimit)
	if peak > memoryLimit {
		r.wrong("the program took %d MB", peak>>20)
	}
	again, late := l.doubled()
	// A kill may come between a row and its acknowledgement, and between a confirmation and the end of the row.
	if most := 2 * window * (r.rounds + 2); again > most {
		r.wrong("%d messages came again, more than %d", again, most)
	}
	if late > 0 {
		r.wrong("%d messages came first after a later one", late)
	}
	r.complain(p, source, sink)
	r.figures = fmt.Sprintf("%d messages, %d of them in the buffer, %d lost, %d came again; drained at %.0f a second, at most %d MB",
		total, left, len(l.missing(total)), again, rate, peak>>20)
}

// drainRate is how many messages a second must leave the buffer. The short version runs beside others, on machines that
// stand still now and then: there it tells a sync for each message from one for many.
func drainRate() float64 {
	if long {
		return 2000
	}
	return 300
}

// quick reports whether so few messages are left that their time tells nothing.
func quick(n int) bool { return n < 1000 }

// pass lets time pass in which a program does what it has to.
func (r *run) pass(d time.Duration) { time.Sleep(d) }
