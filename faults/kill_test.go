package faults

import (
	"fmt"
	"testing"
	"time"
)

// TestKill kills a program that copies messages, at random moments and in the middle
// of a bad network, at 2,000 messages a second. Every message arrives; of those that
// arrive more than once there is at most a window for each kill and each connection that
// the network ended; and each comes first after all before it.
func TestKill(t *testing.T) {
	beside(t)
	r := newRun(t, build(t, "pipe.hcl"), 6, 200)
	killRig(r)
	r.report()
}

func killRig(r *run) {
	l := newLedger()
	b := newWitness(r.t, l)
	in, out := startProxy(r.t, b.Addr(), r.seed), startProxy(r.t, b.Addr(), r.seed+1)
	env := []string{"FLOW_SOURCE=" + in.url(), "FLOW_SINK=" + out.url()}
	first := start(r.t, r.program, env...)
	if !b.Wait(r.patience, func() bool { return len(b.Subscribes()) > 0 }) {
		r.wrong("no subscription")
		return
	}
	began := time.Now()
	stream := startLoad(b, 2000, 40, 1)
	in.storm()
	out.storm()
	for round := range r.rounds {
		q := first
		if round > 0 {
			q = start(r.t, r.program, env...)
		}
		r.waitToKill(q, l)
		q.kill()
		if s := q.trouble(); s != "" {
			r.wrong("round %d: %s", round, s)
		}
	}
	in.quiet()
	out.quiet()
	// The last one has to live with what happens to it, and for a while.
	q := start(r.t, r.program, env...)
	r.caughtUp(b, l, stream)
	out.cut()
	enough := stream.count() + 4000
	b.Wait(r.patience, func() bool { return l.has() >= enough })
	total := stream.end()
	r.drain(b, l, total)
	if !b.Wait(r.patience, func() bool { return b.Unconfirmed("pipe-in") == 0 }) {
		r.wrong("%d messages that arrived are not acknowledged", b.Unconfirmed("pipe-in"))
	}
	q.terminate(termLimit)
	again, late := l.doubled()
	did, ended := deeds(in, out)
	if most := window * (r.rounds + ended); again > most {
		r.wrong("%d messages came again, more than %d: a window for each of %d kills and %d lost connections", again, most, r.rounds, ended)
	}
	if late > 0 {
		r.wrong("%d messages came first after a later one", late)
	}
	for _, v := range b.Violations() {
		r.wrong("against the protocol: %s", v)
	}
	r.figures = fmt.Sprintf("%d messages in %.0f s, %d lost, %d came again; the network %v", total, time.Since(began).Seconds(),
		len(l.missing(total)), again, did)
}

// waitToKill waits for a random moment in the life of a process: one of three dies as it
// starts, the others after some of their messages.
func (r *run) waitToKill(p *process, l *ledger) {
	limit, some := r.within(100*time.Millisecond), 0
	if r.random.IntN(3) > 0 {
		limit, some = 5*time.Second, l.has()+r.random.IntN(5000)
	}
	alarm := time.NewTimer(limit)
	defer alarm.Stop()
	ticks := time.NewTicker(time.Millisecond)
	defer ticks.Stop()
	for some == 0 || l.has() < some {
		select {
		case <-alarm.C:
			return
		case <-p.over:
			r.wrong("the program ended by itself:\n%s", p.log)
			return
		case <-ticks.C:
		}
	}
}
